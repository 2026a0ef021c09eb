import OVABasics
import OVAByteSource
import OVAPackage
import OVARules

extension TargetView {
  /// Returns whether every reference has its id under this literal prefix.
  func hasLiteralPrefix(_ prefix: String) -> Bool {
    guard let source = package.descriptor.source,
      let bytes = try? source.bytes(at: 0, count: Int(clamping: min(source.size, 1 << 20)))
    else { return true }
    // In UTF-16 every other byte of these letters is zero.
    return String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self).contains("\(prefix):id=")
  }

  /// The namespaces that the envelope's tag declares, in the order written.
  var declaredNamespaces: [String] {
    guard let source = package.descriptor.source,
      let bytes = try? source.bytes(at: 0, count: Int(clamping: min(source.size, 1 << 16)))
    else { return [] }
    let text = String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
    guard let tag = text.firstMatch(of: /<([A-Za-z_][\w.\-]*:)?Envelope\s[^>]*/) else { return [] }
    return tag.output.0.matches(of: /xmlns(:[\w.\-]+)?\s*=\s*["']([^"']*)["']/).map {
      String($0.output.2)
    }
  }

  /// The places at which a line break alone separates two parts of a tag.
  var tagsBrokenByLines: [Hit] {
    guard let source = package.descriptor.source,
      let bytes = try? source.allBytes(limit: 64 << 20, named: "descriptorBytes")
    else { return [] }
    var scan = TagScan(bytes)
    scan.run()
    return scan.lines.map { Hit(Place(package.descriptor.place.file, line: $0)) }
  }
}

/// Finds line breaks in tags that a reader which drops them makes one word of two.
private struct TagScan {
  private enum State {
    case text
    case tag
    case quoted(by: UInt8)
    /// A comment, declaration or CDATA section, which loses nothing by it, up to these bytes.
    case skipped(to: [UInt8])
  }

  private let bytes: [UInt8]
  private var state = State.text
  private var line = 1
  /// The lines that end in such a break, counted from 1.
  private(set) var lines: [Int] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() {
    for (index, byte) in bytes.enumerated() {
      switch state {
      case .text: if byte == UInt8(ascii: "<") { state = opening(at: index) }
      case .tag:
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .quoted(by: byte)
        case UInt8(ascii: ">"): state = .text
        case 0x0A where joins(at: index): lines.append(line)
        default: break
        }
      case .quoted(let mark): if byte == mark { state = .tag }
      case .skipped(let end):
        if byte == end.last, bytes[...index].suffix(end.count).elementsEqual(end) { state = .text }
      }
      if byte == 0x0A { line += 1 }
    }
  }

  private func opening(at index: Int) -> State {
    let rest = bytes[index...]
    if rest.starts(with: "<!--".utf8) { return .skipped(to: Array("-->".utf8)) }
    if rest.starts(with: "<![CDATA[".utf8) { return .skipped(to: Array("]]>".utf8)) }
    if rest.starts(with: "<?".utf8) { return .skipped(to: Array("?>".utf8)) }
    return .tag
  }

  /// Returns whether the bytes around a line break become one word without it.
  private func joins(at index: Int) -> Bool {
    let before = index > 0 && bytes[index - 1] == 0x0D ? index - 2 : index - 1
    guard before >= 0, index + 1 < bytes.count else { return false }
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    let next = bytes[index + 1]
    return !blanks.contains(bytes[before]) && !blanks.contains(next)
      && next != UInt8(ascii: ">") && next != UInt8(ascii: "/")
  }
}

extension Example {
  /// The namespace of Items.
  static let rasd =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"

  /// The standard's attributes have another prefix.
  static let otherPrefix = Example.files(
    .ova, .text("web.ovf", replacing: "xmlns:ovf=", with: "xmlns:o="),
    .text("web.ovf", replacing: " ovf:", with: " o:"))
}
