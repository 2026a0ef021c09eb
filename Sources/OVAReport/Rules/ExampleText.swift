import OVABasics
import OVARules

/// An example of a rule as a person reads it: what differs from the sound package.
struct ExampleText {
  let example: Example

  /// The caption, a sentence; nil where edits and changes speak for themselves.
  var caption: String? { example.caption }

  /// The edits of the descriptor, as lines of a diff.
  var diffs: [[String]] { example.edits.map(Self.diff) }

  /// The changes of the files, a sentence each.
  var sentences: [String] { example.changes.map(\.sentence) }

  private static func diff(_ edit: Example.Edit) -> [String] {
    let (old, new) = (lines(edit.old), lines(edit.new))
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
      .prefix { $0 == $1 }.count
    return old.prefix(head).map { "  \($0)" }
      + old.dropFirst(head).dropLast(tail).map { "- \($0)" }
      + new.dropFirst(head).dropLast(tail).map { "+ \($0)" }
      + old.suffix(tail).map { "  \($0)" }
  }

  private static func lines(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0).forDisplay
    }
    return lines.last == "" ? lines.dropLast() : lines
  }
}

extension Example.Change {
  /// The change in a sentence.
  var sentence: String {
    switch self {
    case .add(let name, let content): "`\(name.forDisplay)` is added: \(content.words)."
    case .addAgain(let name, let content):
      "A second `\(name.forDisplay)` is added: \(content.words)."
    case .remove(let name): "`\(name.forDisplay)` is left out."
    case .rename(let name, let new): "`\(name.forDisplay)` is named `\(new.forDisplay)`."
    case .content(let name, let content): "`\(name.forDisplay)` is \(content.words)."
    case .text(let name, let old, let new): Self.textSentence(name, old, new)
    case .sealManifest: "The manifest is written before what follows."
    case .algorithm(let name): "The manifest uses \(name)."
    case .order(let names):
      "The order is \(names.map { "`\($0.forDisplay)`" }.joined(separator: ", "))."
    case .kind(let name, let kind): "`\(name.forDisplay)` is \(kind.words)."
    case .dialect(let name, let dialect):
      "`\(name.forDisplay)` is written in the dialect \(dialect.rawValue)."
    case .header(let name, let form): "In the header of `\(name.forDisplay)`, \(form.words)."
    case .cutWhileChecked(let name):
      "`\(name.forDisplay)`, or the archive that it is in, loses its second half while it is checked."
    case .sign(let signer): "The package is signed with \(signer.words)."
    case .schema: "The check is given a folder of schemas."
    case .archive(let change): change.sentence
    }
  }

  private static func textSentence(_ name: String, _ old: String, _ new: String) -> String {
    let new = new.isEmpty ? "nothing" : "`\(new.forDisplay)`"
    return "In `\(name.forDisplay)`, \(new) stands in place of `\(old.forDisplay)`."
  }
}

extension Example.Content {
  fileprivate var words: String {
    switch self {
    case .text(let text):
      text.isEmpty ? "an empty file" : "the text `\(String(text.prefix(72)).forDisplay)`"
    case .filled(_, let count): "\(count) bytes of no known format"
    case .bytes(let bytes):
      bytes.isEmpty ? "an empty file" : "\(bytes.counted("byte")) of no known format"
    case .disk(let capacity): "a streamOptimized disk of \(ByteCount(capacity))"
    case .shapedDisk(.monolithicSparse): "a monolithicSparse disk"
    case .shapedDisk(.textDescriptor): "a disk descriptor whose extent is another file"
    case .shapedDisk(.ideAdapter): "a disk with the adapter type `ide`"
    case .shapedDisk(.withParent): "a disk that names a parent"
    case .shapedDisk(.qemuStream): "a streamOptimized disk as `qemu-img` makes it"
    case .shapedDisk(.versionOne): "a streamOptimized disk of version 1"
    case .shapedDisk(.unknownKey): "a disk with the key `ddb.builtBy` in its descriptor"
    case .shapedDisk(.windowsLines): "a disk whose descriptor has lines that end in CR LF"
    case .gzipped: "compressed by gzip"
    case .shortened(let count): "without its last \(count) bytes"
    case .flipped: "changed in one byte"
    case .followed(let bytes): "followed by \(bytes.counted("further byte"))"
    }
  }
}

extension Example.MemberKind {
  fileprivate var words: String {
    switch self {
    case .symbolicLink(let target): "a symbolic link to `\(target.forDisplay)`"
    case .hardLink(let target): "a hard link to `\(target.forDisplay)`"
    case .folder: "a folder"
    case .device: "a device"
    case .sparse: "a sparse file of GNU tar"
    }
  }
}

extension Example.HeaderForm {
  fileprivate var words: String {
    switch self {
    case .name(let bytes): "the name is `\(FileNameText.text(of: bytes).forDisplay)`"
    case .base256Size: "the size is in GNU's base-256 form"
    case .gnuLongName(let header):
      "the name stands in a long-name header of GNU before it, named `\(header.forDisplay)`"
    case .mode(let mode): "the mode is \(String(mode, radix: 8))"
    case .malformedExtension: "before it stands an extended header without records"
    case .emptyPaxName: "the extended header gives an empty name"
    case .otherSizeInPax: "the size is not the one in the extended header"
    case .negativeSize: "the size is below zero"
    case .unreadableSize: "the size is no number"
    case .wrongChecksum: "the checksum is wrong"
    case .afterGlobalHeader: "nothing is odd; a global extended header stands before it"
    }
  }
}

extension Example.Signer {
  fileprivate var words: String {
    switch self {
    case .selfSigned: "a certificate that signed itself"
    case .expired: "a certificate that is past its last day"
    case .notYetValid: "a certificate whose first day is to come"
    case .expiresSoon: "a certificate that ends within a few days"
    case .weakKey: "an RSA key of 1024 bits"
    case .ellipticCurve: "an elliptic curve key"
    case .unknownAuthority: "a certificate of an authority that nobody knows"
    case .trustedAuthority: "a certificate of a trusted authority"
    case .authorityFirst: "a trusted certificate, its authority's before it"
    case .weakDigest: "a trusted certificate, over a SHA-1 digest"
    case .edwardsCurve: "a trusted certificate with an Ed25519 key"
    case .withMessage: "a trusted certificate, and a CMS block over the same manifest"
    case .withOtherMessage: "a trusted certificate, and a CMS block over other bytes"
    case .withBrokenMessage: "a trusted certificate, and a CMS block that is none"
    case .withPrivateKey: "a trusted certificate, and its private key lies in the file"
    }
  }
}

extension Example.ArchiveChange {
  fileprivate var sentence: String {
    switch self {
    case .shortened(let count): "The last \(count) bytes of the archive are missing."
    case .withoutEnd: "The two blocks of zeros at the archive's end are missing."
    case .oneEndBlock: "Only one block of zeros ends the archive."
    case .followed(let bytes): "\(bytes.counted("byte")) follow the archive's end."
    case .gzipped: "The whole archive is compressed by gzip."
    case .replaced(let bytes):
      bytes.isEmpty
        ? "The file is empty."
        : "The file holds \(bytes.counted("byte")) of something else instead of an archive."
    case .named(let name): "The package is named `\(name.forDisplay)`."
    }
  }
}
