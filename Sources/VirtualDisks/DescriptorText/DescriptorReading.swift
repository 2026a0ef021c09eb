public import OVABasics

extension DiskDescriptor {
  /// Reads a descriptor's text and records what is wrong with it.
  ///
  /// Never fails: what cannot be read is a diagnostic and reading goes on.
  /// - Parameters:
  ///   - bytes: the text; what follows the first NUL is padding.
  ///   - name: the file's name for places.
  ///   - offset: where the text begins in that file when it is embedded; nil counts lines.
  ///   - limits: `diskExtents` bounds the extents kept.
  public static func read(
    _ bytes: [UInt8], name: String, offset: UInt64? = nil, limits: Limits = Limits()
  ) -> (descriptor: DiskDescriptor, diagnostics: [DiskDiagnostic]) {
    var reader = DescriptorReader(name: name, offset: offset, limits: limits)
    reader.read(bytes)
    return (DiskDescriptor(entries: reader.entries, extents: reader.extents), reader.diagnostics)
  }
}

/// Reads lines into entries and extents.
private struct DescriptorReader {
  let name: String
  let offset: UInt64?
  let limits: Limits
  var entries: [DiskDescriptor.Entry] = []
  var extents: [DiskDescriptor.Extent] = []
  var diagnostics: [DiskDiagnostic] = []
  private var extentCount = 0
  private var linesEndingInReturn = 0
  private var seen: Set<[UInt8]> = []
  /// Turns lines into UTF-8; nil for a descriptor that is in UTF-8, or in an unknown encoding.
  private var decoder: TextDecoder?
  private var encoding: String?
  /// The most diagnostics of one descriptor that are kept.
  private let mostDiagnostics = 100

  init(name: String, offset: UInt64?, limits: Limits) {
    self.name = name
    self.offset = offset
    self.limits = limits
  }

  mutating func read(_ bytes: [UInt8]) {
    let text = bytes.prefix { $0 != 0 }
    let start = place(line: 1, at: 0)
    if let next = bytes[text.endIndex...].firstIndex(where: { $0 != 0 && $0 != 0x20 && $0 != 0x0A })
    {
      add(.descriptorNUL, place(line: 1, at: next))
    }
    if text.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) }) {
      add(.descriptorUnreadable, start)
    }
    findEncoding(text, at: start)
    if let lone = loneReturn(in: text) { add(.descriptorLoneReturn, place(line: 1, at: lone)) }
    var line = 0
    var position = text.startIndex
    while position < text.endIndex {
      line += 1
      let end = text[position...].firstIndex(of: 0x0A) ?? text.endIndex
      if end > position, text[end - 1] == 0x0D { linesEndingInReturn += 1 }
      let written = text[position..<end].prefix(8192)
      readLine(
        trimmed(decoded(written, at: place(line: line, at: position))), written: written,
        at: place(line: line, at: position), isFirst: line == 1)
      position = min(end + 1, text.endIndex)
    }
    checkWhole(at: start)
  }

  /// Looks for the encoding before anything else is read, since it may stand behind names.
  private mutating func findEncoding(_ text: ArraySlice<UInt8>, at start: Place) {
    guard text.contains(where: { $0 >= 0x80 }) else { return }
    for line in text.split(separator: 0x0A) {
      let folded = DiskDescriptor.folded(String(decoding: line.prefix(200), as: UTF8.self))
      guard let equals = folded.firstIndex(of: 0x3D),
        trimmed(String(decoding: folded[..<equals], as: UTF8.self)) == "encoding"
      else { continue }
      let value = String(decoding: folded[(equals + 1)...], as: UTF8.self)
      let name = unquoted(trimmed(value))
      encoding = name
      if ["utf-8", "utf8"].contains(name) { return }
      decoder = TextDecoder(encoding: name)
      if decoder == nil { add(.encodingUnknown(name: name), start) }
      return
    }
  }

  /// A line's text in the encoding of the descriptor.
  private mutating func decoded(_ line: ArraySlice<UInt8>, at place: Place) -> String {
    guard line.contains(where: { $0 >= 0x80 }) else { return String(decoding: line, as: UTF8.self) }
    if let decoder {
      if let text = decoder.text(line) { return text }
      if let encoding { add(.encodingContradicted(name: encoding), place) }
    }
    // Without a declaration that fits, the bytes may be a name's in the file system all the same.
    return String(fileSystemBytes: line)
  }

  private func loneReturn(in text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { index in
      text[index] == 0x0D && index + 1 < text.endIndex && text[index + 1] != 0x0A
    }
  }

  private func place(line: Int, at position: Int) -> Place {
    offset.map { Place(name, offset: $0 + UInt64(position)) } ?? Place(name, line: line)
  }

  private mutating func add(_ kind: DiskDiagnosticKind, _ place: Place) {
    if diagnostics.count < mostDiagnostics { diagnostics.append(DiskDiagnostic(kind, at: place)) }
  }

  private mutating func readLine(
    _ line: String, written: ArraySlice<UInt8>, at place: Place, isFirst: Bool
  ) {
    if isFirst {
      let text = line.utf8.first == 0xEF ? trimmed(String(line.unicodeScalars.dropFirst())) : line
      // VMDKstream, and what was made after it, write "Disk Descriptor File".
      let word = DiskDescriptor.folded(text).filter { $0 != 0x20 }
      if word != Array("#diskdescriptorfile".utf8) {
        add(.descriptorFirstLine(found: String(text.prefix(80))), place)
      }
    }
    guard !line.isEmpty, line.utf8.first != 0x23 else { return }
    let word = DiskDescriptor.folded(String(Substring(line.utf8.prefix { !isBlank($0) })))
    if [Array("rw".utf8), Array("rdonly".utf8), Array("noaccess".utf8)].contains(word) {
      readExtent(line, written: written, at: place)
    } else if let equals = line.utf8.firstIndex(of: 0x3D) {
      let key = trimmed(String(line[..<equals]))
      let value = unquoted(trimmed(String(line[line.index(after: equals)...])))
      if !seen.insert(DiskDescriptor.folded(key)).inserted { add(.descriptorKeyTwice(key), place) }
      entries.append(DiskDescriptor.Entry(key: key, value: value, place: place))
      if value.utf8.contains(0x22) || value.utf8.first == 0x22 {
        add(.descriptorQuotes(found: String(line.prefix(80))), place)
      } else if !DiskDescriptor.isKnown(key: key) {
        add(.descriptorKeyUnknown(String(key.prefix(80))), place)
      }
    } else if !isFirst {
      add(.descriptorLine(found: String(line.prefix(80))), place)
    }
  }

  /// `ACCESS SECTORS TYPE "NAME" OFFSET PARTITION DEVICE`, the name and what follows it where the
  /// type has them.
  private mutating func readExtent(
    _ line: String, written: ArraySlice<UInt8>, at place: Place
  ) {
    extentCount += 1
    guard extents.count < limits.diskExtents else { return }
    var rest = line.utf8[...]
    func word() -> String {
      rest = rest.drop(while: isBlank)
      let word = rest.prefix { !isBlank($0) }
      rest = rest[word.endIndex...]
      return String(Substring(word))
    }
    let access = word()
    let sectors = UInt64(word())
    let type = String(decoding: DiskDescriptor.folded(word()), as: UTF8.self).uppercased()
    var name: String?
    if let open = rest.firstIndex(of: 0x22),
      let close = Self.endOfName(in: rest[rest.index(after: open)...])
    {
      name = String(Substring(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    let numbers = word()
    let (partition, device) = (unquoted(word()), unquoted(word()))
    let isZero = type == "ZERO"
    guard let sectors, sectors > 0 || isZero, sectors <= UInt64(Int64.max) / sectorBytes,
      DescriptorReader.types.contains(type), name != nil || isZero, word().isEmpty,
      let offset = numbers.isEmpty ? 0 : UInt64(numbers)
    else {
      add(.extentInvalid(found: String(line.prefix(200))), place)
      return
    }
    let extent = DiskDescriptor.Extent(
      access: access, sectors: sectors, type: type, name: name, fileName: nil,
      otherSpelling: name.flatMap { otherSpelling(of: $0, written) }, offset: offset,
      partitionUUID: partition.isEmpty ? nil : partition, deviceID: device.isEmpty ? nil : device,
      place: place)
    extents.append(extent)
    if let danger = extent.danger, let name {
      switch danger {
      case .absolute: add(.extentAbsolute(name: name), place)
      case .escapes: add(.extentEscapes(name: name), place)
      case .device: add(.extentDevice(name: name), place)
      }
    }
  }

  /// The quote that ends a name: the last one, unless an offset and quoted values follow the name.
  private static func endOfName(in text: Substring.UTF8View.SubSequence) -> String.Index? {
    var quotes = text
    while let quote = quotes.firstIndex(of: 0x22) {
      quotes = quotes[quotes.index(after: quote)...]
      let offset = quotes.drop(while: isBlank)
      let behind = offset.drop { (0x30...0x39).contains($0) }
      if offset.startIndex > quotes.startIndex, behind.startIndex > offset.startIndex,
        let first = behind.first, isBlank(first), behind.drop(while: isBlank).first == 0x22
      {
        return quote
      }
    }
    return text.lastIndex(of: 0x22)
  }

  /// A name as the file system has it whose bytes are those of the descriptor.
  private func otherSpelling(of name: String, _ line: ArraySlice<UInt8>) -> String? {
    guard decoder != nil, line.contains(where: { $0 >= 0x80 }),
      let open = line.firstIndex(of: 0x22), let close = line.lastIndex(of: 0x22), open < close
    else { return nil }
    let spelled = String(fileSystemBytes: line[(open + 1)..<close])
    return spelled.utf8.elementsEqual(name.utf8) ? nil : spelled
  }

  private static let types: Set<String> = [
    "FLAT", "SPARSE", "ZERO", "VMFS", "VMFSSPARSE", "VMFSRDM", "VMFSRAW", "SESPARSE",
  ]

  private mutating func checkWhole(at start: Place) {
    let descriptor = DiskDescriptor(entries: entries, extents: extents)
    func place(of key: String) -> Place {
      entries.first { DiskDescriptor.folded($0.key) == DiskDescriptor.folded(key) }?.place ?? start
    }
    for key in ["version", "CID", "createType"] where descriptor[key] == nil {
      add(.descriptorKeyMissing(key), start)
    }
    // Workstation writes 5 into the texts of disks that it encrypts.
    let known = ["1", "2", "3", "4"] + (descriptor.encryption == nil ? [] : ["5"])
    if let version = descriptor["version"], !known.contains(version) {
      add(.descriptorVersion(found: version), place(of: "version"))
    }
    for key in ["CID", "parentCID"] {
      if let value = descriptor[key], value.utf8.count > 8 || UInt32(value, radix: 16) == nil {
        add(.contentIDInvalid(key: key, found: String(value.prefix(80))), place(of: key))
      }
    }
    if let type = descriptor.createType, !DiskDescriptor.knownCreateTypes.contains(type) {
      add(.createTypeUnknown(found: type), place(of: "createType"))
    }
    if let type = descriptor.createType,
      DiskDescriptor.refusedCreateTypes.contains(where: {
        DiskDescriptor.folded($0) == DiskDescriptor.folded(type)
      })
    {
      add(.createTypeRefused(createType: type), place(of: "createType"))
    }
    if let key = descriptor.encryption { add(.encrypted(by: key), place(of: key)) }
    if let type = descriptor.adapterType {
      let folded = String(decoding: DiskDescriptor.folded(type), as: UTF8.self)
      if !DiskDescriptor.knownAdapterTypes.contains(folded) {
        add(.adapterTypeUnknown(found: type), place(of: "ddb.adapterType"))
      }
    }
    // A text of its own may come from Windows; no product writes one so into a disk.
    if offset != nil, linesEndingInReturn > 0 {
      add(.descriptorLineEnds(lines: linesEndingInReturn), start)
    }
    if descriptor.hasParent, let parent = descriptor.parentContentID {
      let hint = descriptor.parentHint
      add(.hasParent(contentID: parent, hint: hint), place(of: "parentCID"))
    }
    if extentCount > limits.diskExtents {
      add(.tooManyExtents(most: limits.diskExtents, found: extentCount), start)
    } else if extentCount == 0 {
      add(.extentsMissing, start)
    }
  }
}

/// True for a byte that separates words.
private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// The text without blanks and carriage returns around it.
private func trimmed(_ text: String) -> String {
  var bytes = text.utf8[...]
  while let first = bytes.first, isBlank(first) || first == 0x0D { bytes.removeFirst() }
  while let last = bytes.last, isBlank(last) || last == 0x0D { bytes.removeLast() }
  return String(Substring(bytes))
}

/// The text without the quotes around it.
private func unquoted(_ text: String) -> String {
  let bytes = text.utf8
  guard bytes.count >= 2, bytes.first == 0x22, bytes.last == 0x22 else { return text }
  return String(Substring(bytes.dropFirst().dropLast()))
}
