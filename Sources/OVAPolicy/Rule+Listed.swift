public import OVARules

extension Rule {
  /// Every rule that findings can name: those that judge every package, those of a policy, and those
  /// on ignore files and baselines.
  public static let listed: [Rule] = all + policyRules + ignoreRules

  private static let listedByID = Dictionary(listed.map { ($0.id, $0) }) { first, _ in first }

  /// The rule of that id, among all that findings can name.
  public static func listed(_ id: String) -> Rule? { listedByID[id] }
}
