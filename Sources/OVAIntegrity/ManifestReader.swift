public import OVABasics

extension Manifest {
  /// Reads a manifest. Content never fails: what cannot be read becomes faults.
  /// - Parameters:
  ///   - bytes: the file as stored.
  ///   - name: the file's name, for places.
  ///   - limits: `manifestBytes`, `manifestLineBytes`, `members` and `chunks` are kept.
  public static func read(_ bytes: [UInt8], name: String, limits: Limits = Limits()) -> Manifest {
    var reader = ManifestReader(name: name, limits: limits)
    reader.read(bytes)
    return reader.result
  }
}

/// Walks over the lines of one manifest and gathers entries and faults.
private struct ManifestReader {
  let name: String
  let limits: Limits
  var entries: [Manifest.Entry] = []
  var faults: [Manifest.Fault] = []
  var faultsDropped = 0
  var blankLines = 0

  var result: Manifest {
    Manifest(
      name: name, entries: entries, faults: faults, faultsDropped: faultsDropped,
      blankLines: blankLines)
  }

  mutating func read(_ bytes: [UInt8]) {
    guard UInt64(bytes.count) <= limits.manifestBytes else {
      return add(.tooLarge(limit: limits.manifestBytes))
    }
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
      return add(.utf16)
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let most = limits.members.addingReportingOverflow(limits.chunks)
    let mostEntries = most.overflow ? Int.max : most.partialValue
    var lines = TextLines(hasMark ? bytes[3...] : bytes[...])
    while let line = lines.next() {
      guard !line.text.allSatisfy(isBlank) else {
        blankLines += 1
        continue
      }
      guard entries.count < mostEntries else {
        return add(.tooManyEntries(limit: mostEntries), line: line.number)
      }
      guard line.text.count <= limits.manifestLineBytes else {
        add(.lineTooLong(limit: limits.manifestLineBytes), line: line.number, text: line.text)
        continue
      }
      guard !line.text.contains(0) else {
        add(.binary, line: line.number, text: line.text)
        continue
      }
      read(line, afterMark: hasMark && line.number == 1)
    }
    if entries.isEmpty, faults.isEmpty { add(.empty) }
  }

  private mutating func read(_ line: TextLines.Line, afterMark: Bool) {
    let parsed: ManifestLine
    do throws(ManifestLine.Refusal) {
      parsed = try ManifestLine(line.text)
    } catch {
      return add(error.kind, line: line.number, text: line.text, fileName: error.fileName)
    }
    var deviations = parsed.deviations
    if afterMark { deviations.insert(.byteOrderMark, at: 0) }
    switch line.end {
    case .lineFeed: break
    case .carriageReturnLineFeed: deviations.append(.carriageReturnLineFeed)
    case .carriageReturn: deviations.append(.carriageReturn)
    case .none: deviations.append(.missingLineEnd)
    }
    entries.append(
      Manifest.Entry(
        algorithmText: parsed.algorithmText, nameBytes: parsed.nameBytes,
        digestText: parsed.digestText, digest: parsed.digest, form: parsed.form,
        deviations: deviations, place: Place(name, line: line.number)))
  }

  private mutating func add(
    _ kind: Manifest.Fault.Kind, line: Int? = nil, text: ArraySlice<UInt8> = [],
    fileName: String? = nil
  ) {
    guard faults.count < Manifest.faultsKept else {
      faultsDropped += 1
      return
    }
    faults.append(
      Manifest.Fault(
        kind: kind, fileName: fileName, text: String(decoding: text.prefix(160), as: UTF8.self),
        place: Place(name, line: line)))
  }
}
