internal import CXML2
import OVABasics

/// A start tag as libxml2 hands it out; valid during the call only.
@unsafe struct StartTag {
  let local: UnsafePointer<xmlChar>?
  let prefix: UnsafePointer<xmlChar>?
  let namespace: UnsafePointer<xmlChar>?
  /// Pairs of prefix and URI.
  let declarations: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
  /// Fives of local name, prefix, URI, start and end of the value.
  let attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
}

/// Builds the tree while libxml2 parses.
@safe final class TreeBuilder {
  /// Set during a parse.
  var context: xmlParserCtxtPtr?
  private(set) var root: XMLTreeElement?
  private(set) var diagnostics: [XMLDiagnostic] = []
  private(set) var comments: [XMLComment] = []
  private(set) var failure: ParseFailure?
  private(set) var lastLine = 1

  /// The document's name in places.
  private let document: String
  private let limits: Limits
  /// The bytes that values made of elements of some local names take beyond those of all elements.
  private let costs: [String: Int]
  private var open: [OpenElement] = []
  /// The texts of the open elements, one behind the other. When one ends its text goes, so that what
  /// is added is always the innermost element's.
  private var texts: [UInt8] = []
  private var elements = 0
  private var hasDocumentType = false
  /// libxml2 keeps one copy of every name, so that an address stands for a text.
  private var names: [UInt: String] = [:]
  /// The names that were asked for last, by some bits of their addresses: most tags have one of a few.
  private var recentNames = [(address: UInt, text: String)](repeating: (0, ""), count: 64)
  private var lastTag: TagStart?
  /// Prefixes that are declared where the parser is; libxml2 looks through them for each name.
  private var declarationsInScope = 0
  /// The number of held bytes of the budget that the tree has taken.
  private(set) var charged = 0

  /// The memory of an element, an attribute, a name and a diagnostic, with the values made of them.
  private enum Cost {
    static let element = 768
    static let attribute = 192
    static let name = 160
    static let diagnostic = 896

    /// Returns the memory of a value: the longer ones, such as names of files, are copied into
    /// paths, places and findings.
    static func value(_ bytes: Int) -> Int { bytes < 256 ? 2 * bytes : 10 * bytes }
  }

  private struct OpenElement {
    let name: XMLName
    let attributes: [XMLAttribute]
    let declarations: [String: String]
    let line: Int
    let column: Int?
    /// The index in `texts` of the first byte of its text.
    let textStart: Int
    var children: [XMLTreeElement] = []
  }

  /// True if a start tag is being read.
  private var isInTag = false

  init(name: String, limits: Limits, costs: [String: Int]) {
    document = name
    self.limits = limits
    self.costs = costs
  }

  func start(_ tag: StartTag) {
    // Stopping the parser frees the memory that the tag's text lies in.
    isInTag = true
    defer {
      isInTag = false
      if failure != nil { unsafe xmlStopParser(context) }
    }
    unsafe read(tag)
  }

  private func read(_ tag: StartTag) {
    elements += 1
    guard open.count < limits.xmlDepth else {
      return stop(.limit, "elements are nested deeper than \(limits.xmlDepth)", "xmlDepth")
    }
    guard elements <= limits.xmlElements else {
      return stop(.limit, "there are more than \(limits.xmlElements) elements", "xmlElements")
    }
    guard unsafe tag.attributes.count / 5 <= limits.xmlAttributes else {
      return stop(
        .limit, "an element has more than \(limits.xmlAttributes) attributes", "xmlAttributes")
    }
    guard unsafe charge(for: tag) else { return }
    var position = unsafe TagPosition(context, after: lastTag)
    lastTag = position.start
    let (line, column) = (position.line, position.column)
    var declarations: [String: String] = [:]
    for pair in unsafe stride(from: 0, to: tag.declarations.count - 1, by: 2) {
      let prefix = unsafe name(tag.declarations[pair])
      declarations[prefix] = unsafe name(tag.declarations[pair + 1])
    }
    var attributes: [XMLAttribute] = []
    attributes.reserveCapacity(unsafe tag.attributes.count / 5)
    for five in unsafe stride(from: 0, to: tag.attributes.count - 4, by: 5) {
      guard let first = unsafe tag.attributes[five + 3], let last = unsafe tag.attributes[five + 4]
      else { continue }
      let bytes = unsafe UnsafeBufferPointer(start: first, count: max(0, last - first))
      let valueLine = unsafe position.line(of: first)
      attributes.append(
        XMLAttribute(
          name: unsafe XMLName(
            name(tag.attributes[five]), namespace: name(tag.attributes[five + 2]),
            prefix: name(tag.attributes[five + 1])),
          value: unsafe String(decoding: bytes, as: UTF8.self),
          line: valueLine, column: valueLine == line ? column : nil))
    }
    open.append(
      OpenElement(
        name: unsafe XMLName(
          name(tag.local), namespace: name(tag.namespace), prefix: name(tag.prefix)),
        attributes: attributes, declarations: declarations, line: line, column: column,
        textStart: texts.count))
  }

  /// Takes what a tag costs from the budget.
  private func charge(for tag: StartTag) -> Bool {
    let attributes = unsafe tag.attributes.count / 5
    let declarations = unsafe tag.declarations.count / 2
    // libxml2 compares each attribute of a tag with all others, and each declaration likewise.
    let compared = attributes * attributes / 2 + declarations * declarations / 2
    declarationsInScope += declarations
    let steps = compared + declarationsInScope * (1 + attributes)
    guard limits.take(steps, of: .steps) else { return stop(.steps) }
    var values = 0
    for five in unsafe stride(from: 0, to: tag.attributes.count - 4, by: 5) {
      if let first = unsafe tag.attributes[five + 3], let last = unsafe tag.attributes[five + 4] {
        values += unsafe Cost.value(max(0, last - first))
      }
    }
    let own = costs.isEmpty ? 0 : unsafe costs[name(tag.local)] ?? 0
    return charge(
      Cost.element + own + Cost.attribute * (attributes + declarations) + values)
  }

  /// Takes held bytes from the budget; stops the parse when there are no more.
  private func charge(_ bytes: Int) -> Bool {
    guard failure == nil else { return false }
    guard limits.take(bytes, of: .heldBytes) else { return stop(.heldBytes) }
    charged += bytes
    return true
  }

  private func stop(_ resource: Budget.Resource) -> Bool {
    stop(.limit, limits.excess(of: resource), resource.rawValue)
    return false
  }

  private func add(_ kind: XMLDiagnosticKind, at line: Int) {
    guard charge(Cost.diagnostic) else { return }
    diagnostics.append(XMLDiagnostic(kind, at: Place(document, line: line)))
  }

  func end() {
    guard let done = open.popLast() else { return }
    declarationsInScope -= done.declarations.count
    let element = XMLTreeElement(
      name: done.name, attributes: done.attributes, children: done.children,
      text: String(decoding: texts[done.textStart...], as: UTF8.self), line: done.line,
      column: done.column, declarations: done.declarations)
    texts.removeSubrange(done.textStart...)
    if open.isEmpty {
      root = element
      lastLine = line
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  func characters(_ bytes: UnsafeBufferPointer<xmlChar>) {
    guard !open.isEmpty, charge(3 * bytes.count) else { return }
    unsafe texts.append(contentsOf: bytes)
  }

  func comment(_ text: String) {
    guard open.isEmpty, root == nil, comments.count < 100, charge(text.utf8.count) else { return }
    comments.append(XMLComment(text: text, line: line))
  }

  func documentType() {
    hasDocumentType = true
    add(.doctype, at: line)
  }

  func report(_ error: xmlError) {
    guard failure == nil else { return }
    let code = UInt32(bitPattern: unsafe error.code)
    let text = unsafe error.message.map { unsafe String(cString: $0).trimmingBlanks } ?? ""
    let place = unsafe Int(error.line)
    switch unsafe error.level {
    case XML_ERR_NONE, XML_ERR_WARNING: return
    case _
    where hasDocumentType
      && (code == XML_ERR_UNDECLARED_ENTITY.rawValue || code == XML_WAR_UNDECLARED_ENTITY.rawValue):
      let name = unsafe error.str1.map { unsafe String(cString: $0) } ?? ""
      add(.entityReference(name: name), at: place)
      if !open.isEmpty, unsafe context?.pointee.instate != XML_PARSER_ATTRIBUTE_VALUE {
        texts += "&\(name);".utf8
      }
    case XML_ERR_FATAL:
      failure = ParseFailure(
        kind: .libxml2(code: code), reason: text.replacing("\n", with: " "), line: place,
        column: unsafe Int(error.int2))
      unsafe xmlStopParser(context)
    case _ where code == XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue:
      let prefix = unsafe error.str1.map { unsafe String(cString: $0) } ?? ""
      add(.undeclaredPrefix(prefix), at: place)
    case _ where code == XML_WAR_NS_URI.rawValue:
      add(.namespaceNotURI(unsafe Self.namespace(of: error)), at: place)
    default:
      add(.namespaceFault(text), at: place)
    }
  }

  /// The namespace that is no URI: libxml2 gives it behind its prefix, or alone where it has none.
  private static func namespace(of error: xmlError) -> String {
    guard let value = unsafe error.str2 ?? error.str1 else { return "" }
    return unsafe String(cString: value)
  }

  private var line: Int {
    guard let input = unsafe context?.pointee.input else { return 1 }
    return unsafe Int(input.pointee.line)
  }

  private func stop(_ code: XMLError.Code, _ reason: String, _ limit: String) {
    guard failure == nil else { return }
    failure = ParseFailure(kind: .limit(limit), reason: reason, line: line, column: 0)
    if !isInTag { unsafe xmlStopParser(context) }
  }

  /// The text at an address of libxml2's dictionary; empty for none.
  private func name(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    let address = UInt(bitPattern: pointer)
    let slot = Int((address ^ address >> 6) & 63)
    if recentNames[slot].address == address { return recentNames[slot].text }
    if let known = names[address] {
      recentNames[slot] = (address, known)
      return known
    }
    let text = unsafe String(cString: pointer)
    guard charge(Cost.name + 2 * text.utf8.count) else { return text }
    names[address] = text
    recentNames[slot] = (address, text)
    return text
  }
}
