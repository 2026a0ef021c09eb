import OVAMessages
import Testing

/// One spelling of one known message.
struct KnownMessage: Sendable, CustomTestStringConvertible {
  let source: MessageSource
  let message: ImporterMessage
  let spelling: String

  var testDescription: String { "\(source.id): \(spelling)" }

  static let all: [KnownMessage] = MessageSource.all.flatMap { source in
    source.messages.flatMap { message in
      ([message.text] + message.spellings).map {
        KnownMessage(source: source, message: message, spelling: $0)
      }
    }
  }

  /// The message as an importer prints it, with the same value in every place.
  func printed(_ value: String = "4711") -> String { spelling.replacing("…", with: value) }

  /// Returns whether an answer names this message first, or another product's of the same text.
  func isFirst(in answer: MessageAnswer) -> Bool {
    guard case .known(let matches) = answer, let first = matches.first else { return false }
    guard first.extent == .whole else { return false }
    return matches.contains {
      $0.source == source && $0.message == message && $0.excerpt == first.excerpt
    }
  }
}
