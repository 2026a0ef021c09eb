import OVABasics
import OVAByteSource
import OVFDescriptor
import VirtualDisks

/// The contents that a descriptor declares for its files, by their paths; for a file in chunks by
/// the path that the whole would have.
struct DeclaredContents: Sendable {
  /// The declarations on one file.
  private struct File: Sendable {
    let href: String
    let isGzip: Bool
    /// True if it is compressed in a way that is not undone here.
    let isOtherwiseCompressed: Bool
    let declaredSize: UInt64?
    /// True if it is a disk or the image of a CD, with a structure to be looked at.
    var isDisk = false
    /// True if contents of a disk lie in it whose text lies elsewhere.
    var isExtent = false
    /// The capacity of the largest disk that lies in it; 0 where none is known.
    var capacity: UInt64 = 0
  }

  private var files: [PackagePath: File] = [:]

  /// - Parameter paths: the paths at which a reference's file may lie, the likeliest first.
  init(_ envelope: Envelope, paths: (FileReference) -> [PackagePath]) {
    for reference in envelope.files {
      for path in paths(reference) where files[path] == nil {
        files[path] = File(
          href: reference.href?.text ?? "", isGzip: reference.isGzip,
          isOtherwiseCompressed: reference.isCompressed && !reference.isGzip,
          declaredSize: reference.size?.value)
      }
    }
    var ofDisks: Set<ObjectIdentifier> = []
    for disk in envelope.disks {
      guard let reference = envelope.file(of: disk) else { continue }
      ofDisks.insert(ObjectIdentifier(reference))
      let capacity = try? envelope.capacity(of: disk, in: envelope.defaultConfiguration)?.get()
      for path in paths(reference) {
        guard var file = files[path] else { continue }
        file.isDisk = true
        file.capacity = max(file.capacity, capacity ?? 0)
        files[path] = file
      }
    }
    for reference in envelope.files where reference.isImageName {
      guard !ofDisks.contains(ObjectIdentifier(reference)) else { continue }
      for path in paths(reference) { files[path]?.isDisk = true }
    }
  }

  /// Adds an extent of a disk with a text descriptor.
  /// - Parameter isSparse: whether it has a structure; a flat one has none, but it may be unreadable.
  mutating func add(extent path: PackagePath, isSparse: Bool) {
    if files[path] == nil {
      files[path] = File(
        href: path.text, isGzip: false, isOtherwiseCompressed: false, declaredSize: nil)
    }
    files[path]?.isExtent = true
    if isSparse { files[path]?.isDisk = true }
  }

  /// Returns whether the content of a file is looked at, as far as the descriptor decides it.
  func isLookedAt(_ path: PackagePath, deep: Bool) -> Bool {
    guard let file = files[path] else { return false }
    return file.isGzip || deep && (file.isDisk || file.isExtent) && !file.isOtherwiseCompressed
  }

  /// Returns whether a file is a disk that is stored as it is.
  func isPlainDisk(_ path: PackagePath) -> Bool {
    guard let file = files[path] else { return false }
    return file.isDisk && !file.isGzip && !file.isOtherwiseCompressed
  }

  /// Plans the work on the content of a file; nil for none.
  /// - Parameters:
  ///   - path: the file, or the whole of one in chunks.
  ///   - start: its first bytes.
  ///   - name: what places call it; nil for the whole of a file in chunks.
  ///   - size: its length, where it is known.
  ///   - deep: whether disks are looked at grain by grain.
  func plan(
    of path: PackagePath, start: [UInt8], name: String?, size: UInt64?, deep: Bool
  ) -> ContentPass.Plan? {
    let file = files[path]
    if let file, file.isGzip {
      return ContentPass.Plan(
        name: file.href,
        inflatesTo: Self.mostInflated(capacity: file.capacity, size ?? file.declaredSize),
        isDeep: deep && file.isDisk)
    }
    guard deep, file?.isOtherwiseCompressed != true,
      start.isSparseDisk || file?.isDisk == true && !start.isDiskText
    else { return nil }
    return ContentPass.Plan(
      name: name ?? file?.href ?? path.text, inflatesTo: nil, isDeep: true)
  }

  /// Plans the work on a file before a descriptor has said anything of it: it may be declared as
  /// that which its first bytes show.
  static func planWithoutDescriptor(
    of path: PackagePath, start: [UInt8], name: String?, size: UInt64?, deep: Bool
  ) -> ContentPass.Plan? {
    if start.starts(with: [0x1F, 0x8B]) {
      return ContentPass.Plan(
        name: path.text, inflatesTo: mostInflated(capacity: 0, size), isDeep: deep)
    }
    guard deep, start.isSparseDisk else { return nil }
    return ContentPass.Plan(name: name ?? path.text, inflatesTo: nil, isDeep: true)
  }

  /// The most bytes that may come out of a compressed file: of a disk its capacity and what tables
  /// and markers take, of others a hundred times their size and at least a gibibyte.
  private static func mostInflated(capacity: UInt64, _ stored: UInt64?) -> UInt64 {
    if capacity > 0 {
      return capacity.addingReportingOverflow(capacity / 64 + 16 << 20).partialValue
    }
    let (most, overflow) = (stored ?? 0).multipliedReportingOverflow(by: 100)
    return overflow ? .max : max(most, 1 << 30)
  }
}

extension [UInt8] {
  /// True if a sparse extent begins with these bytes.
  var isSparseDisk: Bool { starts(with: "KDMV".utf8) }

  /// True if the text of a disk, whose contents lie elsewhere, begins with these bytes.
  fileprivate var isDiskText: Bool {
    DiskFormat.recognize(head: Array(prefix(4096))) == .vmdkDescriptor
  }
}

extension FileReference {
  /// True if the descriptor says that the file is stored compressed by gzip.
  package var isGzip: Bool { compression?.text.lowercased() == "gzip" }

  /// True if the descriptor says that the file is stored compressed.
  package var isCompressed: Bool {
    guard let compression = compression?.text else { return false }
    return !compression.isEmpty && compression.lowercased() != "identity"
  }

  /// True if its name is that of a CD's image.
  var isImageName: Bool { href?.text.baseAndExtension.suffix == "iso" }
}

extension ResolvedReference {
  /// True if the descriptor says that the file is stored compressed by gzip.
  package var isGzip: Bool { reference.isGzip }

  /// True if the file is stored compressed, as far as the descriptor says.
  package var isCompressed: Bool { reference.isCompressed }
}
