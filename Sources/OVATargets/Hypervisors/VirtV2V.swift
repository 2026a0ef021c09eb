import OVAArchive
import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// virt-v2v, reading an archive or a folder with `-i ova`.
  static let virtV2V = TargetProduct(
    id: "virt-v2v", title: "virt-v2v",
    basis: "virt-v2v 71376bdb (2026-08): input/OVA.ml, OVF.ml, input_ova.ml",
    conditions: [
      TargetCondition(
        "v2v-container", "an archive that does not begin with a tar header of POSIX or GNU", .fails,
        "The file format is unsupported: the magic number `ustar` is looked for.",
        fix: TargetFix.ustar, basis: .source("virt-v2v: the detection of file types"),
        triggering: .files(.ova, .dialect("web.ovf", .v7)),
        passing: .files(.ova, .dialect("web.ovf", .gnu))
      ) { view in
        view.members.prefix(1).filter { $0.member?.dialect == .v7 }
          .map { Hit($0.place, found: "a header of Seventh Edition Unix") }
      },
      TargetCondition(
        "v2v-ovf-count", "no file ending in `.ovf` in lower case, or more than one", .fails,
        "The descriptor is not found, or not certain.", fix: TargetFix.lowerCase,
        triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
      ) { view in
        let found = view.members { file in
          let name = file.writtenName.split(separator: "/").last ?? ""
          return name.hasSuffix(".ovf") && !name.hasPrefix("._")
        }
        guard view.package.isArchive else { return view.upperCaseDescriptor }
        return found.isEmpty ? view.upperCaseDescriptor : Array(found.dropFirst())
      },
      TargetCondition(
        "v2v-compressed", "a compressed disk", .note,
        "The whole archive is unpacked first, which takes time and space.",
        fix: "Decompress the file to save both.", triggering: .gzip
      ) { view in view.diskFiles(TargetView.isGzip) },
      TargetCondition(
        "v2v-compression-value", "a compression other than `gzip` and `identity`", .fails,
        "The compression is unsupported, an empty one too.",
        fix: "Remove `ovf:compression`.",
        triggering: .edit("ovf:size=\"SIZE\"", "ovf:size=\"SIZE\" ovf:compression=\"\"")
      ) { view in
        view.diskFiles { resolved in
          guard let value = resolved.reference.compression?.text else { return false }
          return value != "gzip" && value != "identity"
        }
      },
      TargetCondition(
        "v2v-structure", "a machine that is not directly in an envelope of OVF 1", .loss,
        "Nothing of the machine is read.", fix: TargetFix.plainStructure, triggering: .collection
      ) { view in
        (view.namespaceHit(view.namespace != .ovf1) + view.nested).map {
          Hit($0.place, found: $0.found, reads: "1 CPU, 1 TiB of memory and no disks")
        }
      },
      TargetCondition(
        "v2v-memory-unit", "memory in another unit than 2^20 bytes", .loss,
        "The unit is ignored and MiB taken.", fix: TargetFix.mebibytes,
        triggering: .memoryUnit("byte * 2^30")
      ) { $0.memoryTakenForMebibytes },
      TargetCondition(
        "v2v-options-hardware", "deployment options of other processors or memory", .loss,
        "The first Item of any option counts.", fix: TargetFix.oneOption,
        triggering: .moreProcessors
      ) { view in view.several([3, 4]) { $0.first } },
      TargetCondition(
        "v2v-options-devices", "deployment options with disks or adapters of their own", .loss,
        "Those of all options are taken.", fix: TargetFix.oneOption, triggering: .otherDevices
      ) { view in view.ofOptions(10, 17) },
      TargetCondition(
        "v2v-host-resource", "a disk item whose HostResource is no `ovf:/disk/ID` or `/disk/ID`",
        .fails, "The HostResource cannot be parsed.", fix: TargetFix.hostResource,
        triggering: .edit("ovf:/disk/disk1", "ovf://disk/disk1"),
        passing: .edit("ovf:/disk/disk1", "/disk/disk1")
      ) { view in
        view.diskItems.filter { item in
          let text = item.field("HostResource")?.text ?? ""
          return !text.hasPrefix("ovf:/disk/") && !text.hasPrefix("/disk/")
        }.map { $0.hit("HostResource") }
      },
      TargetCondition(
        "v2v-blank-disk", "a disk of the machine without a file", .fails,
        "The reference to the file cannot be parsed.", fix: TargetFix.blankDisk,
        triggering: .blankDisk
      ) { view in
        view.diskItems.filter { item in
          view.disk(of: item).map { view.envelope.file(of: $0) == nil } ?? false
        }.map(\.hit)
      },
      TargetCondition(
        "v2v-dot-slash", "members whose names begin with `./`", .fails,
        "The disk is not found in the archive.", fix: TargetFix.dotSlash,
        triggering: .files(.ova, .rename("web-disk1.vmdk", to: "./web-disk1.vmdk"))
      ) { view in view.members { $0.writtenName.hasPrefix("./") } },
      TargetCondition(
        "v2v-chunk", "a disk in chunks", .loss,
        "The last chunk is taken for a snapshot: the disk is corrupt.", fix: TargetFix.chunks,
        triggering: .chunks
      ) { $0.chunked },
      TargetCondition(
        "v2v-disk-order", "disk items that are not in the order of their places", .loss,
        "The places are ignored: the disks come in another order.",
        fix: "Write the disk items in the order of AddressOnParent.",
        triggering: .edits([
          (
            Example.hardwareEnd,
            Example.item(
              "", ("AddressOnParent", "0"), ("ElementName", "Hard disk 2"),
              ("HostResource", "ovf:/disk/disk1"), ("InstanceID", "14"), ("Parent", "3"),
              ("ResourceType", "17")) + Example.hardwareEnd
          ), ("AddressOnParent>0<", "AddressOnParent>1<"),
        ])
      ) { view in
        zip(view.diskItems, view.diskItems.dropFirst()).filter { a, b in
          guard a.parent?.text == b.parent?.text, let first = a.slot, let second = b.slot else {
            return false
          }
          return first > second
        }.map { $1.hit("AddressOnParent") }
      },
      TargetCondition(
        "v2v-nvme", "a disk on an NVMe controller", .loss, "It is taken for SATA.",
        fix: TargetFix.scsi, triggering: .nvme
      ) { view in
        view.diskItems(on: \.isNVMe).map { Hit($0.place, reads: "a SATA disk") }
      },
      TargetCondition(
        "v2v-parent-type", "a disk on no IDE, SCSI or SATA controller", .note,
        "The disk is taken without a controller, with a warning.",
        fix: "Write the controller's InstanceID as Parent.",
        triggering: .edit("<rasd:Parent>3<", "<rasd:Parent>77<")
      ) { view in
        view.diskItems.filter { !(view.parent(of: $0)?.isOf([5, 6, 20]) ?? false) }
          .map { $0.hit("Parent") }
      },
      TargetCondition(
        "v2v-firmware-value", "a firmware other than `bios` and `efi`", .fails,
        "The value is refused.", fix: "Write `bios` or `efi`.",
        triggering: .edit(
          Example.hardwareEnd, Example.config("firmware", "EFI") + Example.hardwareEnd)
      ) { view in
        view.settings(.config, "firmware").filter {
          !["bios", "efi"].contains($0.value?.text ?? "")
        }.map { Hit($0.place, found: $0.value?.text) }
      },
      TargetCondition(
        "v2v-secureboot", "secure boot or a TPM", .loss, "They are dropped.",
        fix: TargetFix.afterwards, triggering: .tpm
      ) { view in view.secureBoot + view.tpms },
      TargetCondition(
        "v2v-manifest-digest", "a SHA-1 or SHA-256 digest that is not the file's", .fails,
        "The archive is called corrupt.", fix: TargetFix.digest, triggering: .damaged
      ) { view in view.contradictions { $0 == .sha1 || $0 == .sha256 } },
      TargetCondition(
        "v2v-manifest-skipped", "digests of other algorithms, or lines in another form", .note,
        "They are not verified.", fix: TargetFix.ownManifest,
        triggering: .files(.ova, .algorithm("SHA512"))
      ) { view in
        view.entries { entry in
          entry.form != .standard || !["SHA1", "SHA256"].contains(entry.algorithmText)
            || entry.deviations.contains(.blanksAfterEquals)
            || entry.deviations.contains(.noBlankAfterEquals)
        }
      },
      TargetCondition(
        "v2v-manifest-absent-file", "an entry for a file that is not there", .note,
        "It warns.", fix: "Remove the line, or add the file.",
        triggering: .files(
          .ova, .sealManifest,
          .text(
            "web.mf", replacing: "SHA256(web.ovf)",
            with: "SHA256(gone.iso)= " + String(repeating: "0", count: 64) + "\nSHA256(web.ovf)"))
      ) { view in
        (view.checked.manifestFacts?.lines ?? []).filter { $0.comparison == .noFile }
          .map { Hit($0.entry.place, found: $0.entry.fileName) }
      },
      TargetCondition(
        "v2v-name-blank", "a member whose name begins with a blank or has a line break", .fails,
        "The listing of tar cannot be parsed.", fix: TargetFix.plainName,
        basis: .unsure("by reading"), triggering: .files(.ova, .add(" notes.txt", .text("x")))
      ) { view in
        view.members { $0.writtenName.hasPrefix(" ") || $0.writtenName.contains("\n") }
      },
      TargetCondition(
        "v2v-href-escape", "an href that leads out of the package", .fails,
        "The file is refused.", fix: "Put the file beside the descriptor.",
        triggering: Example(
          .folder,
          edits: [.init(old: "ovf:href=\"web-disk1.vmdk\"", new: "ovf:href=\"../web-disk1.vmdk\"")],
          [])
      ) { view in
        view.references { resolved in
          switch resolved.target {
          case .unsafe, .leadsOut: true
          default: false
          }
        }
      },
    ])
}
