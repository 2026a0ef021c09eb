import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A SCSI controller is of no known kind.
  static let scsiSubtypeUnknown = Rule(
    id: "scsi-subtype-unknown",
    group: .hardware,
    title: "A SCSI controller is of no known kind",
    severity: .warning,
    basis: .practice(
      "vCenter: \"value … of ResourceSubType element not found in [lsilogic, lsilogicsas]\"; "
        + "`virtualscsi` is refused (open-vmdk)."),
    why: "The subtype of a SCSI controller is one of `lsilogic`, `lsilogicsas`, `buslogic` and "
      + "`VirtualSCSI`, or a list of such; letter case counts. With another the controller is not "
      + "made, nor what hangs on it.",
    fix: "Write the name as VMware spells it.",
    triggering: [
      Example(.folder, edits: [.controller("virtualscsi")], []),
      Example(.folder, edits: [.controller("pvscsi")], []),
      Example(.folder, edits: [.controller("LSI Logic SAS")], []),
      Example(.folder, edits: [.controller("lsilogcsas")], [], documented: false),
      Example(.folder, edits: [.controller("adaptec")], [], documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(.folder, edits: [.controller("VirtualSCSI")], []),
      Example(
        .folder, edits: [.controller("megaraid, lsilogic")], [],
        caption: "one of the alternatives is known"),
      Example(
        replacing: "        <rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>\n", with: "",
        documented: false),
    ]
  ) { checked, findings in
    // oVirt's variant has names of its own.
    guard checked.envelope.dialect != .oVirt else { return }
    for item in checked.items where item.resourceType?.value == 6 && item.isDevice {
      findings.add(item, .scsi, "SCSI controller", unknown: .warning, otherCase: .warning)
    }
  }
}

extension Findings {
  /// Adds that an item's subtype is none that products know.
  mutating func add(
    _ item: Item, _ spelling: SubtypeSpelling, _ device: String, unknown: Severity,
    otherCase: Severity
  ) {
    guard let field = item.resourceSubType, Placeholder.fix(field.text) == nil else { return }
    let words = item.subTypes
    let verdicts = words.map { spelling.verdict(on: $0) }
    // A blank inside a name makes two words of it, of which one may be a name itself.
    var expected = spelling.joined(words)
    guard !words.isEmpty, expected != nil || !verdicts.contains(.known) else { return }
    var severity = expected == nil ? unknown : .warning
    for verdict in verdicts where expected == nil {
      switch verdict {
      case .otherCase(let name): (expected, severity) = (name, otherCase)
      case .near(let name): (expected, severity) = (name, .warning)
      case .known, .unknown: break
      }
    }
    add(
      "the subtype '\(field.text)' of \(item.title) is not one of VMware's \(device)s",
      at: field.place,
      expected: expected, found: field.text, severity: severity,
      fix: expected.map { "Write `\($0)`." })
  }
}
