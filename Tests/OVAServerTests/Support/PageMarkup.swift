/// A page's markup without its texts: tags with the names of their attributes, in their order.
///
/// Reads HTML byte by byte as browsers do: in a text only `<` begins something, in a quoted value
/// only the quote ends it.
struct PageMarkup: Equatable, CustomStringConvertible {
  private(set) var tags: [String] = []
  /// Markup that a browser may read otherwise than it was meant: unquoted values, comments, quotes
  /// in names.
  private(set) var complaints: [String] = []
  var description: String { tags.joined(separator: "\n") }

  init(_ page: String) {
    let bytes = Array(page.utf8)
    var index = 0
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = open + 1
      let start = index
      while index < bytes.count, !isBlank(bytes[index]),
        !">/".utf8.contains(bytes[index])
          || index == start
      {
        index += 1
      }
      var tag = text(start..<index)
      while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
        if isBlank(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
          index += 1
          continue
        }
        let name = index
        while index < bytes.count, !isBlank(bytes[index]), !"=>".utf8.contains(bytes[index]) {
          index += 1
        }
        let attribute = text(name..<index)
        tag += " \(attribute)"
        if attribute.utf8.contains(where: { "\"'<".utf8.contains($0) }) {
          complaints.append("\(tag): a quote in a name")
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { continue }
        index += 1
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
          complaints.append("\(tag): a value without quotes")
          continue
        }
        let value = index + 1
        index = bytes[value...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
        if ["href", "src", "action"].contains(attribute) {
          let address = text(value..<index).lowercased()
          if !["/", "#", "http://", "https://"].contains(where: address.hasPrefix) {
            complaints.append("\(tag): leads to \(address)")
          }
        }
        index += 1
      }
      tags.append(tag)
    }
  }
}
