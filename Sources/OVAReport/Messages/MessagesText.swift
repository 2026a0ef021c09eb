import OVABasics
package import OVAMessages
import OVARules
import OVATargets

/// Writes the explanation of a pasted message for people.
package struct MessagesText {
  private let style: Style
  private let width: Int

  package init(style: Style, width: Int = 80) {
    self.style = style
    self.width = width
  }

  /// An answer: each message with its meaning, what to do and the rules that find the cause.
  package func text(_ answer: MessageAnswer) -> String {
    switch answer {
    case .known(let matches):
      var blocks = matches.map { lines($0) }
      let causes = matches.count { $0.message.role == .cause }
      if causes > 1 {
        blocks.append(["The later messages may follow from the first: fix that one first."])
      }
      return joined(blocks)
    case .near(let matches):
      let head =
        "No known message is in this text. What follows is only near to it and may be "
        + "something else."
      return joined([TextTable.folded(head, width: width, indent: "")] + matches.map { lines($0) })
    case .unknown:
      return "No known message is in this text, and none is near to it.\n"
        + "  fix  'ova check PACKAGE' finds what is wrong with a package\n"
    }
  }

  /// Returns the findings in a package of the rules that an answer names.
  package func text(_ check: CheckResult, _ answer: MessageAnswer) -> String {
    let isQuiet = check.findings.isEmpty && !check.isUnreadable
    guard isQuiet, !answer.rules.isEmpty else {
      guard isQuiet else { return CheckText(style: style).text(check) }
      return "\(style.bold(check.path.forDisplay))\n  No rule finds the cause of these messages.\n"
    }
    return """
      \(style.bold(check.path.forDisplay))
        None of these rules finds anything: as far as is known the package is not the cause.

      """
  }

  /// The messages of products, in tables.
  package func list(_ sources: [MessageSource]) -> String {
    joined(
      sources.map { source in
        [style.bold(source.title) + style.dim("  \(source.id)")]
          + source.messages.flatMap { message in
            folded(message.text, first: "  ", rest: "    ")
              + folded(advice(of: message), first: "      ", rest: "      ")
          }
      })
  }

  private func advice(of message: ImporterMessage) -> String {
    let rules = message.rules.joined(separator: ", ")
    return switch message.role {
    case .frame: rules.isEmpty ? "introduces others" : "introduces others: \(rules)"
    case .elsewhere: rules.isEmpty ? "not the package" : "mostly not the package: \(rules)"
    case .cause: rules.isEmpty ? message.meaning : rules
    }
  }

  private func lines(_ match: MessageMatch) -> [String] {
    let message = match.message
    var lines = [
      style.bold(match.source.title),
      "  message  " + message.text.forDisplay,
    ]
    let label: String =
      switch match.extent {
      case .whole: "pasted   "
      case .part: "part     "
      case .near: "near to  "
      }
    lines += folded(match.excerpt, first: "  " + label, rest: "           ")
    lines += folded(message.meaning, first: "  means    ", rest: "           ")
    if message.role == .elsewhere {
      lines.append("           The package is mostly not at fault.")
    }
    if let fix = message.fix { lines += folded(fix, first: "  fix      ", rest: "           ") }
    for (index, rule) in message.rules.compactMap(Rule.named).enumerated() {
      lines += folded(
        "\(rule.id): \(rule.title).", first: index == 0 ? "  rules    " : "           ",
        rest: "             ")
      lines += folded("fix: " + rule.fix, first: "             ", rest: "             ")
    }
    for (index, key) in message.conditions.enumerated() {
      guard let (product, condition) = TargetProduct.condition(key) else { continue }
      lines += folded(
        "\(product.id) (\(key)): \(condition.title).",
        first: index == 0 ? "  targets  " : "           ", rest: "             ")
      lines += folded("fix: " + condition.fix, first: "             ", rest: "             ")
    }
    return lines
  }

  private func folded(_ text: String, first: String, rest: String) -> [String] {
    TextTable.folded(text, width: width, indent: rest, first: first, rest: rest)
  }

  private func joined(_ blocks: [[String]]) -> String {
    blocks.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }
}
