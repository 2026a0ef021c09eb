import OVAArchive
public import OVABasics
public import OVAByteSource
import OVFDescriptor

extension Package {
  /// Reads an archive that comes as a stream: each byte once, with no file for what is large.
  ///
  /// Descriptor, manifest, certificate and small files are kept, of the others their ends. What
  /// would take bytes that were not kept is left unknown. The stream is read to its end.
  /// - Parameters:
  ///   - stream: the archive's bytes; its name stands for the path.
  ///   - options: what is computed while the bytes pass.
  ///   - limits: how much is accepted.
  ///   - tee: sees every byte of the stream once and in order.
  /// - Throws: `PackageError` when there is no package.
  public static func read(
    _ stream: any ByteStream, options: ReadingOptions = ReadingOptions(),
    limits: Limits = Limits(), tee: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) throws(PackageError) -> (package: Package, evidence: Evidence) {
    let limits = limits.withBudget()
    // By the first bytes one can say what it is that is no archive.
    var first: [UInt8] = []
    let enough = 256 << 10
    var pass = StreamPass(name: stream.name, options: options, limits: limits)
    let diagnostics: [TarDiagnostic]
    do throws(ArchiveError) {
      let archive = unsafe try TarStream(stream, limits: limits) { bytes in
        unsafe tee?(bytes)
        unsafe first.append(contentsOf: bytes.prefix(enough - first.count))
      }
      while let member = try archive.next() { try pass.take(member, of: archive) }
      diagnostics = archive.diagnostics
    } catch {
      throw PackageError(error, source: MemorySource(first, name: stream.name))
    }
    let package = try Assembly.package(
      ofMembers: pass.files, form: .stream(diagnostics),
      start: MemorySource(first, name: stream.name),
      limits: limits, parsed: pass.parsed, contents: pass.contents)
    return (package, pass.evidence(of: package))
  }
}
