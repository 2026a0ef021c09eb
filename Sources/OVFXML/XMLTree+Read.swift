internal import CXML2
public import OVABasics

extension XMLTree {
  /// Reads a document.
  ///
  /// No network, no file, no document type definition and no entity beyond XML's own five is ever
  /// used. Names with undeclared prefixes, encodings that are not the declared one, NUL padding and
  /// document types are read over and recorded in `diagnostics`.
  ///
  /// - Parameters:
  ///   - bytes: the document, in any encoding that libxml2 knows, with or without byte-order mark.
  ///   - name: what to call the document in places.
  ///   - limits: how much is accepted.
  ///   - costs: bytes that what is built of elements takes beyond what all take, by their local
  ///     names; counted as held.
  /// - Throws: `XMLError` for what is not well-formed, with line, column and libxml2's words, and
  ///   for what is beyond the limits.
  public static func read(
    _ bytes: [UInt8], name: String, limits: Limits = Limits(), costs: [String: Int] = [:]
  ) throws(XMLError) -> XMLTree {
    ParsingCount.current?.add(name)
    let encoding = Encoding(of: bytes)
    let length = encoding.lengthWithoutPadding(bytes)
    guard length > 0 else {
      throw XMLError(
        .empty, reason: bytes.isEmpty ? "there are no bytes" : "there is nothing but NUL bytes",
        place: Place(name))
    }
    guard length <= limits.descriptorBytes, length < Int32.max else {
      throw XMLError(
        .limit, reason: "\(length) bytes are more than the limit of \(limits.descriptorBytes)",
        place: Place(name), fix: "raise the limit 'descriptorBytes'")
    }
    try AttributeLimits.check(bytes, length: length, encoding: encoding, limits: limits, name: name)
    let start = Place(name, line: 1)
    var diagnostics: [XMLDiagnostic] = []
    var builder = try parse(bytes, length, name, limits, costs, encoding.override)
    if let declared = encoding.declared {
      if encoding.override != nil {
        diagnostics.append(XMLDiagnostic(.encodingNotKept(declared: declared), at: start))
      } else if builder.failure?.mayBeAboutEncoding == true, encoding.layout == .bytes,
        !["utf-8", "utf8"].contains(declared.lowercased()), bytes.isUTF8(upTo: length)
      {
        // Citrix writes "utf-16" over UTF-8, Windows' tools "unicode": the bytes speak for
        // themselves. What is wrong besides shows in this second reading.
        limits.budget?.giveBack(builder.charged, of: .heldBytes)
        builder = try parse(bytes, length, name, limits, costs, "UTF-8")
        diagnostics.append(XMLDiagnostic(.encodingNotKept(declared: declared), at: start))
      } else if encoding.isOfOneByte, bytes[..<length].contains(where: { $0 >= 0x80 }),
        bytes.isUTF8(upTo: length)
      {
        diagnostics.append(XMLDiagnostic(.encodingDoubtful(declared: declared), at: start))
      }
    }
    if let failure = builder.failure {
      limits.budget?.giveBack(builder.charged, of: .heldBytes)
      throw EncodingDiagnosis(bytes, length: length, encoding: encoding, failure)?.error(name)
        ?? failure.error(name)
    }
    guard let root = builder.root else {
      throw XMLError(.empty, reason: "there is no element", place: Place(name))
    }
    diagnostics += builder.diagnostics
    if length < bytes.count {
      diagnostics.append(
        XMLDiagnostic(
          .trailingPadding(bytes: bytes.count - length), at: Place(name, line: builder.lastLine)))
    }
    return XMLTree(
      root: root, declaredEncoding: encoding.declared, leadingComments: builder.comments,
      diagnostics: diagnostics)
  }

  private static func parse(
    _ bytes: [UInt8], _ length: Int, _ name: String, _ limits: Limits, _ costs: [String: Int],
    _ encoding: String?
  ) throws(XMLError) -> TreeBuilder {
    guard let parser = Parser() else {
      throw XMLError(.library, reason: "libxml2 gives no parser", place: Place(name))
    }
    let builder = TreeBuilder(name: name, limits: limits, costs: costs)
    parser.run(bytes, length, encoding: encoding, into: builder)
    return builder
  }
}

extension [UInt8] {
  /// Returns whether that many bytes from the start are UTF-8.
  fileprivate func isUTF8(upTo length: Int) -> Bool {
    String(validating: self[..<length], as: UTF8.self) != nil
  }
}
