import OVABasics
import OVAMessages
package import OVARules

/// The page of a rule: made once, written as Markdown for the documents and as text for a terminal.
package struct RulePage {
  /// A part of the page.
  private enum Block {
    case heading(String)
    case paragraph(String)
    case items([String])
    case diff([String])
  }

  private let rule: Rule
  private let blocks: [Block]

  /// The page of a rule.
  package init(_ rule: Rule) {
    self.rule = rule
    var blocks: [Block] = [
      .heading("What is checked"), .paragraph(Self.sentence(rule.title)),
      .heading("Why it matters"), .paragraph(rule.why),
      .heading("How to fix it"), .paragraph(rule.fix),
    ]
    blocks += Self.examples("Reported", rule.triggering)
    blocks += Self.examples("Accepted", rule.passing)
    blocks += Self.messages(leadingTo: rule)
    blocks += [.heading("Rests on"), .paragraph(rule.basis.sentence)]
    self.blocks = blocks
  }

  private static func examples(_ title: String, _ examples: [Example]) -> [Block] {
    let shown = examples.filter(\.documented)
    guard !shown.isEmpty else { return [] }
    // One fault in an archive and in a folder reads the same: once is enough.
    var seen: Set<[String]> = []
    return [.heading(title)]
      + shown.flatMap { example -> [Block] in
        let text = ExampleText(example: example)
        let sentences = [text.caption.map(sentence)].compactMap(\.self) + text.sentences
        guard seen.insert(sentences + text.diffs.joined()).inserted else { return [] }
        return (sentences.isEmpty ? [] : [.items([sentences.joined(separator: " ")])])
          + text.diffs.map(Block.diff)
      }
  }

  /// The importers' messages that lead to the rule, a line for each product.
  private static func messages(leadingTo rule: Rule) -> [Block] {
    let messages = MessageSource.messages(leadingTo: rule.id)
    guard !messages.isEmpty else { return [] }
    return [
      .heading("Messages it explains"),
      .items(messages.map { "\($0.source.title): `\($0.message.text.replacing("`", with: "'"))`" }),
    ]
  }

  private static func sentence(_ text: String) -> String {
    let capital = text.prefix(1).uppercased() + text.dropFirst()
    return capital.hasSuffix(".") ? capital : capital + "."
  }
}

extension RulePage {
  /// The page in Markdown, its headings from the third level on.
  package func markdown() -> String {
    var parts = ["### \(rule.id)", "Severity: \(rule.severity.rawValue)."]
    for block in blocks {
      switch block {
      case .heading(let text): parts.append("**\(text)**")
      case .paragraph(let text): parts.append(Self.escaped(text))
      case .items(let items):
        parts.append(items.map { "- " + Self.escaped($0) }.joined(separator: "\n"))
      case .diff(let lines):
        parts.append("```diff\n" + lines.joined(separator: "\n") + "\n```")
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Angle brackets outside code would be taken for HTML.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { index, part in
        index.isMultiple(of: 2) ? String(part).replacing("<", with: "&lt;") : String(part)
      }
      .joined(separator: "`")
  }

  /// All rules by group, with a table of contents.
  package static func document(_ rules: [Rule]) -> String {
    let groups = Rule.Group.allCases.map { group in
      (group: group, rules: rules.filter { $0.group == group })
    }.filter { !$0.rules.isEmpty }
    var parts = [
      "# Rules",
      "What `ova check` judges. `ova explain ID` prints a rule's page, `ova rules` lists them all. "
        + "After an edit of a file that the manifest lists, `ova manifest PATH` recreates the "
        + "manifest. "
        + "The examples tell what differs from a package without a fault; they are the rules' "
        + "tests. This file is written by `scripts/docs`.",
    ]
    parts.append(
      groups.flatMap { group, rules in
        ["- [\(group.title)](#\(group.anchor))"]
          + rules.map { "  - [\($0.id)](#\($0.id)): \(escaped($0.title))" }
      }.joined(separator: "\n"))
    for (group, rules) in groups {
      parts.append("## \(group.title)")
      parts += rules.map { String(RulePage($0).markdown().dropLast()) }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}

extension RulePage {
  /// The page for a terminal, lines folded at `width` columns.
  package func text(style: Style, width: Int = 80) -> String {
    var lines = [
      style.bold(rule.id),
      "  \(rule.severity.rawValue) · \(rule.group.title)",
    ]
    for block in blocks {
      switch block {
      case .heading(let text): lines += ["", style.bold(text)]
      case .paragraph(let text): lines += TextTable.folded(text, width: width, indent: "  ")
      case .items(let items):
        for item in items {
          lines += TextTable.folded(item, width: width, indent: "  ", first: "  - ", rest: "    ")
        }
      case .diff(let diff):
        for line in diff {
          lines.append(
            "      "
              + (line.hasPrefix("-")
                ? style.red(line) : line.hasPrefix("+") ? style.green(line) : line))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Rule.Group {
  /// The group as a heading.
  package var title: String {
    switch self {
    case .package: "Package"
    case .manifest: "Manifest"
    case .certificate: "Certificate"
    case .references: "References"
    case .disks: "Disks"
    case .descriptor: "Descriptor"
    case .hardware: "Hardware"
    case .properties: "Properties"
    case .policy: "Policy"
    }
  }

  fileprivate var anchor: String { rawValue }
}

extension Rule.Basis {
  /// The basis of a rule, in a sentence.
  package var sentence: String {
    switch self {
    case .clause(let clause): clause
    case .practice(let practice): practice
    }
  }
}
