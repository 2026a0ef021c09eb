extension Rule {
  /// Every rule; each group's list stands beside its rules.
  public static let all: [Rule] =
    packageRules + manifestRules + certificateRules + referenceRules + diskRules + descriptorRules
    + additionalSectionRules + hardwareRules + propertyRules

  /// The rule of that id.
  public static func named(_ id: String) -> Rule? { all.first { $0.id == id } }

  /// Ids that are no longer used, with the rule that took over.
  public static let retired: [String: String] = ["nvme-family-too-old": "device-family-too-old"]
}
