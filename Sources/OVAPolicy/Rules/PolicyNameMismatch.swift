import OVABasics
import OVAPackage
import OVARules

extension PolicyRule {
  /// The package's name is not as the policy wants names.
  static let name = PolicyRule(
    id: "policy-name-mismatch",
    title: "The package's name does not match the policy's pattern",
    key: "name",
    why: "Scripts and people find packages, and tell versions apart, by their names.",
    fix: "Rename the package, and with a descriptor its manifest and certificate too.",
    examplePolicy: { $0.name = try? NameExpression("[a-z]+-[0-9.]+") },
    triggering: [Example(.ova, caption: "the name `web.ova` where `[a-z]+-[0-9.]+` is wanted")],
    passing: [Example(.ova, .archive(.named("web-1.0.ova")))]
  ) { policy in
    guard let expression = policy.name else { return nil }
    return { checked, findings in
      let path = checked.package.path
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let ending = file.suffix(4).lowercased()
      let name = [".ova", ".ovf"].contains(ending) ? String(file.dropLast(4)) : file
      guard !expression.matches(name) else { return }
      findings.add(
        "the name '\(name)' does not match the pattern '\(expression.text)'", at: Place(path),
        expected: expression.text, found: name)
    }
  }
}
