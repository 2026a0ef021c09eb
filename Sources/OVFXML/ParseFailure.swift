internal import CXML2
import OVABasics

/// The reason why a parse ended early.
struct ParseFailure {
  enum Kind {
    case libxml2(code: UInt32)
    case limit(String)
  }

  let kind: Kind
  let reason: String
  let line: Int
  let column: Int

  /// True if libxml2 blames the encoding.
  var isAboutEncoding: Bool {
    guard case .libxml2(let code) = kind else { return false }
    return [
      XML_ERR_INVALID_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING,
      XML_I18N_NO_HANDLER, XML_I18N_CONV_FAILED, XML_IO_ENCODER,
    ].contains { $0.rawValue == code }
  }

  /// True if another encoding might read on; libxml2 does not always know why it failed.
  var mayBeAboutEncoding: Bool {
    if case .libxml2 = kind { return true }
    return false
  }

  func error(_ name: String) -> XMLError {
    let place = Place(name, line: line > 0 ? line : nil, column: column > 0 ? column : nil)
    switch kind {
    case .limit(let limit):
      return XMLError(.limit, reason: reason, place: place, fix: "raise the limit '\(limit)'")
    case .libxml2(XML_ERR_NO_MEMORY.rawValue):
      return XMLError(.library, reason: reason, place: place)
    case .libxml2(XML_ERR_DOCUMENT_EMPTY.rawValue):
      return XMLError(.notWellFormed, reason: reason, place: place)
    case .libxml2:
      return XMLError(isAboutEncoding ? .encoding : .notWellFormed, reason: reason, place: place)
    }
  }
}
