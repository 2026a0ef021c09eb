internal import CXML2

/// libxml2 made ready once, before its first use from any thread.
enum Library {
  static let isReady: Bool = {
    xmlInitParser()
    return true
  }()
}

/// One parse of libxml2, freed with the value.
@safe struct Parser: ~Copyable {
  private let context: xmlParserCtxtPtr

  /// Nil if libxml2 has no memory.
  init?() {
    guard Library.isReady, let context = unsafe xmlNewParserCtxt() else { return nil }
    unsafe self.context = context
  }

  deinit { unsafe xmlFreeParserCtxt(context) }

  /// Parses bytes, telling the builder of every element.
  func run(_ bytes: [UInt8], _ length: Int, encoding: String?, into builder: TreeBuilder) {
    guard let handler = unsafe context.pointee.sax else { return }
    // Without a handler for entity declarations none is ever known, so none can be expanded.
    unsafe handler.pointee = xmlSAXHandler()
    unsafe handler.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.pointee.startElementNs = startElement
    unsafe handler.pointee.endElementNs = endElement
    unsafe handler.pointee.characters = characters
    unsafe handler.pointee.ignorableWhitespace = characters
    unsafe handler.pointee.cdataBlock = characters
    unsafe handler.pointee.comment = comment
    unsafe handler.pointee.internalSubset = documentType
    unsafe handler.pointee.serror = report
    unsafe builder.context = context
    defer { unsafe builder.context = nil }
    // Recovering keeps libxml2 going after an undeclared entity or prefix; the builder itself stops
    // it at the first breach of well-formedness.
    var options =
      XML_PARSE_NONET.rawValue | XML_PARSE_RECOVER.rawValue | XML_PARSE_BIG_LINES.rawValue
    // Without this option libxml2 hands out `&` in attribute values and namespaces as `&#38;`.
    options |= XML_PARSE_NOENT.rawValue
    if encoding != nil { options |= XML_PARSE_IGNORE_ENC.rawValue }
    withExtendedLifetime(builder) {
      unsafe context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
      unsafe bytes.withUnsafeBytes { buffer in
        let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
        let document = unsafe xmlCtxtReadMemory(
          context, start, Int32(clamping: length), nil, encoding, Int32(clamping: options))
        unsafe xmlFreeDoc(document)
      }
      unsafe context.pointee.userData = UnsafeMutableRawPointer(context)
    }
  }
}

private func builder(_ data: UnsafeMutableRawPointer?) -> TreeBuilder? {
  unsafe data.map { unsafe Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
}

private let startElement: startElementNsSAX2Func = {
  data, local, prefix, namespace, declarationCount, declarations, count, defaulted, attributes in
  unsafe builder(data)?.start(
    StartTag(
      local: local, prefix: prefix, namespace: namespace,
      declarations: UnsafeBufferPointer(
        start: declarations, count: declarations == nil ? 0 : Int(declarationCount) * 2),
      // What a document type adds stands last and is left out.
      attributes: UnsafeBufferPointer(
        start: attributes, count: attributes == nil ? 0 : Int(count - defaulted) * 5)))
}

private let endElement: endElementNsSAX2Func = { data, _, _, _ in
  unsafe builder(data)?.end()
}

private let characters: charactersSAXFunc = { data, text, length in
  unsafe builder(data)?.characters(UnsafeBufferPointer(start: text, count: Int(length)))
}

private let comment: commentSAXFunc = { data, text in
  guard let text = unsafe text else { return }
  unsafe builder(data)?.comment(String(cString: text))
}

private let documentType: internalSubsetSAXFunc = { data, _, _, _ in
  unsafe builder(data)?.documentType()
}

private let report: xmlStructuredErrorFunc = { data, error in
  guard let error = unsafe error else { return }
  unsafe builder(data)?.report(error.pointee)
}
