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
    fix: "Pack the file itself: `tar --format=ustar --dereference --hard-dereference -cf x.ova "
      + "x.ovf x.mf …`.",
    triggering: [
      Example(
        .ova, .add("b.vmdk", .bytes([])), .kind("b.vmdk", .hardLink(to: "web-disk1.vmdk"))),
      Example(
        .ova, .add("b.vmdk", .bytes([])), .kind("b.vmdk", .symbolicLink(to: "/srv/disks/b.vmdk"))),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .sealManifest, .kind("web-disk1.vmdk", .symbolicLink(to: "b.vmdk")),
        caption: "a link that is referenced is said by file-not-a-file"),
    ]
  ) { checked, findings in
    guard checked.package.isArchive else { return }
    let referenced = checked.referencedPaths
    for file in checked.package.files {
      guard case .link(let target) = file.kind, !referenced.contains(file.path) else { continue }
      findings.add(
        "'\(file.name)' is a link" + (target.map { " to '\($0)'" } ?? ""), at: file.place,
        expected: "a file", found: "a link")
    }
  }
}
