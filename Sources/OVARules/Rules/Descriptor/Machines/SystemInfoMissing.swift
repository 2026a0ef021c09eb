import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine or collection has no Info.
  static let systemInfoMissing = Rule(
    id: "system-info-missing",
    group: .descriptor,
    title: "A machine has no Info",
    severity: .error,
    basis: .clause("DSP0243 7.2"),
    why: "A VirtualSystem or VirtualSystemCollection begins with an Info. Importers that validate "
      + "refuse one without.",
    fix: "Add `<Info>…</Info>` as the first child. A Name is not needed.",
    triggering: [Example(replacing: "    <Info>A virtual machine</Info>\n", with: "")],
    passing: [
      .sound(.folder),
      Example(replacing: "    <Name>web</Name>\n", with: "", caption: "it needs no Name"),
    ]
  ) { checked, findings in
    // oVirt's variant has none.
    guard checked.envelope.dialect != .oVirt else { return }
    for content in checked.siblings.joined() where content.info == nil {
      findings.add("\(content.title) has no Info", at: content.place)
    }
  }
}
