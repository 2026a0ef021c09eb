import OVARules
import OVFDescriptor

extension TargetProduct {
  /// The conditions that both have.
  /// - Parameter release: one whose highest family is not known.
  static func hosted(unlisted release: String) -> [TargetCondition] {
    hostedFamilies(unlisted: release) + hostedFiles
  }

  private static func hostedFamilies(unlisted release: String) -> [TargetCondition] {
    [
      TargetCondition(
        "ws-family", "no hardware family that the release runs", .fails,
        "The package is refused.", fix: "Add an older family to VirtualSystemType.",
        basis: .documented("VMware; reports"), triggering: .family("vmx-99"),
        passing: .family("vmx-99 vmx-13")
      ) { view in
        guard let most = view.release?.family else { return [] }
        return view.families.filter { !$0.numbers.contains { $0 <= most } }.map(\.hit)
      },
      TargetCondition(
        "ws-family-unknown", "a release whose highest hardware family is not known", .unknown,
        "No document of its families was found.",
        fix: "Compare the package's families with the release's own list.",
        basis: .unsure("nothing found"),
        releases: "Workstation 14, 16 and 17, Fusion 11 to 13", at: release, triggering: .sound(),
        passingAt: "25h2"
      ) { view in
        guard let release = view.release, release.family == nil else { return [] }
        return view.families.map(\.hit)
      },
    ]
  }

  private static let hostedFiles: [TargetCondition] = [
    TargetCondition(
      "ws-stream-tail", "a streamed disk without a footer that zeros follow", .fails,
      "A wrong digest is reported although the digest is right.",
      fix: "Recreate the disk with a footer, then the manifest.", basis: .measured("ovftool"),
      triggering: .files(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))
    ) { $0.streamTails },
    TargetCondition(
      "ws-disk-order", "disks that are not in the order of their files", .fails,
      "ovftool refuses it.",
      fix: "List the Disks in the order in which the References list their files.",
      basis: .source("a fixture of ovftool"), triggering: .twoDisks(inFront: true),
      passing: .twoDisks()
    ) { $0.disksOutOfOrder },
    TargetCondition(
      "ws-strict", "something that the strict reading refuses", .note,
      "\"Retry\" relaxes the reading of hardware and often imports the machine.",
      fix: "Fix what `ova check --target vsphere` says.", basis: .reported("BlackArch#1937"),
      triggering: .items(Example.controller(21, type: 5, subType: "PIIX4"))
    ) { view in
      view.items(5).filter { !($0.resourceSubType?.text ?? "").isEmpty }
        .map { $0.hit("ResourceSubType") }
        + view.items.filter { $0.kind != .item }.map { Hit($0.place, found: $0.kind.rawValue) }
    },
  ]
}

extension Example {
  /// The envelope is in the namespace of OVF 0.9.
  static let ovf09 = Example.edit(
    envelope("http://schemas.dmtf.org/ovf/envelope/1"),
    envelope("http://www.vmware.com/schema/ovf/1/envelope"))

  private static func envelope(_ namespace: String) -> String {
    "Envelope xmlns=\"\(namespace)\"\n    xmlns:ovf=\"\(namespace)\""
  }
}
