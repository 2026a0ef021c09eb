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
        "Nothing of the machine is read.", fix: TargetFix.oneMachine, triggering: .collection
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
        "The disk is not found in the archive.", fix: TargetFix.ustar,
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

  /// Forklift and the Migration Toolkit for Virtualization.
  static let forklift = TargetProduct(
    id: "forklift", title: "Forklift (MTV)",
    basis: "Forklift d42511bb (2026-08): cmd/provider-common, adapter/ovfbase, validation policies",
    conditions: forkliftConditions, parts: [virtV2V])

  private static let forkliftConditions: [TargetCondition] = [
    TargetCondition(
      "ff-one-ovf", "more than one descriptor", .fails, "The migration fails.",
      fix: "Leave one descriptor in each folder.", basis: .documented("ova-prerequisites.adoc"),
      triggering: .files(.ova, .add("other.ovf", .text("<Envelope/>")))
    ) { view in
      Array(view.members { $0.writtenName.lowercased().hasSuffix(".ovf") }.dropFirst())
    },
    TargetCondition(
      "ff-first-ovf", "another file before the descriptor whose name ends in `.ovf`", .fails,
      "The package does not appear.", fix: "Remove it: `ova fix PATH --write NEW.ova`.",
      triggering: .files(
        .ova, .add("._web.ovf", .text("x")), .order(["._web.ovf", "web.ovf"]))
    ) { view in view.firstDescriptorIsOther { $0.lowercased().hasSuffix(".ovf") } },
    TargetCondition(
      "ff-encoding", "a descriptor in another encoding than UTF-8", .fails,
      "The package does not appear; a log line says why.", fix: TargetFix.utf8,
      triggering: .edit("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")
    ) { $0.otherEncoding },
    TargetCondition(
      "ff-int32", "a quantity above 2147483647, or one that is no number", .fails,
      "The package does not appear.", fix: "Write the quantity in a larger unit, in digits.",
      triggering: .edit(">2048<", ">2147483648<")
    ) { view in
      view.items.filter { item in
        guard let text = item.field("VirtualQuantity")?.text, !text.isEmpty else { return false }
        return Int32(text) == nil
      }.map { $0.hit("VirtualQuantity") }
    },
    TargetCondition(
      "ff-capacity-text", "a capacity or populated size that is no number", .fails,
      "The package does not appear.", fix: "Write the capacity in digits.",
      triggering: .edit("ovf:capacity=\"64\"", "ovf:capacity=\"${size}\"")
    ) { view in
      view.capacitiesInWords
        + view.disks.filter { $0.populatedSize != nil && $0.populatedSize?.value == nil }
        .map { Hit($0.place, found: $0.populatedSize?.text) }
    },
    TargetCondition(
      "ff-disk-name", "disks whose files are listed in another order", .loss,
      "Each disk gets the name of the file at its position.",
      fix: "List the Disks in the order in which the References list their files.",
      triggering: .twoDisks(inFront: true), passing: .twoDisks()
    ) { view in
      zip(view.disks, view.envelope.files).filter { disk, file in
        view.envelope.file(of: disk) !== file
      }.map {
        Hit($0.place, found: $0.fileReference?.text, reads: "the file \($1.href?.text ?? "")")
      }
    },
    TargetCondition(
      "ff-disk-panic", "more Disks than Files", .fails,
      "The list of packages fails, for all packages.", fix: TargetFix.blankDisk,
      triggering: .blankDisk
    ) { view in view.disks(beyond: view.envelope.files.count) },
    TargetCondition(
      "ff-all-disks", "more than one machine", .loss, "Every machine gets all disks.",
      fix: TargetFix.oneMachine, triggering: .twoMachines
    ) { $0.furtherSystems },
    TargetCondition(
      "ff-options", "deployment options of other processors or memory", .loss,
      "The last Item counts.", fix: TargetFix.oneOption, triggering: .moreProcessors
    ) { view in view.several([3, 4]) { $0.last } },
    TargetCondition(
      "ff-structure", "a collection, or OVF 0.9", .fails, "No machine is found.",
      fix: TargetFix.oneMachine, triggering: .collection
    ) { view in view.nested + view.namespaceHit(view.namespace == .ovf09) },
    TargetCondition(
      "ff-memory-unit", "memory in a unit that Forklift does not read", .fails,
      "The machine is not made: the units are invalid.",
      fix: "Write `byte * 2^20`, without blanks around `^`.",
      triggering: .memoryUnit("byte * 2 ^ 20"), passing: .memoryUnit("MegaBytes")
    ) { view in
      view.items(4).filter { item in
        let text = item.field("AllocationUnits")?.text ?? ""
        return !(text.isEmpty || text.lowercased() == "megabytes" || text.isFactorsOfByte)
      }.map { $0.hit("AllocationUnits") }
    },
    TargetCondition(
      "ff-capacity-unit", "a capacity in a unit that Forklift does not read", .fails,
      "The machine is not made: the units are invalid.",
      fix: "Write `byte * 2^20`, without blanks around `^`.",
      triggering: .edit("capacityAllocationUnits=\"byte * 2^20\"", "capacityAllocationUnits=\"MB\"")
    ) { view in
      view.disks.filter { disk in disk.capacityUnits.map { !$0.text.isFactorsOfByte } ?? false }
        .map { Hit($0.place, found: $0.capacityUnits?.text) }
    },
    TargetCondition(
      "ff-capacity-zero", "a capacity of zero", .fails, "The policy calls the capacity invalid.",
      fix: "Write the disk's capacity.",
      triggering: .edit("ovf:capacity=\"64\"", "ovf:capacity=\"0\"")
    ) { view in
      view.disks.filter { $0.capacity?.value == .number(0) }.map { Hit($0.place, found: "0") }
    },
    TargetCondition(
      "ff-disk-count", "more than 165 disks", .note, "The policy warns of it.",
      fix: "Attach the further disks after the migration.", triggering: nil
    ) { view in Array(view.disks(beyond: 165).prefix(1)) },
    TargetCondition(
      "ff-name", "a name that is no host name of at most 63 characters", .loss,
      "The machine is renamed, with a warning.",
      fix: "Name the machine with letters, digits, `.` and `-`.",
      triggering: .edit("<Name>web</Name>", "<Name>web server</Name>")
    ) { view in
      view.systems.compactMap { system in
        guard let name = system.name, !name.text.isHostName else { return nil }
        return Hit(system.place, found: name.text, reads: "another name")
      }
    },
  ]
}

extension String {
  /// Whether it is `byte` with factors `* N` and `* B^E`, without blanks around `^`.
  var isFactorsOfByte: Bool {
    wholeMatch(of: /byte(\s*\*\s*[0-9]+(\^[0-9]+)?)*/) != nil
  }

  /// Whether it may name a host: letters, digits, dots and hyphens, neither end a dot or hyphen.
  var isHostName: Bool {
    utf8.count < 64 && wholeMatch(of: /([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?)?/) != nil
  }
}

extension TargetView {
  /// The descriptor, where it declares another encoding than UTF-8.
  var otherEncoding: [Hit] {
    guard let encoding = envelope.declaredEncoding,
      !["utf-8", "utf8", "us-ascii"].contains(encoding.lowercased())
    else { return [] }
    return [Hit(package.descriptor.place, found: encoding)]
  }
}
