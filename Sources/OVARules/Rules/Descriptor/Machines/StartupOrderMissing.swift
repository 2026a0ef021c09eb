import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An entry of the start-up order has no number.
  static let startupOrderMissing = Rule(
    id: "startup-order-missing",
    group: .descriptor,
    title: "An entry of the start-up order has no order",
    severity: .warning,
    basis: .clause("DSP0243 9.7"),
    why: "The schema demands `ovf:order`. Without it a product starts the machine first, last or "
      + "not at all.",
    fix: "Add `ovf:order` with the machine's turn, from 0.",
    triggering: [
      Example(.folder, edits: Example.collection(startup: "<Item ovf:id=\"web\"/>"), [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: Example.collection(startup: "<Item ovf:id=\"web\" ovf:order=\"0\"/>"), []),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .startup(let items) = section.body else { continue }
      for item in items where item.order == nil {
        findings.add(
          "the entry '\(item.id?.text ?? "")' of the start-up order has no order", at: item.place,
          expected: "a number from 0 to 65535")
      }
    }
  }
}
