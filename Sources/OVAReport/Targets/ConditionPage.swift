import OVABasics
package import OVATargets

/// The page of a target's condition, as a rule has one.
package struct ConditionPage {
  private let product: TargetProduct
  private let condition: TargetCondition

  /// The page of a condition of a product.
  package init(_ product: TargetProduct, _ condition: TargetCondition) {
    self.product = product
    self.condition = condition
  }

  /// The page for a terminal, lines folded at `width` columns.
  package func text(style: Style, width: Int = 80) -> String {
    var lines = [
      style.bold(condition.key), "  \(condition.effect.rawValue) · \(product.title)",
    ]
    let blocks: [(title: String, text: String?)] = [
      ("What the package has", sentence(condition.title)), ("What happens", condition.outcome),
      ("Depends on", condition.dependsOn.map(sentence)), ("How to fix it", condition.fix),
      ("Releases", condition.releases.map(sentence)),
      ("Rests on", sentence(condition.basis?.words ?? product.basis)),
    ]
    for block in blocks {
      guard let text = block.text else { continue }
      lines += ["", style.bold(block.title)]
      lines += TextTable.folded(text, width: width, indent: "  ")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func sentence(_ text: String) -> String {
    let capital = text.prefix(1).uppercased() + text.dropFirst()
    return capital.hasSuffix(".") ? capital : capital + "."
  }
}
