import OVATargets

/// The conditions of all targets in a document.
package enum TargetsDocument {
  /// The document in Markdown.
  package static func markdown() -> String {
    var parts = [
      "# Targets",
      "What is known of how products take packages, as `ova check --target ID` says it. "
        + "`fails`: the import stops, or the machine cannot be started. `loss`: it imports, and "
        + "something differs from what the package says. `unknown`: no source decides it. `note`: "
        + "it works, and there is something to say. What depends on the target's settings, or on the "
        + "place, the time or the way of the import, is `unknown` and does not change the verdict. "
        + "That nothing is known against a package is no "
        + "promise. This file is written by `scripts/docs`.",
      (TargetProduct.all.map { "- [\($0.title)](#\($0.id)): `\($0.id)`" }
        + ["- [\(TargetProduct.everyImporter.title)](#any)"]).joined(separator: "\n"),
    ]
    for product in TargetProduct.all + [.everyImporter] { parts += section(of: product) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func section(of product: TargetProduct) -> [String] {
    var parts = ["## \(product.id)", "\(escaped(product.title)). Read: \(escaped(product.basis))."]
    if !product.releases.isEmpty {
      parts.append(
        "Releases: "
          + product.releases.map { release in
            "`\(product.id)-\(release.version)`" + (release.family.map { " (vmx-\($0))" } ?? "")
          }.joined(separator: ", ") + ".")
    }
    let others =
      product.parts.map { "[\($0.id)](#\($0.id))" }
      + (product.importsPackages && product.id != TargetProduct.everyImporter.id
        ? ["[every importer](#any)"] : [])
    if !others.isEmpty {
      parts.append("And the conditions of \(others.joined(separator: ", ")).")
    }
    let rows = product.conditions.map { condition in
      [
        "`\(condition.key)`", condition.title, condition.effect.rawValue,
        condition.outcome + (condition.dependsOn.map { " Depends on \($0)." } ?? "")
          + (condition.releases.map { " Releases: \($0)." } ?? ""), condition.fix,
        condition.basis?.words ?? "",
      ].map { escaped($0) }.joined(separator: " | ")
    }
    parts.append(
      ([
        "| key | the package has | effect | what happens | fix | rests on |",
        "|---|---|---|---|---|---|",
      ]
        + rows.map { "| \($0) |" }).joined(separator: "\n"))
    return parts
  }

  /// Bars end cells, and angle brackets outside code would be taken for HTML.
  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").split(separator: "`", omittingEmptySubsequences: false)
      .enumerated()
      .map {
        $0.offset.isMultiple(of: 2)
          ? String($0.element).replacing("<", with: "&lt;") : String($0.element)
      }
      .joined(separator: "`")
  }
}
