import OVAArchive
import OVAByteSource
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML
import VirtualDisks

extension TargetProduct {
  /// CloudStack with VMware.
  static let cloudStack = TargetProduct(
    id: "cloudstack", title: "Apache CloudStack (VMware zones)",
    basis: "OVFHelper 008c39b and OVAProcessor 021032a, two older commits",
    conditions: [
      TargetCondition(
        "cs-one-system", "more than one machine", .fails, "Exactly one is taken.",
        fix: TargetFix.oneMachine, triggering: .twoMachines
      ) { $0.furtherSystems },
      TargetCondition(
        "cs-units-missing", "a disk without capacity or unit", .fails,
        "The template's size cannot be read, though no unit means bytes.",
        fix: "Write `ovf:capacityAllocationUnits=\"byte\"`.",
        triggering: .edit(" ovf:capacityAllocationUnits=\"byte * 2^20\"", "")
      ) { view in
        view.disks.filter {
          $0.capacityUnits == nil || $0.capacity == nil || $0.capacity?.value == .number(0)
        }.map { Hit($0.place, found: $0.capacityUnits?.text ?? "no unit") }
      },
      TargetCondition(
        "cs-units-unknown", "a capacity in an unknown unit", .loss, "It is taken for bytes.",
        fix: "Write `byte * 2^20`.",
        triggering: .edit(
          "capacityAllocationUnits=\"byte * 2^20\"", "capacityAllocationUnits=\"byte * 2 ^ 20\"")
      ) { view in
        let known: Set<String> = [
          "kb", "kilobytes", "byte * 2^10", "mb", "megabytes", "byte * 2^20", "gb", "gigabytes",
          "byte * 2^30",
        ]
        return view.disks.compactMap { disk in
          guard let unit = disk.capacityUnits?.text, unit != "byte",
            !known.contains(unit.lowercased())
          else { return nil }
          return Hit(disk.place, found: unit, reads: "\(disk.capacity?.text ?? "?") bytes")
        }
      },
      TargetCondition(
        "cs-prefix-ovf", "attributes without the prefix `ovf:`", .fails,
        "The size is looked up by the literal names.", fix: "Use the prefix `ovf`.",
        triggering: .otherPrefix
      ) { view in view.namespaceHit(!view.hasLiteralPrefix("ovf")) },
      TargetCondition(
        "cs-prefix-rasd", "fields of Items without the prefix `rasd:`", .loss,
        "Controllers and networks are not found.", fix: "Use the prefix `rasd`.",
        triggering: .edits([
          ("<rasd:Parent>3</rasd:Parent>", "<r:Parent xmlns:r=\"\(Example.rasd)\">3</r:Parent>")
        ])
      ) { view in
        let names: Set<String> = [
          "HostResource", "Parent", "InstanceID", "ElementName", "ResourceSubType", "Connection",
        ]
        return view.items.filter { item in
          item.fields.contains { names.contains($0.name.local) && $0.name.prefix != "rasd" }
        }.map(\.hit)
      },
      TargetCondition(
        "cs-href-extension", "a file whose name does not end in `vmdk` or `iso`", .loss,
        "The file does not exist for CloudStack.", fix: "Name the disk's file `.vmdk`.",
        triggering: .diskNamed("web.VMDK")
      ) { view in
        view.diskFiles { resolved in
          let name = resolved.reference.href?.text ?? ""
          return !name.hasSuffix("vmdk") && !name.hasSuffix("iso")
        }
      },
      TargetCondition(
        "cs-missing", "a disk or ISO that is not there", .fails, "The import stops.",
        fix: "Put the file into the archive.",
        triggering: .files(.ova, .remove("web-disk1.vmdk"))
      ) { $0.missingFiles },
      TargetCondition(
        "cs-no-host-resource", "a disk item without HostResource", .loss, "The disk is skipped.",
        fix: TargetFix.hostResource,
        triggering: .edit("        <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>\n", "")
      ) { view in
        view.diskItems.filter { $0.field("HostResource") == nil }
          .map { Hit($0.place, reads: "a machine without this disk") }
      },
      TargetCondition(
        "cs-unknown-disk", "a HostResource that names no Disk", .fails,
        "It stops with a null pointer.", fix: TargetFix.hostResource,
        triggering: .edit("ovf:/disk/disk1", "ovf:/disk/disk9")
      ) { view in
        view.diskItems.filter { $0.field("HostResource") != nil && view.disk(of: $0) == nil }
          .map { $0.hit("HostResource") }
      },
      TargetCondition(
        "cs-family-sort", "several hardware families", .loss,
        "The lowest is the first after sorting the texts.", fix: "Write one family.",
        triggering: .family("vmx-13,vmx-9")
      ) { view in
        view.families.filter { $0.numbers.count > 1 }.map { families in
          Hit(
            families.place, found: families.written.joined(separator: ", "),
            reads: "\(families.written.sorted().first ?? "") as the lowest")
        }
      },
    ])

  /// Incus.
  static let incus = TargetProduct(
    id: "incus", title: "Incus (incus-migrate)", basis: "incus-migrate be7afc5 (2026-08)",
    conditions: [
      TargetCondition(
        "incus-ovf-case", "a descriptor whose extension is not in lower case", .fails,
        "The descriptor is not found.", fix: TargetFix.lowerCase,
        triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
      ) { $0.upperCaseDescriptor },
      TargetCondition(
        "incus-malformed", "a file size that is no number", .fails, "It stops with a panic.",
        fix: "Write the size in digits.",
        triggering: .edit("ovf:size=\"SIZE\"", "ovf:size=\"large\"")
      ) { view in
        view.references { $0.reference.size != nil && $0.reference.size?.value == nil }
      },
      TargetCondition(
        "incus-structure", "a collection, or OVF 0.9", .fails, "No machine is found.",
        fix: TargetFix.oneMachine, triggering: .collection
      ) { view in view.nested + view.namespaceHit(view.namespace == .ovf09) },
      TargetCondition(
        "incus-options", "deployment options of other processors or memory", .loss,
        "The last Item counts.", fix: TargetFix.oneOption, triggering: .moreProcessors
      ) { view in view.several([3, 4]) { $0.last } },
      TargetCondition(
        "incus-memory-unit", "memory", .loss, "The unit is ignored and decimal MB taken.",
        fix: "Set `limits.memory` after the import.", triggering: .sound(),
        passing: .edit("ResourceType>4<", "ResourceType>1<")
      ) { view in
        view.items(4).map { item in
          let number = item.field("VirtualQuantity")?.text ?? "?"
          return Hit(
            item.place, found: "\(number) × \(item.allocationUnits?.text ?? "no unit")",
            reads: "\(number) MB (10^6) of memory")
        }
      },
      TargetCondition(
        "incus-blank-disk", "a disk without a file", .fails, "The path of the disk is empty.",
        fix: TargetFix.blankDisk, triggering: .blankDisk
      ) { $0.blankDisks },
      TargetCondition(
        "incus-all-disks", "deployment options with disks of their own", .loss,
        "Every disk is imported.", fix: TargetFix.oneOption, triggering: .otherDevices
      ) { view in view.ofOptions(17) },
      TargetCondition(
        "incus-disk-format", "a first disk that is not a VMDK by its content", .fails,
        "The format is not supported.", fix: TargetFix.vmdk, triggering: .gzip
      ) { view in
        guard let first = view.package.disks.first else { return [] }
        if TargetView.isGzip(first.reference) {
          return [Hit(first.reference.reference.place, found: "gzip")]
        }
        return Array(
          view.contents { disk in
            switch disk.format {
            case .vmdkSparse, .vmdkCOWD, .vmdkSESparse, .vmdkDescriptor: false
            default: true
            }
          }.prefix(1))
      },
      TargetCondition(
        "incus-chunk", "a disk in chunks", .fails, "The file is not found.",
        fix: TargetFix.chunks, triggering: .chunks
      ) { $0.chunked },
      TargetCondition(
        "incus-sub-folder", "a member in a folder", .fails, "Its file cannot be created.",
        fix: "Put all files beside the descriptor.", triggering: .diskNamed("disks/web.vmdk")
      ) { view in
        view.members { $0.writtenName.drop { ".".contains($0) }.dropFirst().contains("/") }
      },
      TargetCondition(
        "incus-firmware", "EFI", .note, "The user is asked for the firmware.",
        fix: "Answer that the machine has UEFI.", triggering: .efi
      ) { $0.efi },
    ])

  /// oVirt and Red Hat Virtualization.
  static let oVirt = TargetProduct(
    id: "ovirt", title: "oVirt",
    basis: "oVirt engine 0111fc6 (2026-08): query_ova.py, OvfOvaReader.java, OvfReader.java",
    conditions: [
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
        "ovirt-pax", "an extended header (pax)", .fails, "Old versions do not find the file.",
        fix: TargetFix.ustar, basis: .reported("ovirt-engine#374"), releases: "old ones",
        triggering: .files(.ova, .dialect("web-disk1.vmdk", .pax))
      ) { view in view.members { $0.member?.dialect == .pax } },
    ], parts: [virtV2V])
}

extension TargetView {
  /// Whether every reference has its id under this literal prefix.
  func hasLiteralPrefix(_ prefix: String) -> Bool {
    guard let source = package.descriptor.source,
      let bytes = try? source.bytes(at: 0, count: Int(clamping: min(source.size, 1 << 20)))
    else { return true }
    return String(decoding: bytes, as: UTF8.self).contains("\(prefix):id=")
  }
}

extension Example {
  /// The namespace of Items.
  static let rasd =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"

  /// The standard's attributes have another prefix.
  static let otherPrefix = Example.files(
    .ova, .text("web.ovf", replacing: "xmlns:ovf=", with: "xmlns:o="),
    .text("web.ovf", replacing: " ovf:", with: " o:"))
}
