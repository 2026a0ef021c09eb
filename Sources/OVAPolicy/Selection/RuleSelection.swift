/// The selection of findings that are reported.
package struct RuleSelection: Hashable, Sendable {
  /// The rules that are reported; empty for all.
  package var selected: [RuleName]
  /// The rules that are left out of the selected ones.
  package var ignored: [RuleName]

  /// A selection; without arguments, everything.
  package init(selected: [RuleName] = [], ignored: [RuleName] = []) {
    self.selected = selected
    self.ignored = ignored
  }

  /// Returns the reason why a finding is left out; nil when it is reported.
  ///
  /// A selection of rules alone leaves the answers of targets as they are: targets are selected by
  /// naming them to the check.
  package func reasonToLeaveOut(_ subject: FindingSubject) -> String? {
    if let name = ignored.first(where: { $0.means(subject) }) {
      return "'\(name.text)' is ignored"
    }
    let isTarget = !subject.targets.isEmpty
    let restricts = isTarget ? selected.contains(where: \.isAboutTargets) : !selected.isEmpty
    guard restricts, !selected.contains(where: { $0.means(subject) }) else { return nil }
    return "it is not selected"
  }
}
