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
        "cs-one-system", "no machine, or more than one", .fails, "Exactly one is taken.",
        fix: TargetFix.oneMachine, triggering: .twoMachines
      ) { view in view.systems.isEmpty ? [view.whole] : view.furtherSystems },
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
        "cs-boot-disk", "a boot disk whose file is not the first of the References", .loss,
        "The first file that is no ISO becomes the boot disk.",
        fix: "List the boot disk's file first.", triggering: .bootFromSecond,
        passing: .twoDisks()
      ) { view in
        let first = view.package.references.first { resolved in
          !(resolved.reference.href?.text ?? "").lowercased().hasSuffix("iso")
        }
        return view.bootDisks.compactMap { boot in
          guard let file = view.envelope.file(of: boot.disk), let first = first?.reference,
            file !== first
          else { return nil }
          return Hit(
            boot.item.place, found: file.href?.text, reads: "\(first.href?.text ?? "") to boot from"
          )
        }
      },
      TargetCondition(
        "cs-ovf-name", "more than one descriptor", .note,
        "The first of the unpacked folder is taken.",
        fix: "Leave one descriptor in the archive.",
        triggering: .files(.ova, .add("other.ovf", .text("<Envelope/>")))
      ) { view in
        Array(view.members { $0.writtenName.lowercased().hasSuffix(".ovf") }.dropFirst())
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
}
