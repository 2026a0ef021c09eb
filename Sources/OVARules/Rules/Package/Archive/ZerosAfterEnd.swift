import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Zeros beyond the last record follow the archive's end.
  static let zerosAfterEnd = Rule(
    id: "zeros-after-end",
    group: .package,
    title: "Many zeros follow the archive's end",
    severity: .info,
    basis: .practice("tar fills the last record of 10,240 bytes and no more"),
    why: "The zeros do no harm. They show that the archive was packed with a large blocking "
      + "factor or written to a device, and they are transferred with every upload.",
    fix: "Pack again to make the archive smaller: `ova fix PATH --write NEW.ova`.",
    triggering: [Example(.ova, .archive(.followed(by: [UInt8](repeating: 0, count: 20_480))))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for diagnostic in checked.package.archiveDiagnostics {
      guard case .zerosAfterEnd(let bytes) = diagnostic.kind else { continue }
      findings.add(
        "\(bytes) zero bytes follow the archive's end", at: checked.place(of: diagnostic))
    }
  }
}
