import OVABasics
import OVAPackage

extension Rule {
  /// The archive holds more than one descriptor.
  static let severalDescriptors = Rule(
    id: "several-descriptors",
    group: .package,
    title: "There is more than one descriptor",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 5.1"),
    why: "A package has exactly one descriptor. Importers refuse the archive or take one of them, "
      + "not all the same one.",
    fix: "Leave out all descriptors but the one that is meant, pack again, and recreate the "
      + "manifest (`ova manifest`).",
    failures: [.severalDescriptors],
    triggering: [Example(.ova, .add("old.ovf", .text("<Envelope/>")))],
    passing: [
      .sound(.ova),
      Example(
        .ova, .add("._web.ovf", .text("x")), caption: "an AppleDouble half is no descriptor",
        documented: false),
    ]
  ) { checked, findings in
    let package = checked.package
    let others = package.otherDescriptors.filter { $0.path != package.descriptor.path }
    guard let first = others.first else { return }
    findings.add(
      "'\(package.descriptor.name)' is read, and there is \(others.map(\.name).quoted) besides",
      at: first.place, expected: "one descriptor", found: "\(others.count + 1)")
  }
}
