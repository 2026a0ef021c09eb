import OVABasics
import OVAPackage

extension Rule {
  /// The archive holds a link.
  static let linkMember = Rule(
    id: "link-member",
    group: .package,
    title: "The archive holds a link",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why: "A link has no content of its own: what it leads to is on the machine that unpacks it. "
      + "Importers refuse links, and a careless one follows them out of the package. It is never "
      + "followed here.",
    fix: "Pack the file itself: `tar --dereference --hard-dereference …`.",
    triggering: [
      Example(
        .ova, .sealManifest, .kind("web-disk1.vmdk", .symbolicLink(to: "/srv/disks/web.vmdk"))),
      Example(
        .ova, .add("b.vmdk", .bytes([])), .kind("b.vmdk", .hardLink(to: "web-disk1.vmdk")),
        documented: false),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    guard checked.package.isArchive else { return }
    for file in checked.package.files {
      guard case .link(let target) = file.kind else { continue }
      findings.add(
        "'\(file.name)' is a link" + (target.map { " to '\($0)'" } ?? ""), at: file.place,
        expected: "a file", found: "a link")
    }
  }
}
