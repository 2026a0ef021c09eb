import OVABasics

/// Facts with the names that they are compared by, in their order.
struct FactLines {
  /// Compared by bytes: names that look the same may be those of two things.
  struct Key: Hashable {
    let section: String
    let name: String

    static func == (a: Key, b: Key) -> Bool {
      a.section.utf8.elementsEqual(b.section.utf8) && a.name.utf8.elementsEqual(b.name.utf8)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(section)
      for byte in name.utf8 { hasher.combine(byte) }
    }
  }

  /// A fact.
  struct Line {
    let key: Key
    let value: String
    /// The fact that this one is a detail of; where one package does not have that fact, the detail
    /// is left out silently.
    let parent: Key?
  }

  private(set) var lines: [Line] = []
  private var numbers: [Key: Int] = [:]

  /// Adds a fact; nil is none. Of several with one name each counts by its number.
  /// - Returns: the key that it got.
  @discardableResult
  mutating func add(
    _ section: String, _ name: String, _ value: String?, of parent: Key? = nil
  ) -> Key? {
    guard let value else { return nil }
    var key = Key(section: section, name: name)
    let number = (numbers[key] ?? 0) + 1
    numbers[key] = number
    if number > 1 {
      key = Key(section: section, name: "\(name) (\(number))")
      numbers[key, default: 0] += 1
    }
    lines.append(Line(key: key, value: value, parent: parent))
    return key
  }

  /// Adds a switch.
  mutating func add(_ section: String, _ name: String, flag: Bool?, of parent: Key? = nil) {
    add(section, name, flag.map { $0 ? "on" : "off" }, of: parent)
  }
}
