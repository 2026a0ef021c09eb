import OVABasics
import OVFDescriptor

/// Changes the `ovf:size` of files in a descriptor and leaves every other byte as it was.
///
/// It looks for the values in the bytes themselves, in the order in which the reader saw them, and
/// has the reader confirm what it did.
struct SizeEdit {
  /// The sizes to write, by the file's number in the References.
  let sizes: [Int: UInt64]

  /// The descriptor with the sizes.
  func edited(_ bytes: [UInt8], of envelope: Envelope) throws(EditRefusal) -> [UInt8] {
    let text = try DescriptorText(bytes)
    let references = text.markup.children(of: text.markup.root).filter { $0.name == "References" }
    let files = references.flatMap { text.markup.children(of: $0) }.filter { $0.name == "File" }
    guard files.count == envelope.files.count else {
      throw EditRefusal(reason: "its References cannot be told apart in the bytes")
    }
    var edits: [(range: Range<Int>, with: [UInt8])] = []
    for (number, size) in sizes {
      let values = files[number].attributes.filter { $0.name == "size" }
      guard values.count < 2 else { throw EditRefusal(reason: "a file has two sizes") }
      guard let value = values.first?.value, let written = envelope.files[number].size?.text,
        bytes[value].elementsEqual(written.utf8)
      else { throw EditRefusal(reason: "the size in its bytes is not the one that was read") }
      edits.append((value, Array(String(size).utf8)))
    }
    let result = text.replacing(edits)
    try confirm(result, envelope)
    return result
  }

  /// The edited descriptor has to say the same but for the sizes.
  private func confirm(_ bytes: [UInt8], _ envelope: Envelope) throws(EditRefusal) {
    let again = try? Envelope.read(bytes, name: envelope.place.file, limits: Limits()) { _ in nil }
    let isRight =
      again?.files.count == envelope.files.count
      && zip(again?.files ?? [], envelope.files).enumerated().allSatisfy { number, pair in
        let isSame =
          pair.0.id?.text == pair.1.id?.text && pair.0.href?.text == pair.1.href?.text
        let size = sizes[number] ?? pair.1.size?.value
        return isSame && pair.0.size?.value == size
      } && again?.disks == envelope.disks
    if !isRight { throw EditRefusal(reason: "the edited descriptor does not read as it should") }
  }
}
