package import OVAAuthoring
package import OVAPackage
package import OVARules

/// The effect of a repair plan, found by checking the package that it would make.
package struct RepairForecast: Sendable {
  /// The plan.
  package let plan: FixPlan
  /// The findings in the repaired package; nil when nothing can be written.
  package let remaining: [Finding]?
  /// The rules that find something in the package as it is, and nothing in the repaired one.
  package let resolved: Set<String>

  /// Judges the package that a plan makes.
  /// - Parameters:
  ///   - plan: the plan.
  ///   - findings: what the rules say of the package as it is.
  ///   - name: the path that the repaired package is to have.
  package init(_ plan: FixPlan, findings: [Finding], name: String) {
    self.plan = plan
    guard !plan.isEmpty, let repaired = try? plan.preview(as: name) else {
      remaining = plan.isBlocked ? nil : findings
      resolved = []
      return
    }
    let after = Rule.findings(of: Rule.all, in: repaired)
    remaining = after
    resolved = Self.resolved(findings, after, plan)
  }

  /// Judges a repaired package that was written and read again.
  package init(_ plan: FixPlan, findings: [Finding], written: [Finding]) {
    self.plan = plan
    remaining = written
    resolved = Self.resolved(findings, written, plan)
  }

  private static func resolved(
    _ before: [Finding], _ after: [Finding], _ plan: FixPlan
  ) -> Set<String> {
    // Of the repaired package it is known what these rules find, and not what a policy's would.
    var rules = Set(before.map(\.rule).filter { Rule.named($0) != nil })
      .subtracting(after.map(\.rule))
    // Schemas are not asked about the repaired package.
    if plan.wasValidated { rules.remove("schema-violation") }
    return rules
  }

  /// The rules whose findings `ova fix --write` fixes without further options.
  package var fixable: Set<String> { plan.doubts.isEmpty ? resolved : [] }

  /// The plan's steps, each with the rules whose findings it fixes.
  package var claims: [(step: FixPlan.Step, rules: [String])] {
    var left = resolved
    var claims = plan.steps.map { step in
      let rules = left.filter { step.kind.mayMend($0) }
      left.subtract(rules)
      return (step, rules.sorted())
    }
    if !left.isEmpty, let last = claims.lastIndex(where: { $0.0.kind != .dropCertificate }) {
      claims[last].1 = (claims[last].1 + left).sorted()
    }
    return claims
  }
}

extension RepairForecast {
  /// The most files and references of a package for which a repair is foreseen.
  private static let mostFiles = 2_000
  /// The longest descriptor of a package for which a repair is foreseen, in bytes.
  private static let mostDescriptorBytes: UInt64 = 4 << 20

  /// Returns the rules whose findings in a checked package `ova fix --write` resolves.
  ///
  /// Nothing is planned for packages in which no rule finds anything that a repair may resolve, and
  /// none for those that are larger than any product's: a plan holds a second package in memory.
  package static func fixable(in checked: CheckedPackage, findings: [Finding]) -> Set<String> {
    let package = checked.package
    guard package.files.count + package.references.count <= mostFiles,
      package.descriptor.size <= mostDescriptorBytes, !package.isLarge,
      findings.contains(where: { finding in
        FixPlan.Step.Kind.allCases.contains { $0.mayMend(finding.rule) }
      })
    else { return [] }
    var options = FixPlan.Options()
    options.isForecast = true
    guard let plan = try? FixPlan(checked, options) else { return [] }
    return RepairForecast(plan, findings: findings, name: package.archivePath).fixable
  }
}

extension Package {
  /// The path of the package as an archive: its own, or the descriptor's with another ending.
  package var archivePath: String { isArchive ? path : path.baseAndExtension.base + ".ova" }
}

extension FixPlan.Step.Kind {
  /// Returns whether this kind of repair is meant for what a rule finds.
  func mayMend(_ rule: String) -> Bool {
    switch self {
    case .correctSizes: rule == "file-size-mismatch"
    case .reorderItemChildren: rule == "item-child-order"
    case .reorderSections:
      ["envelope-order", "machine-order", "section-info-not-first"].contains(rule)
    case .dropNVRAM: rule.hasPrefix("nvram-")
    case .cutDiskPadding:
      ["disk-digest-ambiguous", "disk-trailing-data"].contains(rule)
        || rule.hasPrefix("disk-") && (rule.contains("zeros") || rule.contains("padding"))
    case .dropAppleDouble: rule == "apple-double-member"
    case .dropFolders: rule == "folder-member"
    case .cleanNames: rule == "dot-prefix"
    case .reorder: ["descriptor-not-first", "member-order", "manifest-misplaced"].contains(rule)
    case .plainArchive:
      [
        "data-after-end", "zeros-after-end", "end-blocks-missing", "archive-length-odd",
        "tar-not-ustar", "tar-pax", "tar-global-header",
      ].contains(rule)
    case .addManifest: rule == "manifest-absent"
    case .rewriteManifest: rule.hasPrefix("manifest-") || rule == "base-name"
    case .dropCertificate:
      ["certificate-", "signature-", "cms-"].contains { rule.hasPrefix($0) }
    }
  }

  /// A short description of the step.
  package var title: String {
    switch self {
    case .correctSizes: "correct the sizes in the descriptor"
    case .reorderItemChildren: "put the children of items into the schema's order"
    case .reorderSections: "put the descriptor's parts into the schema's order"
    case .dropNVRAM: "take out the NVRAM file and what names it"
    case .cutDiskPadding: "cut off the zeros behind the end of disks"
    case .dropAppleDouble: "leave out what macOS added"
    case .dropFolders: "leave out entries for folders"
    case .cleanNames: "clean up names"
    case .reorder: "put the members in the standard's order"
    case .plainArchive: "rewrite the archive as plain tar"
    case .addManifest: "make a manifest"
    case .rewriteManifest: "recreate the manifest in the standard's form"
    case .dropCertificate: "leave out the certificate"
    }
  }
}
