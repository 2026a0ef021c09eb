import OVAArchive
import OVAByteSource
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML
import VirtualDisks

extension TargetProduct {
  /// oVirt and Red Hat Virtualization.
  static let oVirt = TargetProduct(
    id: "ovirt", title: "oVirt",
    basis: "oVirt engine 0111fc6 (2026-08): query_ova.py, OvfOvaReader.java, OvfReader.java",
    conditions: [
      TargetCondition(
        "ovirt-container", "a descriptor beside its files", .fails,
        "A tar archive alone is taken.", fix: "Pack the files: `ova pack`.",
        triggering: .sound(.folder)
      ) { view in view.package.isArchive ? [] : [Hit(view.package.descriptor.place)] },
      TargetCondition(
        "ovirt-first-ovf", "another file before the descriptor whose name ends in `.ovf`", .fails,
        "It is taken for the descriptor.", fix: "Remove it: `ova fix PATH --write NEW.ova`.",
        triggering: .files(.ova, .add("._web.ovf", .text("x")), .order(["._web.ovf", "web.ovf"]))
      ) { view in view.firstDescriptorIsOther { $0.lowercased().hasSuffix(".ovf") } },
      TargetCondition(
        "ovirt-encoding", "a descriptor in another encoding than UTF-8", .fails,
        "It cannot be read.", fix: TargetFix.utf8,
        triggering: .edit("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")
      ) { $0.otherEncoding },
      TargetCondition(
        "ovirt-memory-unit", "memory in another unit than 2^20 bytes", .loss,
        "The number is taken for MB.", fix: TargetFix.mebibytes,
        triggering: .memoryUnit("byte * 2^30")
      ) { $0.memoryTakenForMebibytes },
      TargetCondition(
        "ovirt-capacity", "a capacity that is no number, or in another form of unit", .unknown,
        "The engine's reader gives up and a smaller one on the host takes over.",
        fix: "Write a number, and `byte * 2^20` without blanks around `^`.",
        triggering: .edit("ovf:capacity=\"64\"", "ovf:capacity=\"${size}\"")
      ) { view in
        view.capacitiesInWords
          + view.disks.filter { disk in disk.capacityUnits.map { !$0.text.isFactorsOfByte } ?? false
          }
          .map { Hit($0.place, found: $0.capacityUnits?.text) }
      },
      TargetCondition(
        "ovirt-blank-disk", "a disk without a file", .unknown,
        "The engine's reader gives up and a smaller one on the host takes over.",
        fix: TargetFix.blankDisk, triggering: .blankDisk
      ) { $0.blankDisks },
      TargetCondition(
        "ovirt-item-type", "an Item without a resource type", .unknown,
        "The engine's reader gives up and a smaller one on the host takes over.",
        fix: "Write the ResourceType.",
        triggering: .items(Example.item("", ("ElementName", "x"), ("InstanceID", "21")))
      ) { view in view.items.filter { $0.field("ResourceType") == nil }.map(\.hit) },
      TargetCondition(
        "ovirt-prefix", "attributes without the prefix `ovf:`", .unknown,
        "They are looked up by the literal names, and a smaller reader takes over.",
        fix: "Use the prefix `ovf`.", triggering: .otherPrefix
      ) { view in view.namespaceHit(!view.hasLiteralPrefix("ovf")) },
      TargetCondition(
        "ovirt-name", "a name with other characters than `A-Za-z0-9_.-`", .fails,
        "The name is refused.", fix: "Give another name when importing.",
        basis: .reported("HAOS#789"),
        triggering: .edit("<Name>web</Name>", "<Name>web server</Name>")
      ) { view in
        view.systems.compactMap { system in
          guard let name = system.name, name.text.wholeMatch(of: /[A-Za-z0-9_.\-]+/) == nil else {
            return nil
          }
          return Hit(system.place, found: name.text)
        }
      },
      TargetCondition(
        "ovirt-guest", "a guest system that is not among oVirt's 44 numbers of CIM", .note,
        "The guest becomes \"Other\".", fix: "Choose the guest's system after the import.",
        triggering: .edit(
          "OperatingSystemSection ovf:id=\"94\"", "OperatingSystemSection ovf:id=\"1\"")
      ) { view in view.envelope.dialect == .oVirt ? [] : view.guests(otherThan: oVirtGuests) },
      TargetCondition(
        "ovirt-pax", "an extended header (pax)", .fails, "Old versions do not find the file.",
        fix: TargetFix.ustar, basis: .reported("ovirt-engine#374"), releases: "old ones",
        triggering: .files(.ova, .dialect("web-disk1.vmdk", .pax))
      ) { view in view.members { $0.member?.dialect == .pax } },
    ], parts: [virtV2V])

  /// The numbers of CIM_OperatingSystem that become a system of oVirt's.
  private static let oVirtGuests: Set<UInt16> =
    Set([36, 42, 67, 103, 105, 120, 121, 122, 125] as [UInt16])
    .union(69...72).union(76...80).union(82...85).union(89...101).union(106...109).union(113...117)
}
