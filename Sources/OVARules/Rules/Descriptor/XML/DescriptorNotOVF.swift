import OVAPackage

extension Rule {
  /// The descriptor is something else.
  static let descriptorNotOVF = Rule(
    id: "descriptor-not-ovf",
    group: .descriptor,
    title: "The descriptor is not an OVF envelope",
    severity: .error,
    basis: .clause("DSP0243 6"),
    why:
      "A descriptor is an XML document whose root is `Envelope`. Anything else under its name was put "
      + "there by mistake: a page instead of a download, another document, the disk itself.",
    fix: "Put the real descriptor in its place.",
    failures: [.descriptorNotOVF],
    triggering: [
      Example(.ova, .content("web.ovf", .text("<domain type='kvm'><name>web</name></domain>\n"))),
      Example(
        .folder, .content("web.ovf", .text("<!DOCTYPE html><html><body>404</body></html>")),
        caption: "a failed download left a page"),
      Example(.ova, .content("web.ovf", .bytes([])), documented: false),
      Example(.ova, .content("web.ovf", .gzipped), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { _, _ in }
}
