import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// Elements of the standard stand in a namespace of another version.
  static let elementNamespaceForeign = Rule(
    id: "element-namespace-foreign",
    group: .descriptor,
    title: "Elements are in the namespace of another version of OVF",
    severity: .warning,
    basis: .clause("DSP0243 6"),
    why: "A reader of the envelope's version does not know elements of another version's "
      + "namespace and skips or refuses them.",
    fix: "Write the elements in the namespace of the Envelope.",
    triggering: [
      Example(
        replacing: "<Info>Virtual disks</Info>",
        with: "<o:Info xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/2\">Virtual disks</o:Info>")
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let envelope = checked.envelope
    let children =
      envelope.children + envelope.virtualSystems.flatMap(\.children)
      + envelope.collections.flatMap(\.children)
    let sections = children.filter {
      !$0.name.namespace.isExactly(envelope.rootName.namespace)
        && $0.name.namespace.utf8.starts(with: "http://schemas.dmtf.org/ovf/".utf8)
        // In their own version's namespace they are extensions like any other.
        && !($0.section?.isOfVersion2 ?? false)
    }.map { (value: ($0.name.local, $0.name.namespace), place: $0.place) }
    let uses =
      sections
      + checked.descriptorDiagnostics { kind in
        if case .foreignNamespace(let element, let namespace) = kind { return (element, namespace) }
        return nil
      }
    for (use, _) in uses.counted(by: \.value.1) {
      let elements = Set(uses.filter { $0.value.1.isExactly(use.value.1) }.map(\.value.0))
      findings.add(
        "\(elements.sorted().joined(separator: ", ")) in the namespace '\(use.value.1)'",
        at: use.place, expected: checked.envelope.rootName.namespace, found: use.value.1)
    }
  }
}
