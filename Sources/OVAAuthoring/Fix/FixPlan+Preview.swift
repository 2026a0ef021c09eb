import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
package import OVAPackage

extension FixPlan {
  /// The repaired package as a check would see it, without a byte written: the plan's archive is
  /// read where its parts lie, and what is known of the files' contents is taken over.
  /// - Parameter name: the path that the archive is to have.
  /// - Throws: `PackageError` when there would be no package, or nothing is written.
  package func preview(as name: String) throws(PackageError) -> CheckedPackage {
    guard let known else {
      throw PackageError(
        code: .inputUnusable, doing: "plan the repair", reason: "nothing can be written",
        place: Place(name))
    }
    let members = members.map { member in
      let path = try? PackagePath.read(member.name, limits: Limits()).get()
      // What is not needed is not read a second time.
      let isNeeded = path.map { !known.disks.contains($0) } ?? true
      guard !isNeeded || member.source.size > Limits().bundleBytes,
        !(path.map(known.cut.contains) ?? false)
      else { return member }
      let stand = UnreadSource(name: member.source.name, size: member.source.size)
      return PackageWriter.Member(name: member.name, source: stand, modified: member.modified)
    }
    let package = try Package.open(
      try PackageWriter.archive(of: members, name: name), knowing: known.contents)
    return CheckedPackage(
      package: package, evidence: known.evidence, signature: known.signature)
  }
}

/// The facts about a repaired package that reading the one before the repair showed.
struct KnownContents: Sendable {
  /// The evidence of the files that stay, and the digests of all.
  let evidence: Evidence
  /// The contents of disks that stay as they are.
  let contents: [PackagePath: PackageDisk.Content]
  /// The files of disks that stay as they are.
  let disks: Set<PackagePath>
  /// The files of which something is cut off.
  let cut: Set<PackagePath>
  /// The facts about the signature, where it stays; nil where there is none after the repair.
  let signature: SignatureReport?

  init(
    _ checked: CheckedPackage, cut: Set<PackagePath>, digests: [PackagePath: [DigestValue]],
    keepsSignature: Bool
  ) {
    evidence = checked.evidence.carriedOver(digests: digests)
    signature = keepsSignature ? checked.signature : nil
    self.cut = cut
    var contents: [PackagePath: PackageDisk.Content] = [:]
    var disks: Set<PackagePath> = []
    for disk in checked.package.disks {
      guard let path = disk.reference.file?.path, !cut.contains(path) else { continue }
      contents[path] = disk.content
      disks.insert(path)
    }
    self.contents = contents
    self.disks = disks
  }
}

extension PackageWriter {
  /// The archive that would be written of these members, read where their bytes lie.
  static func archive(of members: [Member], name: String) throws(PackageError) -> any ByteSource {
    var parts: [any ByteSource] = []
    var size: UInt64 = 0
    func append(_ part: any ByteSource) {
      parts.append(part)
      size += part.size
    }
    for member in members {
      do throws(ArchiveError) {
        append(
          MemorySource(
            try TarWriter.header(
              name: member.name, size: member.source.size, modified: member.modified), name: name))
      } catch {
        throw PackageError(writing: error)
      }
      append(member.source)
      append(MemorySource(zeros(upTo: 512, behind: size), name: name))
    }
    append(MemorySource([UInt8](repeating: 0, count: 1024), name: name))
    append(MemorySource(zeros(upTo: 10_240, behind: size), name: name))
    guard let joined = JoinedSource(parts, name: name) else {
      throw PackageError(
        code: .limitExceeded, doing: "plan the archive", reason: "its size passes 64 bits",
        place: Place(name))
    }
    return joined
  }

  /// The zeros that fill up a multiple of `unit`.
  private static func zeros(upTo unit: UInt64, behind size: UInt64) -> [UInt8] {
    let over = size % unit
    return [UInt8](repeating: 0, count: over == 0 ? 0 : Int(unit - over))
  }
}

/// A file whose size counts and whose bytes do not: it has zeros for them.
private struct UnreadSource: ByteSource {
  let name: String
  let size: UInt64

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let count = Int(min(UInt64(buffer.count), size - offset))
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
      .initializeMemory(as: UInt8.self, repeating: 0)
    return count
  }
}
