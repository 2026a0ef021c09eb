import OVABasics
import OVAPackage
import VirtualDisks

extension Rule {
  /// Zeros after the end of the stream.
  static let diskDigestAmbiguous = Rule(
    id: "disk-digest-ambiguous",
    group: .disks,
    title: "Zeros after a streamed disk make digests ambiguous",
    severity: .info,
    version: 2,
    basis: .practice("ovftool and Workstation digest up to the end of the stream."),
    why: "`qemu-img` pads the file with zeros after the last grain. VMware's stream reader stops "
      + "before them: its digest is not that of the file, and it refuses the manifest as wrong. Other "
      + "importers read the whole file and take it.",
    fix: "Cut the zeros off with `ova fix PATH --write NEW.ova`, which makes the manifest anew.",
    triggering: [
      Example(
        .ova, edits: [.withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.qemuStream))])
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, edits: [.withoutSize],
        [.content("web-disk1.vmdk", .shapedDisk(.qemuStream)), .remove("web.mf")],
        caption: "without a manifest nothing is compared"),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard seen.content.shape == .directoryAtFront, let rest = seen.content.bytesAfterStream,
        rest > 0, !seen.disk.reference.isGzip, seen.diagnostics(of: .trailingData).isEmpty,
        case .file(let file) = seen.disk.reference.target,
        checked.isListed(href: seen.name, file)
      else { continue }
      findings.add(
        "\(rest) bytes follow the end of the stream in '\(seen.name)'",
        at: seen.disk.filePlace.at(offset: seen.content.fileSize - rest), found: "\(rest) bytes")
    }
  }
}
