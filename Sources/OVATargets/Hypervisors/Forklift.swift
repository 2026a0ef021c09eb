import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// Forklift and the Migration Toolkit for Virtualization.
  static let forklift = TargetProduct(
    id: "forklift", title: "Forklift (MTV)",
    basis: "Forklift d42511bb (2026-08): cmd/provider-common, adapter/ovfbase, validation policies",
    conditions: forkliftConditions, parts: [virtV2V])

  private static let vbox = "http://www.virtualbox.org/ovf/machine"

  private static let forkliftConditions: [TargetCondition] = [
    TargetCondition(
      "ff-depth", "a place in a share", .unknown,
      "An archive below more than one folder, or a descriptor below more than two, is not seen.",
      fix: "Put the archive into the share or a folder of it, or the descriptor one folder deeper.",
      dependsOn: "where in the share it lies", triggering: .sound(),
      holdsForEvery: "a package does not say where it will be put"
    ) { view in [Hit(view.package.descriptor.place)] },
    TargetCondition(
      "ff-young", "a time of the last change", .unknown,
      "A file that was written less than 30 seconds ago is left out until the next look.",
      fix: "Wait for the next look.", dependsOn: "when it was copied into the share",
      triggering: .sound(),
      holdsForEvery: "every file was written at some time, and the share gives it a new one"
    ) { view in [Hit(view.package.descriptor.place)] },
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
    ) { $0.encodingBeyondGo },
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
      fix: TargetFix.plainStructure, triggering: .collection
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
      fix: "Attach the further disks after the migration.", triggering: .blankDisks(165)
    ) { view in Array(view.disks(beyond: 165).prefix(1)) },
    TargetCondition(
      "ff-source", "namespaces of another producer than VMware", .note,
      "The policy is meant to warn of it; in the version that was read the warning does not fire.",
      fix: TargetFix.checkAfterwards, basis: .unsure("by reading"),
      triggering: .edit(" xmlns:ovf=", " xmlns:vbox=\"\(vbox)\" xmlns:ovf=")
    ) { view in
      let makers: [(namespace: String, isVMware: Bool)] = [
        ("http://www.citrix.com/xenclient/ovf/1", false),
        ("http://schemas.citrix.com/ovf/envelope/1", false), (vbox, false),
        ("http://www.ovirt.org/ovf", false), ("http://www.ovirt.org/ovf/", false),
        ("http://www.vmware.com/schema/ovf", true),
      ]
      let declared = view.declaredNamespaces
      let first = declared.lazy.compactMap { namespace in
        makers.first { $0.namespace == namespace }
      }.first
      guard first?.isVMware != true else { return [] }
      return [Hit(view.envelope.place, found: first?.namespace ?? "no producer's namespace")]
    },
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
  /// True if it is `byte` with factors `* N` and `* B^E`, without blanks around `^`.
  var isFactorsOfByte: Bool {
    wholeMatch(of: /byte(\s*\*\s*[0-9]+(\^[0-9]+)?)*/) != nil
  }

  /// True if it may name a host: letters, digits, dots and hyphens, neither end a dot or hyphen.
  var isHostName: Bool {
    utf8.count < 64 && wholeMatch(of: /([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?)?/) != nil
  }
}

extension TargetView {
  /// The descriptor, where it declares an encoding that Go's XML decoder refuses: each but UTF-8,
  /// spelled so.
  var encodingBeyondGo: [Hit] {
    guard let encoding = envelope.declaredEncoding, encoding.lowercased() != "utf-8" else {
      return []
    }
    return [Hit(package.descriptor.place, found: encoding)]
  }

  /// The descriptor, where it declares another encoding than UTF-8.
  var otherEncoding: [Hit] {
    guard let encoding = envelope.declaredEncoding,
      !["utf-8", "utf8", "us-ascii"].contains(encoding.lowercased())
    else { return [] }
    return [Hit(package.descriptor.place, found: encoding)]
  }
}
