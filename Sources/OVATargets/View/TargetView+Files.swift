import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVFDescriptor
import OVFXML
import VirtualDisks

extension TargetView {
  /// The members of an archive in their order; none in a folder.
  var members: [PackageFile] { package.isArchive ? package.files : [] }

  /// The members for which a condition holds.
  func members(_ isMeant: (PackageFile) -> Bool) -> [Hit] {
    members.filter(isMeant).map { Hit($0.place, found: $0.writtenName) }
  }

  /// Returns the diagnostics of the archive's reader for which `isMeant` is true.
  func archiveDiagnostics(_ isMeant: (TarDiagnosticKind) -> Bool) -> [Hit] {
    package.archiveDiagnostics.filter { isMeant($0.kind) }.map { diagnostic in
      guard let index = diagnostic.member, package.files.indices.contains(index) else {
        return Hit(diagnostic.place)
      }
      return Hit(package.files[index].place, found: package.files[index].writtenName)
    }.unique
  }

  /// Returns whether the archive's first member that looks like a descriptor to a reader is another
  /// file.
  func firstDescriptorIsOther(_ looksLikeOne: (String) -> Bool) -> [Hit] {
    guard let first = members.first(where: { looksLikeOne($0.writtenName) }),
      first.member?.index != package.descriptor.member?.index
    else { return [] }
    return [Hit(first.place, found: first.writtenName)]
  }

  /// The members that stand before the descriptor.
  var membersBeforeDescriptor: [PackageFile] {
    Array(members.prefix { $0.member?.index != package.descriptor.member?.index })
  }

  /// The first member, where it is not the descriptor.
  var descriptorNotFirst: [Hit] {
    membersBeforeDescriptor.prefix(1).map { Hit($0.place, found: $0.writtenName) }
  }

  /// The descriptor, where its extension is not in lower case.
  var upperCaseDescriptor: [Hit] {
    let name = package.descriptor.writtenName
    return name.hasSuffix(".ovf") ? [] : [Hit(package.descriptor.place, found: name)]
  }

  /// The manifest, where there is one.
  var manifest: [Hit] { package.manifest.map { [Hit($0.file.place)] } ?? [] }

  /// The manifest's entries.
  var entries: [Manifest.Entry] { package.manifest?.manifest.entries ?? [] }

  /// The entries for which a condition holds.
  func entries(_ isMeant: (Manifest.Entry) -> Bool) -> [Hit] {
    entries.filter(isMeant).map { Hit($0.place, found: $0.algorithmText) }
  }

  /// The entries whose digest is not the file's, by these algorithms.
  func contradictions(_ isMeant: (DigestAlgorithm?) -> Bool = { _ in true }) -> [Hit] {
    (checked.manifestFacts?.contradictions ?? []).filter { isMeant($0.entry.claim.algorithm) }
      .map { Hit($0.entry.place, found: $0.entry.fileName) }
  }

  /// The lines of the manifest that are no entries.
  var manifestDiagnostics: [Hit] {
    (package.manifest?.manifest.diagnostics ?? []).map { Hit($0.place, found: $0.text) }
  }

  /// The files that the manifest does not list, the descriptor first.
  var unlistedFiles: [Hit] {
    guard let manifest = package.manifest?.manifest else { return [] }
    let descriptor = package.descriptor.writtenName.split(separator: "/").last.map(String.init)
    var hits: [Hit] = []
    if let descriptor, manifest.entries(for: descriptor).entries.isEmpty,
      manifest.entries(for: package.descriptor.writtenName).entries.isEmpty
    {
      hits.append(Hit(package.descriptor.place, found: descriptor))
    }
    return hits
      + package.references.compactMap { resolved in
        guard let href = resolved.reference.href, resolved.file != nil,
          manifest.entries(for: href.text).entries.isEmpty
        else { return nil }
        return Hit(resolved.reference.place, found: href.text)
      }
  }

  /// The files of the References for which a condition holds.
  func references(_ isMeant: (ResolvedReference) -> Bool) -> [Hit] {
    package.references.filter(isMeant).map {
      Hit($0.reference.place, found: $0.reference.href?.text)
    }
  }

  /// The references that name files by which disks are made.
  var diskReferences: [ResolvedReference] { package.disks.map(\.reference) }

  /// The files of disks for which a condition holds, at their references.
  func diskFiles(_ isMeant: (ResolvedReference) -> Bool) -> [Hit] {
    diskReferences.filter(isMeant)
      .map { Hit($0.reference.place, found: $0.reference.href?.text) }.unique
  }

  /// The files of the References that are not there.
  var missingFiles: [Hit] {
    references { resolved in
      if case .missing = resolved.target { return true }
      return false
    }
  }

  /// The declared and real lengths of files that differ.
  var wrongSizes: [Hit] {
    package.references.compactMap { resolved in
      guard let size = resolved.reference.size?.value, let file = resolved.file,
        size != file.size
      else { return nil }
      return Hit(resolved.reference.place, found: "\(size) declared, \(file.size) real")
    }
  }

  /// The files whose chunks are declared.
  var chunked: [Hit] { references { $0.reference.chunkSize != nil } }

  /// The first five bytes of the descriptor.
  var firstBytes: [UInt8] {
    (try? package.descriptor.source?.bytes(at: 0, count: 5)) ?? []
  }

  /// Returns whether a file is compressed by gzip, as the descriptor says.
  static func isGzip(_ resolved: ResolvedReference) -> Bool {
    resolved.reference.compression?.text == "gzip"
  }
}

extension TargetView {
  /// The bytes that a disk holds in the default configuration; nil where that cannot be determined.
  func capacity(of disk: Disk) -> UInt64? {
    try? envelope.capacity(of: disk, in: envelope.defaultConfiguration)?.get()
  }

  /// The disks without a file.
  var blankDisks: [Hit] {
    disks.filter { envelope.file(of: $0) == nil }.map { Hit($0.place, found: $0.id?.text) }
  }

  /// The disks for whose content a condition holds.
  func contents(_ isMeant: (VirtualDisk) -> Bool) -> [Hit] {
    package.disks.compactMap { part in
      guard case .disk(let disk) = part.content, isMeant(disk) else { return nil }
      return Hit(part.disk.place, found: disk.createType ?? disk.format.name)
    }
  }

  /// The disks beyond the first so many.
  func disks(beyond count: Int) -> [Hit] {
    disks.dropFirst(count).map { Hit($0.place, found: $0.id?.text) }
  }

  /// The disks whose capacity is not a whole number as it is written.
  var capacitiesInWords: [Hit] {
    disks.compactMap { disk in
      if let capacity = disk.capacity, case .number = capacity.value { return nil }
      return Hit(disk.place, found: disk.capacity?.text ?? "no capacity")
    }
  }

  /// The disks that are not in the order of their files.
  var disksOutOfOrder: [Hit] {
    var last = -1
    for disk in disks {
      guard let file = envelope.file(of: disk),
        let index = envelope.files.firstIndex(where: { $0 === file })
      else { continue }
      if index < last { return [Hit(disk.place, found: disk.id?.text)] }
      last = index
    }
    return []
  }

  /// Streamed disks without a footer that bytes follow, in a package with a manifest.
  var streamTails: [Hit] {
    guard package.manifest != nil else { return [] }
    return contents {
      $0.shape == .directoryAtFront && ($0.bytesAfterStream ?? 0) > 0
    }
  }

  /// The disks that hold only the changes to another.
  var deltas: [Hit] {
    disks.filter { !($0.parentReference?.text ?? "").isEmpty }.map {
      Hit($0.place, found: $0.parentReference?.text)
    }
  }
}
