import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Data follows the archive's end.
  static let dataAfterEnd = Rule(
    id: "data-after-end",
    group: .package,
    title: "Data follows the archive's end",
    severity: .warning,
    basis: .clause("DSP0243 5.3"),
    why: "Readers stop at the end of the archive; what follows is not imported and covered by no "
      + "manifest. It may be a second archive that was appended, or hidden on purpose.",
    fix: "Find out what it is. `ova fix PATH --write NEW.ova` leaves it out; archives are joined "
      + "by `tar --concatenate`, not `cat`.",
    triggering: [
      Example(.ova, .archive(.followed(by: Array("more".utf8)))),
      Example(
        .ova, .archive(.oneEndBlock), .archive(.followed(by: [UInt8](repeating: 1, count: 512))),
        documented: false),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .archive(.followed(by: [UInt8](repeating: 0, count: 8_192))),
        caption: "zeros that fill the last record"),
    ]
  ) { checked, findings in
    for diagnostic in checked.package.archiveDiagnostics {
      guard case .dataAfterEnd(let bytes, let first) = diagnostic.kind else { continue }
      findings.add(
        "\(bytes) bytes follow the archive's end; the first that is not zero is at \(first)",
        at: checked.place(of: diagnostic))
    }
  }
}
