import OVAArchive
import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML
import VirtualDisks

extension Rule {
  /// A `File` that nothing uses.
  static let fileUnreferenced = Rule(
    id: "file-unreferenced",
    group: .references,
    title: "Nothing in the descriptor uses a File",
    severity: .info,
    version: 3,
    basis: .clause("DSP0243 7.1"),
    why: "The file is shipped and uploaded, and no disk, drive, icon, text or setting refers to "
      + "it. Often a reference was forgotten.",
    fix: "Refer to it, or remove its `File` and the file, and recreate the manifest (`ova "
      + "manifest`).",
    triggering: [
      Example(
        .folder,
        edits: [
          .init(
            old: #"ovf:size="SIZE"/>"#,
            new: #"ovf:size="SIZE"/><File ovf:id="file2" ovf:href="notes.txt"/>"#)
        ], [.add("notes.txt", .text("notes"))])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(
            old: #"ovf:size="SIZE"/>"#,
            new: #"ovf:size="SIZE"/><File ovf:id="file2" ovf:href="web.nvram"/>"#),
          .init(
            old: "</VirtualHardwareSection>",
            new:
              #"<vmw:ExtraConfig vmw:key="nvram" vmw:value="ovf:/file/file2"/></VirtualHardwareSection>"#
          ),
        ], [.add("web.nvram", .text("nvram"))]),
      .withEnvironmentFile(path: "keys.txt"),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    let used = envelope.usedFileIDs
    let usedPlaces = Set(
      checked.package.references.filter { used.contains(Array(($0.reference.id?.text ?? "").utf8)) }
        .compactMap { $0.file?.path }
        + checked.package.disks.flatMap(\.neededFiles))
    // Whoever refers to a File that there is not may have meant this one; that is said.
    let hasDangling = envelope.disks.contains { disk in
      disk.fileReference?.text.isEmpty == false && envelope.file(of: disk) == nil
    }
    let needsAreUnknown = checked.package.disks.contains { disk in
      guard case .disk(let disk) = disk.content, disk.format == .vmdkDescriptor else {
        return false
      }
      return disk.diagnostics.contains {
        switch $0.kind {
        case .extentInvalid, .extentsMissing, .tooManyExtents, .descriptorLine: true
        default: false
        }
      }
    }
    for resolved in checked.package.references {
      guard let id = resolved.reference.id?.text, !id.isEmpty, !used.contains(Array(id.utf8)),
        !used.contains(Array(resolved.hrefText.utf8)), !hasDangling
      else { continue }
      // What a disk needs whose text names its extents wrongly, or that has holes, is not known.
      if needsAreUnknown { continue }
      if case .notAFile(let file) = resolved.target, file.member?.kind == .sparse { continue }
      // The same file by a second File is said by file-duplicate-href.
      if let path = resolved.file?.path, usedPlaces.contains(path) { continue }
      findings.add(
        "nothing uses the File '\(id)' ('\(resolved.hrefText)')", at: resolved.reference.place)
    }
  }
}

extension Envelope {
  /// The ids (in oVirt's dialect also hrefs) of files that something refers to.
  fileprivate var usedFileIDs: Set<[UInt8]> {
    var ids: Set<[UInt8]> = []
    func add(_ text: String?) {
      if let text { ids.insert(Array(text.utf8)) }
    }
    func add(resource text: String) {
      guard case .file(let id) = HostResource(text) else { return }
      add(id)
      if case .file(let decoded) = FileReference.Target(href: id) { add(decoded) }
    }
    func add(_ settings: [Setting]) {
      for setting in settings { if let text = setting.value?.text { add(resource: text) } }
    }
    for disk in disks { add(disk.fileReference?.text) }
    for bundle in bundles {
      add(bundle.fileReference?.text)
      for message in bundle.messages { add(message.fileReference?.text) }
    }
    for (file, _) in environmentFiles { add(file.fileReference?.text) }
    for product in products {
      for icon in product.icons { add(icon.fileReference?.text) }
    }
    for section in virtualSystems.flatMap(\.hardwareSections) {
      add(section.settings)
      for item in section.items {
        add(item.settings)
        for resource in item.hostResources { add(resource: resource.text) }
      }
    }
    return ids
  }
}
