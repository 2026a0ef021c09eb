import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// An attribute's text is not of its type.
  static let valueMalformed = Rule(
    id: "value-malformed",
    group: .descriptor,
    title: "An attribute's value is not of its type",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema)"),
    why: "A truth value that is neither true nor false, or a number that is none, is read as "
      + "absent by one product and refused by another.",
    fix: "Write a value of the type, or leave the attribute out.",
    triggering: [
      Example(replacing: #"userConfigurable="true""#, with: #"userConfigurable="yes""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"userConfigurable="true""#, with: #"userConfigurable="1""#, documented: false),
    ]
  ) { checked, findings in
    for diagnostic in checked.envelope.diagnostics {
      guard case .badValue(let element, let name, let text, let fault) = diagnostic.kind,
        !Self.judgedElsewhere.contains(element) || name.isExactly("readOnly")
      else { continue }
      findings.add(
        "\(name) of \(element) is '\(text)', which \(fault)", at: diagnostic.place, found: text,
        fix: Placeholder.fix(text))
    }
  }

  /// Elements whose values rules of their own judge.
  private static let judgedElsewhere: Set<String> = [
    "File", "Disk", "SharedDisk", "Item", "StorageItem", "EthernetPortItem",
    "OperatingSystemSection",
  ]
}
