import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The version of an early descriptor is missing or another.
  static let envelopeVersion = Rule(
    id: "envelope-version",
    group: .descriptor,
    title: "The version of an OVF 0.9 descriptor is not 0.9",
    severity: .error,
    basis: .practice("VMware's products refuse a 0.9 envelope without `ovf:version=\"0.9\"`."),
    why: "Version 0.9 has its number in an attribute of the Envelope. Later versions do not; "
      + "there the namespace says it.",
    fix: "Write `ovf:version=\"0.9\"`, or better convert the descriptor to OVF 1.1.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"",
            new: "<Envelope xmlns=\"http://www.vmware.com/schema/ovf/1/envelope\"")
        ], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<Envelope xmlns=", with: "<Envelope ovf:version=\"2.0\" xmlns=",
        caption: "VirtualBox writes a version that nobody reads"),
    ]
  ) { checked, findings in
    let envelope = checked.envelope
    guard envelope.dialect == .ovf09 else { return }
    let version = envelope.version
    guard version?.text.isExactly("0.9") != true else { return }
    findings.add(
      version.map { "the Envelope's version is '\($0.text)'" } ?? "the Envelope has no version",
      at: version?.place ?? envelope.place, expected: "0.9", found: version?.text)
  }
}
