import OVABasics
import OVARules
package import OVATargets

/// Writes the verdicts of targets on a package for people.
package struct TargetsText {
  let style: Style

  package init(style: Style) { self.style = style }

  /// The number of places that are shown for one reason.
  private static let mostPlaces = 3

  /// The matrix, then each target with its reasons; nothing without targets.
  package func lines(_ answers: [TargetAnswer]) -> [String] {
    guard !answers.isEmpty else { return [] }
    var table = TextTable()
    for answer in answers { table.add([answer.target.id, answer.verdict.words, count(answer)]) }
    let rows = zip(table.lines(indent: 4), answers).map { line, answer in
      line.replacing(answer.verdict.words, with: colored(answer.verdict), maxReplacements: 1)
    }
    var lines = ["  " + style.bold("targets")] + rows
    if let assumed = answers.map(\.target).first(where: \.isNewestByDefault) {
      lines.append("    " + style.dim(assumed.assumption))
    }
    return lines + answers.flatMap { reasons($0, from: nil) }
  }

  /// The reasons of at least a severity, by target.
  func failures(_ answers: [TargetAnswer], from least: Severity?) -> [String] {
    guard let least else { return [] }
    return answers.flatMap { reasons($0, from: least) }
  }

  /// Returns the number of packages with each verdict, for a run of several packages.
  func summary(_ sums: [TargetCount]) -> [String] {
    var table = TextTable()
    for sum in sums {
      let parts = TargetVerdict.allCases.reversed().compactMap { verdict in
        sum.counts[verdict].map { "\($0) \(verdict.words)" }
      }
      table.add([sum.id, parts.joined(separator: ", ")])
    }
    return table.lines()
  }

  private func count(_ answer: TargetAnswer) -> String {
    let count = answer.reasons.count
    return count == 0 ? "" : "\(count) reason\(count == 1 ? "" : "s")"
  }

  private func colored(_ verdict: TargetVerdict) -> String {
    switch verdict {
    case .fails: style.red(verdict.words)
    case .loss: style.yellow(verdict.words)
    case .unknown: style.cyan(verdict.words)
    case .nothingKnown: verdict.words
    }
  }

  private func reasons(_ answer: TargetAnswer, from least: Severity?) -> [String] {
    let reasons = answer.reasons.filter { reason in
      least.map { reason.condition.effect.severity >= $0 } ?? true
    }
    guard !reasons.isEmpty else { return [] }
    let head = "  " + style.bold(answer.target.id) + ": " + colored(answer.verdict)
    return [head] + reasons.flatMap(lines)
  }

  private func lines(_ reason: TargetAnswer.Reason) -> [String] {
    let condition = reason.condition
    let word: String =
      switch condition.effect {
      case .fails: style.red("fails")
      case .loss: style.yellow("loss")
      case .unknown: style.cyan("unknown")
      case .note: style.cyan("note")
      }
    var lines = ["    \(word) \(condition.title) \(style.dim("[\(condition.key)]"))"]
    lines.append("      means     \(condition.outcome)")
    if let decision = condition.dependsOn { lines.append("      depends   on \(decision)") }
    for hit in reason.hits.prefix(Self.mostPlaces) {
      lines.append("      at        \(hit.place.description.forDisplay)")
      if let found = hit.found { lines.append("      found     \(found.forDisplay)") }
      if let reads = hit.reads { lines.append("      reads     \(reads.forDisplay)") }
    }
    if reason.hits.count > Self.mostPlaces {
      lines.append("      and at \(reason.hits.count - Self.mostPlaces) more")
    }
    lines.append("      fix       \(condition.fix)")
    return lines
  }
}

extension Target {
  /// That the newest release was taken, and how to name another.
  var assumption: String {
    let other = product.releases.dropLast().last ?? product.releases.last
    let example = product.id + (other.map { "-\($0.version)" } ?? "")
    return "\(id) is the newest release; name another as \(example)"
  }
}
