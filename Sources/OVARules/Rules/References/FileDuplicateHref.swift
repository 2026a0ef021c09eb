import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two `File`s that name one file.
  static let fileDuplicateHref = Rule(
    id: "file-duplicate-href",
    group: .references,
    title: "Two Files name the same file",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Each file is listed once. Importers upload it twice, or refuse the package.",
    fix: "Keep one `File`, and let whatever used the other refer to it.",
    triggering: [
      Example(
        replacing: #"ovf:size="SIZE"/>"#,
        with: #"ovf:size="SIZE"/><File ovf:id="file2" ovf:href="web-disk1.vmdk"/>"#),
      Example(
        replacing: #"ovf:size="SIZE"/>"#,
        with: #"ovf:size="SIZE"/><File ovf:id="file2" ovf:href="./web%2Ddisk1.vmdk"/>"#,
        caption: "the same file by another spelling"),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    var seen: [PackagePath: FileReference] = [:]
    var hrefs: [[UInt8]: FileReference] = [:]
    for resolved in checked.package.references {
      let file = resolved.reference
      guard let href = file.href, !href.text.isEmpty else { continue }
      let first = resolved.path.map { seen[$0] } ?? hrefs[Array(href.text.utf8)]
      guard let first else {
        resolved.path.map { seen[$0] = file }
        hrefs[Array(href.text.utf8)] = file
        continue
      }
      findings.add(
        "'\(href.text)' is already named by the File '\(first.id?.text ?? "")' "
          + "(\(first.place.position))", at: href.place, found: href.text)
    }
  }
}

extension ResolvedReference {
  /// The path that the href means, whatever is there.
  fileprivate var path: PackagePath? {
    switch target {
    case .file(let file), .notAFile(let file): file.path
    case .missing(let path, _), .leadsOut(let path), .unreadable(let path, _): path
    case .chunks, .unsafe, .remote, .unclear: nil
    }
  }
}
