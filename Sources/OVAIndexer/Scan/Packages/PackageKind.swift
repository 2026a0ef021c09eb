/// The kind of package that a file's name stands for.
enum PackageKind {
  case archive
  case descriptor

  init?(name: String) { self.init(nameBytes: name.utf8) }

  /// Nil for the second halves of macOS files too.
  init?(nameBytes bytes: some BidirectionalCollection<UInt8>) {
    guard bytes.count > 4, !bytes.starts(with: "._".utf8) else { return nil }
    var end = bytes.suffix(4)
    guard end.popFirst() == UInt8(ascii: "."),
      end.popFirst().map({ $0 | 0x20 }) == UInt8(ascii: "o"),
      end.popFirst().map({ $0 | 0x20 }) == UInt8(ascii: "v")
    else { return nil }
    switch end.popFirst().map({ $0 | 0x20 }) {
    case UInt8(ascii: "a"): self = .archive
    case UInt8(ascii: "f"): self = .descriptor
    default: return nil
    }
  }
}
