import OVAArchive
import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A reference leads to a link, a folder or a device.
  static let fileNotAFile = Rule(
    id: "file-not-a-file",
    group: .references,
    title: "A reference leads to something that is not a file",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "A package holds plain files. Importers do not follow links in an archive, and a folder "
      + "has no bytes to upload.",
    fix: "Put the file itself in its place, under the same name.",
    triggering: [
      Example(.ova, .kind("web-disk1.vmdk", .symbolicLink(to: "/etc/passwd"))),
      Example(.ova, .kind("web-disk1.vmdk", .folder)),
      Example(.folder, .kind("web-disk1.vmdk", .folder), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    for resolved in checked.package.references {
      // A file with holes is one of the archive's form, and said by sparse-member.
      guard case .notAFile(let file) = resolved.target, file.member?.kind != .sparse else {
        continue
      }
      let what =
        switch file.kind {
        case .file: "file"
        case .folder: "folder"
        case .link(let target): target.map { "link to '\($0)'" } ?? "link"
        case .special(let kind): kind
        }
      findings.add(
        "'\(resolved.hrefText)' is a \(what)", at: resolved.reference.place, expected: "a file",
        found: what)
    }
  }
}

extension ResolvedReference {
  /// The href as written, empty where there is none.
  var hrefText: String { reference.href?.text ?? "" }

  /// True if the archive ends inside the file, which is said once.
  var isCutShort: Bool {
    switch target {
    case .file(let file): file.storedSize < file.size
    case .chunks(let chunks): chunks.pieces.contains { $0.file.storedSize < $0.file.size }
    default: false
    }
  }

  /// The file, or the first chunk, that findings about bytes point at.
  var filePlace: Place {
    switch target {
    case .file(let file): file.place
    case .chunks(let chunks): chunks.pieces.first?.file.place ?? reference.place
    default: reference.place
    }
  }

  /// The bytes that are stored, of all chunks together; nil where some are not there.
  var storedSize: UInt64? {
    switch target {
    case .file(let file): file.size
    case .chunks(let chunks) where chunks.isComplete: chunks.size
    default: nil
    }
  }
}

extension Chunks {
  /// True if all chunks that there should be are there, and no others.
  var isComplete: Bool {
    missing.isEmpty && (expectedCount.map { $0 == pieces.count } ?? true)
  }
}
