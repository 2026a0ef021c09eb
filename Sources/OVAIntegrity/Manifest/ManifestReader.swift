public import OVABasics

extension Manifest {
  /// Reads a manifest. Content never fails: what cannot be read becomes diagnostics.
  /// - Parameters:
  ///   - bytes: the file as stored, in UTF-8 or UTF-16.
  ///   - name: the file's name, for places.
  ///   - limits: `manifestBytes`, `manifestLineBytes`, `members`, `chunks` and `heldBytes` are kept.
  public static func read(_ bytes: [UInt8], name: String, limits: Limits = Limits()) -> Manifest {
    let (encoding, mark) = Encoding.of(bytes)
    var reader = ManifestReader(name: name, limits: limits, encoding: encoding)
    if UInt64(bytes.count) > limits.manifestBytes {
      reader.add(.tooLarge(limit: limits.manifestBytes))
    } else {
      reader.read(encoding.utf8(bytes.dropFirst(mark)))
    }
    return reader.result
  }
}

/// Walks over the lines of one manifest and gathers entries and diagnostics.
private struct ManifestReader {
  let name: String
  let limits: Limits
  let encoding: Manifest.Encoding
  private var entries: [Manifest.Entry] = []
  private var diagnostics: [ManifestDiagnostic] = []
  private var diagnosticsDropped = 0
  private var blankLines = 0
  private var paddingBytes = 0
  private var listing = HashListing()
  /// The end of the last line that was read.
  private var lastEnd = TextLines.End.lineFeed

  /// Estimates the memory of a line, with the values made of it: a long name is copied into paths,
  /// places and findings.
  private static func heldBytes(_ length: Int) -> Int {
    length < 256 ? 800 + 2 * length : 9 * length
  }

  init(name: String, limits: Limits, encoding: Manifest.Encoding) {
    self.name = name
    self.limits = limits
    self.encoding = encoding
  }

  var result: Manifest {
    Manifest(
      name: name, entries: entries, diagnostics: diagnostics,
      diagnosticsDropped: diagnosticsDropped,
      // Listings of PowerShell have blank lines of their own.
      blankLines: listing.isFound ? 0 : blankLines, encoding: encoding, paddingBytes: paddingBytes)
  }

  mutating func read(_ text: ArraySlice<UInt8>) {
    let end = text.lastIndex { $0 != 0 }.map { $0 + 1 } ?? text.startIndex
    paddingBytes = text.endIndex - end
    let most = limits.members.addingReportingOverflow(limits.chunks)
    let mostEntries = most.overflow ? Int.max : most.partialValue
    var lines = TextLines(text[..<end])
    while let line = lines.next() {
      guard !line.text.allSatisfy(isBlank) else {
        blankLines += 1
        finishListing()
        continue
      }
      guard entries.count < mostEntries else {
        return add(.tooManyEntries(limit: mostEntries), line: line.number)
      }
      guard limits.take(Self.heldBytes(line.text.count), of: .heldBytes) else {
        return add(.tooMuchMemory(limit: limits.heldBytes), line: line.number)
      }
      guard line.text.count <= limits.manifestLineBytes else {
        add(.lineTooLong(limit: limits.manifestLineBytes), line: line.number, text: line.text)
        continue
      }
      read(line)
    }
    finishListing()
    if entries.isEmpty, diagnostics.isEmpty { add(.empty) }
  }

  private mutating func read(_ line: TextLines.Line) {
    defer { lastEnd = line.end }
    // Text in two encodings, one behind the other, has zero bytes between the letters of one.
    let hasZeros = line.text.contains(0)
    let text = hasZeros ? line.text.filter { $0 != 0 }[...] : line.text
    switch listing.take(text, line: line.number) {
    case .taken: return
    case .entry(let parsed, let number):
      return add(parsed, line, number: number, hasZeros: hasZeros)
    case .other: finishListing()
    }
    let parsed: ManifestLine
    do throws(ManifestLine.Refusal) {
      parsed = try ManifestLine(text, inTable: listing.isFound)
    } catch {
      let kind: ManifestDiagnosticKind = hasZeros ? .binary : error.kind
      return add(kind, line: line.number, text: line.text, fileName: error.fileName)
    }
    add(parsed, line, number: line.number, hasZeros: hasZeros)
  }

  /// Ends a listing that was begun and not ended.
  private mutating func finishListing() {
    switch listing.finish() {
    case .entry(let parsed, let number):
      add(
        parsed, TextLines.Line(number: number, text: [], end: lastEnd), number: number,
        hasZeros: false)
    case .unfinished(let text, let number): add(.notAnEntry, line: number, text: text)
    case nil: return
    }
  }

  private mutating func add(
    _ parsed: ManifestLine, _ line: TextLines.Line, number: Int, hasZeros: Bool
  ) {
    var deviations = parsed.deviations
    if hasZeros { deviations.insert(.zeroBytes, at: 0) }
    if encoding == .utf8WithMark, number == 1 { deviations.insert(.byteOrderMark, at: 0) }
    switch line.end {
    case .lineFeed: break
    case .carriageReturnLineFeed: deviations.append(.carriageReturnLineFeed)
    case .carriageReturn: deviations.append(.carriageReturn)
    case .none: deviations.append(.missingLineEnd)
    }
    entries.append(
      Manifest.Entry(
        algorithmText: parsed.algorithmText, nameBytes: parsed.nameBytes,
        digestText: parsed.digestText, claim: parsed.claim, form: parsed.form,
        deviations: deviations, file: name, line: number))
  }

  mutating func add(
    _ kind: ManifestDiagnosticKind, line: Int? = nil, text: ArraySlice<UInt8> = [],
    fileName: String? = nil
  ) {
    guard diagnostics.count < Manifest.diagnosticsKept else {
      diagnosticsDropped += 1
      return
    }
    diagnostics.append(
      ManifestDiagnostic(
        kind, at: Place(name, line: line),
        facts: ManifestDiagnosticKind.Facts(
          fileName: fileName, text: String(decoding: text.prefix(160), as: UTF8.self))))
  }
}
