import OVAArchive
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// OpenStack's driver for VMware.
  static let nova = TargetProduct(
    id: "nova-vmware", title: "OpenStack Nova (vmwareapi)", basis: "Nova 00fd9d5: images.py",
    conditions: [
      TargetCondition(
        "nova-ovf-first", "a descriptor behind the disk", .fails,
        "The archive is read as a stream: the descriptor comes too late.", fix: TargetFix.order,
        triggering: .files(.ova, .order(["web-disk1.vmdk", "web.ovf"])), passing: .sound(.folder)
      ) { view in
        let disks = view.diskReferences.compactMap(\.file?.member?.index)
        return view.membersBeforeDescriptor.filter { file in
          file.member.map { disks.contains($0.index) } ?? false
        }.map { Hit($0.place, found: $0.writtenName) }
      },
      TargetCondition(
        "nova-prefix", "attributes without the prefix `ovf:`", .fails,
        "The prefix is looked up literally.", fix: "Use the prefix `ovf`.", triggering: .otherPrefix
      ) { view in view.namespaceHit(!view.hasLiteralPrefix("ovf")) },
      TargetCondition(
        "nova-one-disk", "more than one disk", .loss, "The first Disk alone is taken.",
        fix: TargetFix.oneDisk, triggering: .twoDisks()
      ) { view in
        view.disks(beyond: 1).map {
          Hit($0.place, found: $0.found, reads: "a machine without this disk")
        }
      },
      TargetCondition(
        "nova-chunk", "a disk in chunks", .loss, "The first chunk is taken for the whole.",
        fix: TargetFix.chunks, triggering: .chunks
      ) { $0.chunked },
      TargetCondition(
        "nova-manifest", "a manifest", .note, "It is not verified.", fix: TargetFix.ownManifest,
        triggering: .sound(), passing: .withoutManifest
      ) { $0.manifest },
    ])
}
