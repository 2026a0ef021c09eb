import OVABasics
import OVAPackage

extension Rule {
  /// The archive holds files that the descriptor does not know.
  static let foreignMember = Rule(
    id: "foreign-member",
    group: .package,
    title: "The archive holds a file that nothing refers to",
    severity: .warning,
    basis: .clause("DSP0243 5.3"),
    why: "An archive holds the descriptor, manifest, certificate and the referenced files. What "
      + "else is in it is not imported and not covered by the manifest; strict importers refuse "
      + "the archive.",
    fix: "Leave the file out, or reference it from the descriptor.",
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
    for resolved in package.references {
      if case .missing(_, let near) = resolved.target {
        known.formUnion(near.compactMap(\.path))
      }
    }
    let own = [package.descriptor, package.manifest?.file, package.certificate?.file]
    known.formUnion(own.compactMap { $0?.path })
    let foreign = package.files.filter { file in
      guard file.kind == .file, !file.isAppleDouble, let path = file.path else { return false }
      return !known.contains(path)
    }
    guard let first = foreign.first else { return }
    let verb = foreign.count == 1 ? "is" : "are"
    findings.add(
      "\(foreign.map(\.name).quoted) \(verb) in the archive, and nothing refers to it",
      at: first.place)
  }
}
