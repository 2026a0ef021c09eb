import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor

extension PolicyRule {
  /// No product of the package tells a text that the policy requires.
  static func missing(_ field: PackagePolicy.Field) -> PolicyRule {
    let element = field.rawValue.prefix(1).uppercased() + field.rawValue.dropFirst()
    let value = ["product": "Web", "vendor": "Example", "version": "1.0"][field.rawValue] ?? ""
    let line = "        <\(element)>\(value)</\(element)>\n".dropFirst(2)
    return PolicyRule(
      id: "policy-\(field.rawValue)-missing",
      title: "The package tells no \(field.rawValue), which the policy requires",
      key: "required",
      why: "Catalogs, inventories and whoever answers for the machine know the package by its "
        + "product, vendor and version.",
      fix: "Write a `\(element)` with text into the machine's ProductSection, then recreate the "
        + "manifest: `ova manifest PATH`.",
      examplePolicy: { $0.required = [field] },
      triggering: [
        Example(replacing: String(line), with: ""),
        Example(
          replacing: "<\(element)>\(value)</\(element)>", with: "<\(element)> </\(element)>",
          documented: false),
      ],
      passing: [.sound(.folder)]
    ) { policy in
      guard policy.required.contains(field) else { return nil }
      return { checked, findings in
        let envelope = checked.envelope
        let texts = envelope.products.flatMap { product -> [Message?] in
          switch field {
          case .product: [product.product]
          case .vendor: [product.vendor]
          case .version: [product.version, product.fullVersion]
          }
        }
        let isTold = texts.contains { message in
          message.map { envelope.text(of: $0).contains { !$0.isWhitespace } } ?? false
        }
        guard !isTold else { return }
        findings.add(
          "the package tells no \(field.rawValue)",
          at: envelope.allSections.first { $0.product != nil }?.place ?? envelope.place,
          expected: "\(element)")
      }
    }
  }
}
