import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The start-up order has an action that is not known.
  static let startupActionUnknown = Rule(
    id: "startup-action-unknown",
    group: .descriptor,
    title: "The start-up order has an unknown action",
    severity: .warning,
    basis: .clause("DSP0243 9.7"),
    why: "Machines are started by powerOn or none, and stopped by powerOff, guestShutdown or none. "
      + "Others are ignored or refused.",
    fix: "Write one of the standard's words: `powerOn` or `none` to start; `powerOff`, "
      + "`guestShutdown` or `none` to stop.",
    triggering: [
      Example(
        .folder,
        edits: Example.collection(
          startup: "<Item ovf:id=\"web\" ovf:order=\"1\" ovf:stopAction=\"unplug\"/>"), [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: Example.collection(
          startup: "<Item ovf:id=\"web\" ovf:order=\"1\" ovf:stopAction=\"guestShutdown\"/>"), []),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .startup(let items) = section.body else { continue }
      for item in items {
        for (action, name, known) in [
          (item.startAction, "startAction", ["powerOn", "none"]),
          (item.stopAction, "stopAction", ["powerOff", "guestShutdown", "none"]),
        ] {
          guard let action, !known.contains(where: { $0.isExactly(action.text) }) else { continue }
          // vCenter exports it.
          let isVMwares = name.isExactly("stopAction") && action.text.isExactly("suspend")
          findings.add(
            "the \(name) of '\(item.id?.text ?? "")' is '\(action.text)'", at: action.place,
            expected: known.joined(separator: ", "), found: action.text,
            severity: isVMwares ? .info : nil)
        }
      }
    }
  }
}
