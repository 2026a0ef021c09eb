import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine or collection has no id.
  static let systemIDMissing = Rule(
    id: "system-id-missing",
    group: .descriptor,
    title: "A machine has no id",
    severity: .error,
    basis: .clause("DSP0243 7.2"),
    why: "`ovf:id` is what start-up order and the guest's environment mean the machine by, and the "
      + "name that many products give it. It may not be left out.",
    fix: "Add an `ovf:id` that no machine beside it has.",
    triggering: [
      Example(replacing: #"<VirtualSystem ovf:id="web">"#, with: "<VirtualSystem>"),
      Example(
        replacing: #"<VirtualSystem ovf:id="web">"#, with: #"<VirtualSystem ovf:id="">"#,
        documented: false),
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for content in checked.siblings.joined() where content.id?.text.isEmpty ?? true {
      findings.add("\(content.kindName) has no id", at: content.place)
    }
  }
}

extension Content {
  fileprivate var kindName: String {
    switch self {
    case .system: "a VirtualSystem"
    case .collection: "a VirtualSystemCollection"
    }
  }
}
