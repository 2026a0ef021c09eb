import Foundation
import OVABasics
import OVAIntegrity
public import OVARules
import VirtualDisks

/// Builds the package that a rule's example tells of.
public struct ExamplePackage {
  private(set) var files: [File] = []
  private var algorithm = DigestAlgorithm.sha256
  private var manifestIsSealed = false
  private(set) var archiveChanges: [Example.ArchiveChange] = []
  private var cutWhileChecked: String?
  /// The schema that the check is given, if any.
  public private(set) var schema: String?

  struct File {
    var name: String
    var bytes: [UInt8]
    var kind: Example.MemberKind?
    var dialect = Example.Dialect.ustar
    var header: Example.HeaderForm?
    /// The number of zero bytes that follow `bytes`; on disk they take no room.
    var hole = 0
  }

  /// The number of bytes from which on a content of zeros is a hole.
  private static let leastHole = 16 << 20

  /// The reason why an example cannot be built.
  public struct Mistake: Error, CustomStringConvertible {
    public let description: String

    /// A mistake in words.
    public init(description: String) { self.description = description }
  }

  /// Follows the example's edits and changes.
  /// - Parameter certificates: makes the text of a certificate file for a manifest.
  public init(
    _ example: Example,
    certificates: (Example.Signer, _ manifest: [UInt8], _ name: String) throws -> [UInt8] =
      TestCertificates.file
  ) throws {
    let disk = try Self.disk(capacity: SoundPackage.diskCapacity)
    var descriptor = SoundPackage.descriptor
    for edit in example.edits {
      guard descriptor.contains(edit.old) else {
        throw Mistake(description: "the sound descriptor does not hold '\(edit.old)'")
      }
      descriptor = descriptor.replacing(edit.old, with: edit.new, maxReplacements: 1)
    }
    descriptor = descriptor.replacing("SIZE", with: "\(disk.count)")
    files = [
      File(name: SoundPackage.descriptorName, bytes: Array(descriptor.utf8)),
      File(name: SoundPackage.manifestName, bytes: []),
      File(name: SoundPackage.diskName, bytes: disk),
    ]
    for change in example.changes { try apply(change, certificates) }
    sealManifest()
    fillDigests()
  }

  private mutating func apply(
    _ change: Example.Change,
    _ certificates: (Example.Signer, [UInt8], String) throws -> [UInt8]
  ) throws {
    switch change {
    case .add(let name, .filled(with: 0, let count)) where count >= Self.leastHole:
      files.append(File(name: name, bytes: [], hole: count))
    case .add(let name, let content):
      files.append(File(name: name, bytes: try bytes(content, instead: [])))
    case .addAgain(let name, let content):
      _ = try index(name)
      files.append(File(name: name, bytes: try bytes(content, instead: [])))
    case .remove(let name):
      if name == SoundPackage.manifestName { manifestIsSealed = true }
      files.remove(at: try index(name))
    case .rename(let name, let other): files[try index(name)].name = other
    case .content(let name, let content):
      if name == SoundPackage.manifestName { manifestIsSealed = true }
      let index = try index(name)
      files[index].bytes = try bytes(content, instead: files[index].bytes)
    case .text(let name, let old, let new):
      if name == SoundPackage.manifestName { sealManifest() }
      let index = try index(name)
      let text = String(decoding: files[index].bytes, as: UTF8.self)
      guard text.contains(old) else {
        throw Mistake(description: "'\(name)' does not hold '\(old)'")
      }
      files[index].bytes = Array(text.replacing(old, with: new).utf8)
    case .sealManifest: sealManifest()
    case .algorithm(let name):
      guard let found = DigestAlgorithm(spelled: name) else {
        throw Mistake(description: "no algorithm '\(name)'")
      }
      algorithm = found
    case .order(let names):
      let first = try names.map { files[try index($0)] }
      files = first + files.filter { file in !names.contains(file.name) }
    case .kind(let name, let kind): files[try index(name)].kind = kind
    case .dialect(let name, let dialect): files[try index(name)].dialect = dialect
    case .header(let name, let form): files[try index(name)].header = form
    case .sign(let signer):
      sealManifest()
      let manifest = files[try index(SoundPackage.manifestName)].bytes
      let text = try certificates(signer, manifest, SoundPackage.manifestName)
      let place = try index(SoundPackage.manifestName) + 1
      files.insert(File(name: SoundPackage.certificateName, bytes: text), at: place)
    case .cutWhileChecked(let name): cutWhileChecked = files[try index(name)].name
    case .schema(let text): schema = text
    case .archive(let change): archiveChanges.append(change)
    }
  }

  private func index(_ name: String) throws -> Int {
    guard let index = files.lastIndex(where: { $0.name == name }) else {
      throw Mistake(description: "there is no file '\(name)'")
    }
    return index
  }

  /// Writes the manifest over the files as they are now, unless it was sealed or left out.
  private mutating func sealManifest() {
    guard !manifestIsSealed else { return }
    manifestIsSealed = true
    guard let place = files.firstIndex(where: { $0.name == SoundPackage.manifestName }) else {
      return
    }
    let listed = files.filter { file in
      file.kind == nil && file.hole == 0 && !file.name.hasSuffix(".mf")
        && !file.name.hasSuffix(".cert")
    }
    files[place].bytes = Array(
      listed.map { file in
        "\(algorithm.name)(\(file.name))= \(DigestValue.of(file.bytes, algorithm).hex)\n"
      }.joined().utf8)
  }

  /// Replaces `{sha256:name}` in a manifest that was given as text.
  private mutating func fillDigests() {
    guard let place = files.firstIndex(where: { $0.name == SoundPackage.manifestName }) else {
      return
    }
    var text = String(decoding: files[place].bytes, as: UTF8.self)
    for file in files {
      for algorithm in DigestAlgorithm.allCases {
        let mark = "{\(algorithm.name.lowercased()):\(file.name)}"
        guard text.contains(mark) else { continue }
        text = text.replacing(mark, with: DigestValue.of(file.bytes, algorithm).hex)
      }
    }
    if Array(text.utf8) != files[place].bytes, text.contains("\u{FFFD}") == false {
      files[place].bytes = Array(text.utf8)
    }
  }

  private func bytes(_ content: Example.Content, instead old: [UInt8]) throws -> [UInt8] {
    switch content {
    case .text(let text): return Array(text.utf8)
    case .bytes(let bytes): return bytes
    case .filled(let byte, let count): return [UInt8](repeating: byte, count: count)
    case .disk(let capacity): return try Self.disk(capacity: capacity)
    case .shapedDisk(let shape): return try Self.disk(shape)
    case .gzipped: return try run("gzip", ["-nc"], input: old).output
    case .shortened(let count): return Array(old.dropLast(count))
    case .flipped(let offset):
      var bytes = old
      let place = offset < 0 ? bytes.count + offset : offset
      guard bytes.indices.contains(place) else {
        throw Mistake(description: "there is no byte \(offset)")
      }
      bytes[place] ^= 0x01
      return bytes
    case .followed(let more): return old + more
    }
  }

  /// A streamOptimized disk with two grains of data.
  private static func disk(
    capacity: UInt64, options: SparseDiskWriter.Options = SparseDiskWriter.Options(),
    layout: SparseDiskWriter.Layout = .streamOptimized(.directoryInFooter)
  ) throws -> [UInt8] {
    var writer = try SparseDiskWriter(capacity: capacity, layout: layout, options: options)
    let grains = max(1, Int(capacity / 65_536))
    try writer.append((0..<65_536).map { UInt8(truncatingIfNeeded: $0 / 512) }, grain: 0)
    if grains > 3 {
      try writer.append((0..<65_536).map { UInt8(truncatingIfNeeded: $0 * 7) }, grain: 3)
    }
    return writer.finish()
  }

  private static func disk(_ shape: Example.DiskShape) throws -> [UInt8] {
    var options = SparseDiskWriter.Options()
    switch shape {
    case .monolithicSparse:
      return try disk(
        capacity: SoundPackage.diskCapacity, layout: .monolithicSparse(version: 1))
    case .textDescriptor:
      return Array(
        """
        # Disk DescriptorFile
        version=1
        CID=12345678
        parentCID=ffffffff
        createType="monolithicFlat"
        RW \(SoundPackage.diskCapacity / 512) FLAT "web-disk1-flat.vmdk" 0
        ddb.adapterType = "lsilogic"

        """.utf8)
    case .ideAdapter:
      options.lines = ["ddb.adapterType = \"ide\"", "ddb.virtualHWVersion = \"10\""]
      return try disk(capacity: SoundPackage.diskCapacity, options: options)
    case .qemuStream:
      options.padding = 30 << 10
      return try disk(
        capacity: SoundPackage.diskCapacity, options: options,
        layout: .streamOptimized(.directoryAtFront))
    case .versionOne:
      var bytes = try disk(capacity: SoundPackage.diskCapacity)
      // In the header and in the footer, two sectors before the end.
      bytes[4] = 1
      bytes[bytes.count - 1024 + 4] = 1
      return bytes
    case .unknownKey:
      options.lines.append("ddb.builtBy = \"a script\"")
      return try disk(capacity: SoundPackage.diskCapacity, options: options)
    case .windowsLines:
      options.descriptor = text(parent: "parentCID=ffffffff").replacing("\n", with: "\r\n")
      return try disk(capacity: SoundPackage.diskCapacity, options: options)
    case .withParent:
      options.descriptor = text(parent: "parentCID=9abcdef0\nparentFileNameHint=\"base.vmdk\"")
      return try disk(capacity: SoundPackage.diskCapacity, options: options)
    }
  }

  /// A streamOptimized disk's descriptor with these lines about its parent.
  private static func text(parent: String) -> String {
    """
    # Disk DescriptorFile
    version=1
    CID=12345678
    \(parent)
    createType="streamOptimized"
    RW \(SoundPackage.diskCapacity / 512) SPARSE "generated-stream.vmdk"
    ddb.adapterType = "lsilogic"

    """
  }
}

extension ExamplePackage {
  /// Writes the package into a folder and returns the path to open: the archive or the descriptor.
  public func write(_ form: Example.Form, to folder: TemporaryFolder) throws -> String {
    switch form {
    case .ova: return try writeArchive(to: folder)
    case .folder:
      for file in files where file.hole == 0 {
        switch file.kind {
        case nil: try folder.write(file.bytes, to: file.name)
        case .symbolicLink(let target), .hardLink(let target):
          try FileManager.default.createSymbolicLink(
            atPath: folder.path(file.name), withDestinationPath: target)
        case .folder:
          try FileManager.default.createDirectory(
            atPath: folder.path(file.name), withIntermediateDirectories: true)
        case .device, .sparse: throw Mistake(description: "only an archive can hold that")
        }
      }
      let descriptor = files.first { $0.name.lowercased().hasSuffix(".ovf") }
      return folder.path(descriptor?.name ?? SoundPackage.descriptorName)
    }
  }

  /// Does to the written package what happens between its opening and its check.
  public func disturb(_ form: Example.Form, in folder: TemporaryFolder) throws {
    guard let cutWhileChecked else { return }
    let path = folder.path(form == .ova ? archiveName : cutWhileChecked)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.truncate(atOffset: try file.seekToEnd() / 2)
  }

  var archiveName: String {
    for case .named(let name) in archiveChanges { return name }
    return "web.ova"
  }
}
