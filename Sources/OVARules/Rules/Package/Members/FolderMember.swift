import OVABasics
import OVAPackage

extension Rule {
  /// The archive holds a folder.
  static let folderMember = Rule(
    id: "folder-member",
    group: .package,
    title: "The archive holds a folder",
    severity: .warning,
    basis: .clause("DSP0243 5.3"),
    why: "An archive holds files only. A folder as a member is passed over by most importers; "
      + "some take it for a file of the package and stop.",
    fix: "Leave them out: `ova fix PATH --write NEW.ova`, or pack again and name the files "
      + "instead of their folder.",
    triggering: [Example(.ova, .add("docs", .bytes([])), .kind("docs", .folder))],
    passing: [
      .sound(.ova),
      Example(
        .ova, .add("./", .bytes([])), .kind("./", .folder),
        caption: "the folder ./ is said by dot-prefix", documented: false),
    ]
  ) { checked, findings in
    let package = checked.package
    guard package.isArchive else { return }
    let all = package.files.filter { $0.kind == .folder }
    guard !all.isEmpty else { return }
    let around = (package.descriptor.path?.folder ?? "") + "/"
    // The folder that the descriptor lies in is said by descriptor-in-folder.
    let referenced = checked.referencedPaths
    let folders = all.filter { file in
      guard let path = file.path, !referenced.contains(path) else { return false }
      return !around.utf8.starts(with: (path.text + "/").utf8)
    }
    guard let first = folders.first else { return }
    findings.add(
      "\(folders.map(\.name).quoted) \(folders.count == 1 ? "is a folder" : "are folders")",
      at: first.place)
  }
}
