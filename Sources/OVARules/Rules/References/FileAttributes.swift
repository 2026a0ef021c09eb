import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A `File` without an id.
  static let fileMissingID = Rule(
    id: "file-missing-id",
    group: .references,
    title: "A File has no id",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Disks and others mean a file by its id; one without can be used by nothing, and the "
      + "schema demands it.",
    fix: "Give the `File` an `ovf:id` that no other has.",
    triggering: [
      Example(replacing: #"<File ovf:id="file1" "#, with: "<File "),
      Example(
        replacing: #"<File ovf:id="file1" "#, with: #"<File ovf:id="" "#, documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for file in checked.package.envelope.files where file.id?.text.isEmpty ?? true {
      findings.add(
        "the File '\(file.href?.text ?? "")' has no id", at: file.place, expected: "ovf:id")
    }
  }

  /// A `File` without an href.
  static let fileMissingHref = Rule(
    id: "file-missing-href",
    group: .references,
    title: "A File has no href",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Without an href the entry names no file, and whatever uses it has no content.",
    fix: "Write the file's name into `ovf:href`, or remove the `File`.",
    triggering: [
      Example(replacing: #" ovf:href="web-disk1.vmdk""#, with: ""),
      Example(replacing: #" ovf:href="web-disk1.vmdk""#, with: #" ovf:href="""#),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for file in checked.package.envelope.files where file.href?.text.isEmpty ?? true {
      findings.add(
        "the File '\(file.id?.text ?? "")' names no file", at: file.place, expected: "ovf:href")
    }
  }

  /// A `File` whose size is no number.
  static let fileBadSize = Rule(
    id: "file-bad-size",
    group: .references,
    title: "A file's declared size is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers parse `ovf:size` as an unsigned number and stop at anything else. Often it is "
      + "a template's placeholder that nobody filled in.",
    fix: "Write the file's size in bytes, or leave the attribute out.",
    triggering: [
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="{vmdk_size}""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="-2""#),
      Example(replacing: #"ovf:size="SIZE""#, with: #"ovf:size="""#, documented: false),
      Example(
        replacing: #"ovf:size="SIZE""#, with: #"ovf:size="18446744073709551616""#,
        documented: false),
    ],
    passing: [.sound(.folder), Example(replacing: #" ovf:size="SIZE""#, with: "")]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard let size = resolved.reference.size, let fault = size.fault else { continue }
      findings.add(
        "the size '\(size.text)' of '\(resolved.hrefText)' \(fault)", at: size.place,
        expected: resolved.storedSize.map(String.init), found: size.text)
    }
  }

  /// Two `File`s with one id.
  static let fileDuplicateID = Rule(
    id: "file-duplicate-id",
    group: .references,
    title: "Two Files have one id",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "It is not clear which file a disk means; importers take one or refuse the package.",
    fix: "Give each `File` an id of its own, and correct what refers to it.",
    triggering: [
      Example(
        .folder,
        edits: [
          .init(
            old: #"ovf:size="SIZE"/>"#,
            new: #"ovf:size="SIZE"/><File ovf:id="file1" ovf:href="b.iso"/>"#)
        ], [.add("b.iso", .text("b"))])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(
            old: #"ovf:size="SIZE"/>"#,
            new: #"ovf:size="SIZE"/><File ovf:id="FILE1" ovf:href="b.iso"/>"#)
        ], [.add("b.iso", .text("b"))], caption: "letter case tells ids apart", documented: false),
    ]
  ) { checked, findings in
    var seen: [[UInt8]: FileReference] = [:]
    for file in checked.package.envelope.files {
      guard let id = file.id, !id.text.isEmpty else { continue }
      guard let first = seen[Array(id.text.utf8)] else {
        seen[Array(id.text.utf8)] = file
        continue
      }
      findings.add(
        "the id '\(id.text)' is already that of '\(first.href?.text ?? "")' "
          + "(line \(first.place.line ?? 0))", at: id.place, found: id.text)
    }
  }

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
          + "(line \(first.place.line ?? 0))", at: href.place, found: href.text)
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
