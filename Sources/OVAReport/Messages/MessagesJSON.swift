package import OVABasics
package import OVAMessages
package import OVARules

/// Writes the explanation of importers' messages for programs.
///
/// The shape is published as `docs/schema/messages-1.schema.json`.
package enum MessagesJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/messages/1.0"

  /// An answer to a pasted text.
  /// - Parameter check: what a check of a package has found under the rules of the answer.
  package static func document(_ answer: MessageAnswer, check: CheckResult? = nil) -> JSON {
    let (state, matches): (JSON, [MessageMatch]) =
      switch answer {
      case .known(let matches): ("known", matches)
      case .near(let matches): ("near", matches)
      case .unknown: ("unknown", [])
      }
    return [
      "schema": .string(schema), "state": state, "matches": .list(matches, match),
      "check": check.map(CheckJSON.package) ?? .null,
    ]
  }

  /// The messages of products.
  package static func list(_ sources: [MessageSource]) -> JSON {
    [
      "schema": .string(schema),
      "messages": .list(
        sources.flatMap { source in source.messages.map { message(source, $0) } }, { $0 }),
    ]
  }

  private static func match(_ match: MessageMatch) -> JSON {
    [
      "extent": .string(match.extent.rawValue), "excerpt": .string(match.excerpt),
      "message": message(match.source, match.message),
    ]
  }

  private static func message(_ source: MessageSource, _ message: ImporterMessage) -> JSON {
    [
      "product": ["id": .string(source.id), "title": .string(source.title)],
      "text": .string(message.text), "spellings": .texts(message.spellings),
      "translations": .texts(message.translations), "role": .string(message.role.rawValue),
      "meaning": .string(message.meaning), "fix": .text(message.fix),
      "rules": .list(message.rules.compactMap(Rule.named), rule),
      "conditions": .texts(message.conditions),
    ]
  }

  private static func rule(_ rule: Rule) -> JSON {
    [
      "id": .string(rule.id), "severity": .string(rule.severity.rawValue),
      "title": .string(rule.title), "fix": .string(rule.fix),
    ]
  }
}

extension MessageAnswer {
  /// The rules that find the cause, the likeliest first.
  package var rules: [Rule] {
    let matches: [MessageMatch] =
      switch self {
      case .known(let matches), .near(let matches): matches
      case .unknown: []
      }
    var seen: Set<String> = []
    return matches.flatMap(\.message.rules).filter { seen.insert($0).inserted }
      .compactMap(Rule.named)
  }
}
