import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Names begin with `./`.
  static let dotPrefix = Rule(
    id: "dot-prefix",
    group: .package,
    title: "Names in the archive begin with ./",
    severity: .warning,
    basis: .clause("DSP0243 7.1"),
    why: "It comes of `tar -cf x.ova .`. Readers that compare names letter by letter do not find "
      + "`web-disk1.vmdk` under `./web-disk1.vmdk`.",
    fix: "Pack again with `ova fix PATH --write NEW.ova`, or name the files: `tar --format=ustar "
      + "-cf x.ova x.ovf x.mf …`.",
    triggering: [
      Example(
        .ova, .sealManifest, .rename("web.ovf", to: "./web.ovf"),
        .rename("web.mf", to: "./web.mf"), .rename("web-disk1.vmdk", to: "./web-disk1.vmdk"))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let files = checked.files { $0 == .dotPrefix }
    guard let first = files.first else { return }
    findings.add(
      files.count == 1
        ? "the name \(files.map(\.writtenName).quoted) begins with ./"
        : "the names \(files.map(\.writtenName).quoted) begin with ./", at: first.place)
  }
}
