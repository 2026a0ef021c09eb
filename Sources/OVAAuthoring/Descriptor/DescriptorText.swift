import OVABasics
import OVFDescriptor
import OVFXML

/// A descriptor's bytes with what they say: each element of the tree with its place in the bytes.
struct DescriptorText {
  /// The bytes.
  let bytes: [UInt8]
  /// The tags in the bytes.
  let markup: Markup
  /// The elements that libxml2 read, by the numbers of `markup`.
  let tree: [XMLTreeElement]

  /// Reads a descriptor.
  /// - Throws: why it cannot be edited in place.
  init(_ bytes: [UInt8]) throws(EditRefusal) {
    self.bytes = bytes
    markup = try Markup(bytes)
    let document: XMLTree
    do throws(XMLError) {
      document = try XMLTree.read(bytes, name: "descriptor")
    } catch {
      throw EditRefusal(reason: error.reason)
    }
    var tree: [XMLTreeElement] = []
    tree.reserveCapacity(markup.elements.count)
    document.root.appendAll(to: &tree)
    guard tree.count == markup.elements.count,
      zip(tree, markup.elements).allSatisfy({ read, found in
        read.name.local.utf8.elementsEqual(found.name.utf8)
          && read.children.count == found.children.count
      })
    else { throw EditRefusal(reason: "its markup cannot be told apart in the bytes") }
    self.tree = tree
  }

  /// The numbers of the elements of these names.
  func elements(_ names: Set<String>) -> [Int] {
    tree.indices.filter { names.contains(tree[$0].name.local) }
  }

  /// The bytes with some ranges, none of which overlap, replaced.
  func replacing(_ edits: [(range: Range<Int>, with: [UInt8])]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where edit.range.lowerBound >= position {
      result += bytes[position..<edit.range.lowerBound]
      result += edit.with
      position = edit.range.upperBound
    }
    result += bytes[position...]
    return result
  }

  /// The bytes with the elements that stand at `slots` in another order; what lies between them,
  /// blanks and comments, stays.
  func reordering(_ orders: [(slots: [Int], order: [Int])]) -> [UInt8] {
    replacing(
      orders.flatMap { slots, order in
        zip(slots, order).compactMap { slot, element in
          slot == element
            ? nil
            : (markup.elements[slot].range, Array(bytes[markup.elements[element].range]))
        }
      })
  }

  /// The bytes without some elements, and without the lines that would be empty then.
  func removing(_ elements: [Int]) -> [UInt8] {
    replacing(elements.map { (wholeLine(of: markup.elements[$0].range), []) })
  }

  /// The range with the blanks before it and the line feed before those.
  private func wholeLine(of range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start > 0, bytes[start - 1] == 0x0A else { return range }
    start -= 1
    if start > 0, bytes[start - 1] == 0x0D { start -= 1 }
    return start..<range.upperBound
  }
}

extension XMLTreeElement {
  /// Adds the element and all below it in the order of their starts.
  fileprivate func appendAll(to list: inout [XMLTreeElement]) {
    list.append(self)
    for child in children { child.appendAll(to: &list) }
  }

  /// A number made of what the element says, whatever the order of its children: the same for two
  /// elements of one process that differ in order alone.
  var unorderedHash: Int {
    var hasher = Hasher()
    hasher.combine(name)
    for attribute in attributes.sorted(by: { $0.name.expanded < $1.name.expanded }) {
      hasher.combine(attribute.name)
      hasher.combine(attribute.value)
    }
    hasher.combine(trimmedText)
    for child in children.map(\.unorderedHash).sorted() { hasher.combine(child) }
    return hasher.finalize()
  }
}
