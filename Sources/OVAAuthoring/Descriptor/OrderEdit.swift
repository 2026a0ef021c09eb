import OVABasics
import OVFDescriptor
import OVFXML

/// Puts children of a descriptor's elements into the schema's order; every element stays, byte by
/// byte, and so does what lies between them.
struct OrderEdit {
  /// A descriptor in another order, with what was moved.
  struct Result {
    let bytes: [UInt8]
    /// The moved elements, each in a sentence; empty where all are in order.
    let details: StepDetails
  }

  private typealias Order = (slots: [Int], order: [Int])

  /// The children of `Item` and `System` elements in the order of the schema.
  static func items(_ bytes: [UInt8], of envelope: Envelope) throws(EditRefusal) -> Result {
    let orders = envelope.virtualSystems.flatMap(\.hardwareSections).flatMap { section in
      (section.system.map { [("the System", $0.childOrder, $0.place)] } ?? [])
        + section.items.map { ($0.kind.rawValue, $0.childOrder, $0.place) }
    }.filter { !$0.1.late.isEmpty }
    guard !orders.isEmpty else { return Result(bytes: bytes, details: StepDetails()) }
    let text = try DescriptorText(bytes)
    let numbers = text.numbersByPlace
    var edits: [Order] = []
    var details = StepDetails()
    for (name, order, place) in orders {
      let slots = order.children.compactMap { numbers[Position($0.place)] }
      let wanted = order.wanted.compactMap { numbers[Position($0.place)] }
      guard slots.count == order.children.count, Set(slots) == Set(wanted) else {
        throw EditRefusal(reason: "the children of an \(name) cannot be told apart in the bytes")
      }
      edits.append((slots, wanted))
      let late = order.late.map(\.child.name).listed(most: 20)
      details.append("\(name) in \(place.position): \(late) move")
    }
    return Result(bytes: try confirmed(text.reordering(edits), as: text), details: details)
  }

  /// The parts of the envelope, of the machines and of their hardware in the order of the schema,
  /// and each section's Info first.
  static func parts(_ bytes: [UInt8]) throws(EditRefusal) -> Result {
    var result = Result(bytes: bytes, details: StepDetails())
    // One level after the other, since an edit moves everything below it.
    for level in Level.allCases {
      let text = try DescriptorText(result.bytes)
      var edits: [Order] = []
      var details = result.details
      for number in text.tree.indices where level.isMeant(text, number) {
        let slots = text.markup.elements[number].children
        let ranked = level.ranks(slots.map { text.tree[$0] })
        let order = zip(slots, ranked).enumerated()
          .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
        guard order != slots else { continue }
        edits.append((slots, order))
        let element = text.tree[number]
        details.append("the parts of \(element.name.local) in line \(element.line) move")
      }
      guard !edits.isEmpty else { continue }
      result = Result(bytes: try confirmed(text.reordering(edits), as: text), details: details)
    }
    return result
  }

  /// An edited descriptor has to say the same but for the order.
  private static func confirmed(
    _ bytes: [UInt8], as before: DescriptorText
  ) throws(EditRefusal) -> [UInt8] {
    let after = try DescriptorText(bytes)
    guard let old = before.tree.first, let new = after.tree.first,
      old.unorderedHash == new.unorderedHash
    else { throw EditRefusal(reason: "the edited descriptor does not read as it should") }
    return bytes
  }
}

/// The elements whose parts have an order of their own, from the innermost to the outermost.
private enum Level: CaseIterable {
  case section, hardware, machine, envelope

  func isMeant(_ text: DescriptorText, _ number: Int) -> Bool {
    let name = text.tree[number].name.local
    let parent = text.markup.elements[number].parent.map { text.tree[$0].name.local }
    return switch self {
    case .section:
      name.hasSuffix("Section") && name != "VirtualHardwareSection"
        && ["Envelope", "VirtualSystem", "VirtualSystemCollection"].contains(parent)
    case .hardware: name == "VirtualHardwareSection" && parent == "VirtualSystem"
    case .machine: name == "VirtualSystem" || name == "VirtualSystemCollection"
    case .envelope: parent == nil && name == "Envelope"
    }
  }

  /// Returns the place of each of an element's children in the order of the schema; what is not
  /// known stays behind its neighbor.
  func ranks(_ children: [XMLTreeElement]) -> [Int] {
    var last = 0
    return children.map { child in
      let rank = rank(child.name.local) ?? last
      last = rank
      return rank
    }
  }

  private func rank(_ name: String) -> Int? {
    switch self {
    case .section: name == "Info" ? 0 : 1
    case .hardware:
      switch name {
      case "Info": 0
      case "System": 1
      case "Item", "StorageItem", "EthernetPortItem": 2
      default: 3
      }
    case .machine:
      switch name {
      case "Info": 0
      case "Name": 1
      case _ where name.hasSuffix("Section"): 2
      case "VirtualSystem", "VirtualSystemCollection": 3
      default: nil
      }
    case .envelope:
      switch name {
      case "References": 0
      case _ where name.hasSuffix("Section"): 1
      case "VirtualSystem", "VirtualSystemCollection": 2
      case "Strings": 3
      default: nil
      }
    }
  }
}

/// A line and column, by which the elements of a document differ.
struct Position: Hashable {
  let line: Int?
  let column: Int?

  init(_ place: Place) {
    line = place.line
    column = place.column
  }
}

extension DescriptorText {
  /// The numbers of all elements by where they stand.
  var numbersByPlace: [Position: Int] {
    Dictionary(
      tree.enumerated().map { (Position($1.place(in: "")), $0) }, uniquingKeysWith: { a, _ in a })
  }
}
