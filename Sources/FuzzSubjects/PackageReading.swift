import OVAArchive
import OVABasics
import OVAByteSource
import OVAConcurrency
import OVAIntegrity
import OVAPackage
import OVARules

/// Readers of packages and of what they are put together from.
enum PackageReading {
  /// Lists an archive, and reads the start of each member.
  static func archive(_ bytes: [UInt8]) {
    let source = MemorySource(bytes, name: "fuzz.ova")
    guard let archive = try? TarArchive.read(source, limits: Limits()) else { return }
    for member in archive.members { _ = try? archive.source(of: member)?.bytes(at: 0, count: 512) }
  }

  /// Verifies the signature of a certificate file, whose signer nobody trusts.
  static func certificate(_ bytes: [UInt8]) {
    let file = CertificateFile.read(bytes, name: "fuzz.cert")
    _ = runOnThisThread {
      await file.verify(
        manifestBytes: Array("SHA256(a.ovf)= 00\n".utf8), manifestName: "fuzz.mf",
        trust: .nobody, at: 1_800_000_000, soonDays: 30)
    }
  }

  /// Inflates in pieces that cut through headers and trailers.
  static func gzip(_ bytes: [UInt8]) throws(Contradiction) {
    let most: UInt64 = 64 << 20
    var inflater = GzipInflater(name: "input.gz", maximumOutput: most)
    var count: UInt64 = 0
    for start in stride(from: 0, to: bytes.count, by: 7) {
      inflater.consume(bytes[start..<min(start + 7, bytes.count)]) { count += UInt64($0.count) }
    }
    guard count <= most else { throw Contradiction("more came out than was allowed") }
    _ = inflater.finish()
  }

  /// Judges a package from memory by every rule, as a file and as a stream, which have to agree.
  static func package(_ bytes: [UInt8]) throws(Contradiction) {
    let source = MemorySource(bytes, name: "fuzz.ova")
    var options = ReadingOptions()
    options.deep = true
    options.workers = 1
    let wanted = options
    let judgment = SignatureJudgment(trust: .nobody, date: 1_800_000_000)
    let read = findings {
      try Package.open(source).checkedOnThisThread(wanted, signature: judgment)
    }
    let streamed = findings {
      let (package, evidence) = try Package.read(SourceStream(source), options: wanted)
      return package.checkedOnThisThread(evidence, signature: judgment)
    }
    guard read == streamed else {
      throw Contradiction("the file says\n\(read)\nand the stream\n\(streamed)")
    }
  }

  private static func findings(_ check: () throws -> CheckedPackage) -> String {
    do {
      return Rule.findings(of: Rule.all, in: try check()).map { "\($0)" }
        .joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }
}
