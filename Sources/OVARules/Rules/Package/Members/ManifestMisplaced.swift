import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Manifest and certificate stand among the files.
  static let manifestMisplaced = Rule(
    id: "manifest-misplaced",
    group: .package,
    title: "Manifest or certificate stand at the wrong place in the archive",
    severity: .warning,
    basis: .clause("DSP0243 5.3"),
    why: "Manifest and certificate come together, in this order, right behind the descriptor or "
      + "at the very end. A client that reads the archive as a stream looks only there and "
      + "reports \"Unable to retrieve manifest or certificate file\".",
    fix: "Pack again (descriptor, manifest, certificate, files): `ova fix PATH --write NEW.ova`.",
    triggering: [
      Example(
        .ova,
        edits: [
          Example.Edit(
            old: "</References>", new: #"<File ovf:id="f2" ovf:href="a.txt"/></References>"#)
        ],
        [
          .add("a.txt", .text("an image")),
          .order(["web.ovf", "web-disk1.vmdk", "web.mf", "a.txt"]),
        ], caption: "the manifest stands between two files"),
      Example(
        .ova, .sign(.trustedAuthority), .order(["web.ovf", "web.mf", "web-disk1.vmdk"]),
        caption: "the certificate stands apart from the manifest"),
      Example(
        .ova, .sign(.trustedAuthority), .order(["web.ovf", "web.cert", "web.mf"]),
        documented: false),
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .order(["web.ovf", "web-disk1.vmdk", "web.mf"]),
        caption: "at the end, as VirtualBox writes it"),
      Example(.ova, .sign(.trustedAuthority)),
      Example(.ova, .sign(.trustedAuthority), .order(["web.ovf", "web-disk1.vmdk"])),
    ]
  ) { checked, findings in
    let package = checked.package
    guard package.isArchive, let manifest = package.manifest?.file else { return }
    let referenced = Set(checked.referencedFiles.compactMap(\.member?.index))
    let order = package.files.filter { file in
      file.isSame(as: manifest) || file.isSame(as: package.certificate?.file)
        || file.member.map { referenced.contains($0.index) } ?? false
    }
    guard let place = order.firstIndex(where: { $0.isSame(as: manifest) }) else { return }
    if let certificate = package.certificate?.file {
      guard order.indices.contains(place + 1), order[place + 1].isSame(as: certificate) else {
        findings.add(
          "the certificate '\(certificate.name)' does not follow the manifest '\(manifest.name)'",
          at: certificate.place)
        return
      }
    }
    let behind = order.count - place - (package.certificate == nil ? 1 : 2)
    guard place > 0, behind > 0 else { return }
    findings.add(
      "the manifest '\(manifest.name)' stands behind '\(order[place - 1].name)' and before other "
        + "files",
      at: manifest.place, expected: "right behind the descriptor, or at the end")
  }
}
