import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The archive holds files that the descriptor does not know.
  static let foreignMember = Rule(
    id: "foreign-member",
    group: .package,
    title: "The archive holds a file that nothing refers to",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 5.3"),
    why: "An archive holds the descriptor, manifest, certificate and the referenced files. What "
      + "else is in it is not imported and not covered by the manifest; strict importers refuse "
      + "the archive.",
    fix: "Leave the file out and recreate the manifest (`ova manifest`), or reference the file "
      + "from the descriptor.",
    triggering: [Example(.ova, .add("README.md", .text("Read me")))],
    passing: [
      .sound(.ova),
      Example(
        .folder, .add("README.md", .text("Read me")),
        caption: "what else lies in a folder does not belong to the package"),
      Example(
        .ova, .rename("web-disk1.vmdk", to: "Web-Disk1.vmdk"),
        caption: "a file that is meant by a reference is named by file-missing",
        documented: false),
    ]
  ) { checked, findings in
    let package = checked.package
    guard package.isArchive else { return }
    var known = Set(checked.referencedFiles.compactMap(\.path))
    known.formUnion(package.otherDescriptors.compactMap(\.path))
    // Where a reference is lost, the file that it was for is not foreign; the loss is said.
    guard !package.envelope.references.isEmpty,
      package.references.allSatisfy({ $0.reference.href != nil })
    else { return }
    var meant: Set<String> = []
    for resolved in package.references {
      switch resolved.target {
      case .missing(_, let near): known.formUnion(near.compactMap(\.path))
      case .unsafe, .remote, .unclear:
        let last = resolved.hrefText.split(whereSeparator: { "/\\".contains($0) }).last
        if let last { meant.insert(String(last)) }
      default: continue
      }
    }
    // What a disk's own file needs is used, listed or not.
    known.formUnion(package.disks.flatMap(\.neededFiles))
    let own = [package.descriptor, package.manifest?.file, package.certificate?.file]
    known.formUnion(own.compactMap { $0?.path })
    let foreign = package.files.filter { file in
      guard file.kind == .file, !file.isAppleDouble, let path = file.path else { return false }
      return !known.contains(path) && !meant.contains(path.name)
    }
    guard let first = foreign.first else { return }
    let verb = foreign.count == 1 ? "is" : "are"
    findings.add(
      "\(foreign.map(\.name).quoted) \(verb) in the archive, and nothing refers to it",
      at: first.place)
  }
}
