import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Two products of a machine have the same class and instance.
  static let productDuplicate = Rule(
    id: "product-duplicate",
    group: .properties,
    title: "Two products have the same class and instance",
    severity: .error,
    basis: .clause("DSP0243 9.5"),
    why: "Class and instance together are unique in a machine, as they are part of the names of "
      + "the properties; the guest cannot tell these apart.",
    fix: "Merge the ProductSections, or give one another `ovf:instance`.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<ProductSection>", new: "<ProductSection ovf:class=\"org.example\">"),
          Example.Edit(
            old: "    <VirtualHardwareSection ",
            new: "    <ProductSection ovf:class=\"org.example\">\n      <Info>More</Info>\n"
              + "    </ProductSection>\n    <VirtualHardwareSection "),
        ], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <ProductSection ovf:class=\"org.example\" ovf:instance=\"2\">\n"
          + "      <Info>More</Info>\n    </ProductSection>\n",
        before: "    <VirtualHardwareSection "),
    ]
  ) { checked, findings in
    for container in checked.containers {
      for (first, again) in container.sections.repeated(by: { section in
        section.product.map { "\($0.productClass?.text ?? "")\n\($0.instance?.text ?? "")" }
      }) {
        let name = [again.product?.productClass?.text, again.product?.instance?.text]
          .compactMap(\.self).filter { !$0.isEmpty }.map { "'\($0)'" }
        findings.add(
          "\(container.title) has another product "
            + (name.isEmpty ? "without class" : name.joined(separator: ", instance "))
            + ", after that of \(first.place.position)", at: again.place)
      }
    }
  }
}
