import OVAArchive
import OVABasics
import OVAIntegrity
import OVARules

extension TargetProduct {
  static let vSphereFiles: [TargetCondition] = [
    TargetCondition(
      "vs-manifest-syntax", "a line of the manifest that is not in the standard's form", .fails,
      "Several clients refuse the manifest.",
      fix: "Recreate the manifest when the files are known to be right.",
      basis: .reported("several"),
      triggering: .files(.ova, .text("web.mf", replacing: "(web.ovf)= ", with: " (web.ovf) = "))
    ) { view in view.entries { !$0.isStrict } + view.manifestDiagnostics },
    TargetCondition(
      "vs-manifest-label", "an algorithm written as SHA2-256 or SHA2-512", .fails,
      "The algorithm is refused.", fix: "Write `SHA256` or `SHA512`.",
      basis: .reported("HAOS#3654"), releases: "8.0 and later",
      triggering: .files(
        .ova, .text("web.mf", replacing: "SHA256(web.ovf)", with: "SHA2-256(web.ovf)"))
    ) { view in
      guard view.release?.isVSphere(atLeast: "8.0") ?? true else { return [] }
      return view.entries { $0.algorithmText.uppercased().hasPrefix("SHA2-") }
    },
    TargetCondition(
      "vs-manifest-sha2-old", "a manifest with SHA-256 or longer digests", .fails,
      "Hosts and clients before 6.5 know SHA-1 alone.",
      fix: "Recreate the manifest with SHA-1 when the files are known to be right.",
      basis: .documented("SonicWall KB 180411180839044; williamlam.com 2016/11"),
      releases: "before 6.5", at: "6.0", triggering: .sound(),
      passing: .files(.ova, .algorithm("SHA1"))
    ) { view in
      guard view.release?.isVSphere(atLeast: "6.5") == false else { return [] }
      return Array(
        view.entries { [.sha256, .sha384, .sha512].contains($0.claim.algorithm) }.prefix(1))
    },
    TargetCondition(
      "vs-manifest-sha1-new", "a manifest with SHA-1 digests alone", .unknown,
      "Some clients from 6.7 on were seen to refuse SHA-1.",
      fix: "Recreate the manifest with SHA-256 when the files are known to be right.",
      basis: .reported("several"), releases: "6.5 and later",
      triggering: .files(.ova, .algorithm("SHA1"))
    ) { view in
      guard view.release?.isVSphere(atLeast: "6.5") ?? true else { return [] }
      let entries = view.entries
      guard !entries.isEmpty, entries.allSatisfy({ $0.claim.algorithm == .sha1 }) else { return [] }
      return view.manifest
    },
    TargetCondition(
      "vs-digest", "a digest in the manifest that is not the file's", .fails,
      "The import stops: the checksum does not match.", fix: TargetFix.digest,
      basis: .documented("Broadcom KB 406641, 407022"), triggering: .damaged
    ) { $0.contradictions() },
    TargetCondition(
      "vs-manifest-coverage", "a file that the manifest does not list", .fails,
      "vCenter refuses the package; ovftool only warns.",
      fix: "Recreate the manifest when the files are known to be right.",
      basis: .reported("gns3-vm#96"),
      triggering: .files(
        .ova,
        .content("web.mf", .text("SHA256(web.ovf)= " + String(repeating: "0", count: 64) + "\n")))
    ) { $0.unlistedFiles },
    TargetCondition(
      "vs-ovf-first", "an archive that does not begin with the descriptor", .fails,
      "The import stops: the descriptor is looked for at the beginning.", fix: TargetFix.order,
      basis: .reported("osbuild-composer#3926"),
      triggering: .files(.ova, .order(["web-disk1.vmdk", "web.ovf"])), passing: .sound(.folder)
    ) { $0.descriptorNotFirst },
    TargetCondition(
      "vs-pax", "an extended header (pax) that gives a name or a size", .fails,
      "The header's record is not read.", fix: TargetFix.ustar, basis: .reported("open-vmdk#65"),
      triggering: .files(.ova, .header("web-disk1.vmdk", .otherSizeInPax))
    ) { view in
      view.archiveDiagnostics { kind in
        switch kind {
        case .paxSize, .paxSizeDisagrees, .paxPath: true
        default: false
        }
      }
    },
    TargetCondition(
      "vs-stream-tail", "a streamed disk without a footer that zeros follow", .unknown,
      "ovftool says that the digest differs although it is right; ESXi takes it.",
      fix: "Recreate the disk with a footer, then the manifest.", basis: .reported("several"),
      triggering: .files(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream))),
    ) { $0.streamTails },
    TargetCondition(
      "vs-size", "a file whose declared size is not its real one", .fails,
      "The import stops at the file.", fix: "Write the real size as `ovf:size`.",
      basis: .reported("packer#8995"), triggering: .edit("ovf:size=\"SIZE\"", "ovf:size=\"7\"")
    ) { $0.wrongSizes },
  ]
}
