import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// Conditions of the ways into Proxmox: the upload, the listing and `qm importovf`.
  static let proxmoxWays: [TargetCondition] = [
    TargetCondition(
      "px-upload", "an archive whose name does not end in `.ova`", .fails,
      "It cannot be uploaded, and is not listed as an archive.", fix: "Name the archive `.ova`.",
      triggering: .files(.ova, .archive(.named("web.tar")))
    ) { view in
      let name = view.archiveName
      return name.isEmpty || name == "-" || name.lowercased().hasSuffix(".ova")
        ? [] : [Hit(view.package.descriptor.place, found: name)]
    },
    TargetCondition(
      "px-upload-folder", "a descriptor beside its files", .note,
      "The upload takes archives alone.",
      fix: "Copy the folder's files into the storage's `import` folder by hand.",
      triggering: .sound(.folder)
    ) { view in view.package.isArchive ? [] : [Hit(view.package.descriptor.place)] },
    TargetCondition(
      "px-upload-list", "an archive in which no name ends in `.ovf` in lower case", .fails,
      "The upload is refused: there is no descriptor inside.", fix: TargetFix.lowerCase,
      triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
    ) { view in
      view.package.isArchive && !view.members.contains { $0.writtenName.hasSuffix(".ovf") }
        ? view.upperCaseDescriptor : []
    },
    TargetCondition(
      "px-line-break", "two parts of a tag that a line break alone separates", .fails,
      "The lines are read and joined without their breaks, and the two become one word.",
      fix: "Put a blank behind the line break.",
      basis: .unsure("by reading OVF.pm and run_command; not tried"),
      triggering: .edit("<File ovf:id=\"file1\" ", "<File ovf:id=\"file1\"\n"),
      passing: .edit("<File ovf:id=\"file1\" ", "<File ovf:id=\"file1\"\n ")
    ) { view in view.package.isArchive ? view.tagsBrokenByLines : [] },
    TargetCondition(
      "px-importovf", "an archive", .unknown,
      "`qm importovf` takes a descriptor beside its files, no archive.",
      fix: "Unpack it for `qm importovf`, or import it from a storage.",
      dependsOn: "whether it is imported with `qm importovf`", triggering: .sound(),
      passing: .sound(.folder), version: 2
    ) { view in view.package.isArchive ? [Hit(view.package.descriptor.place)] : [] },
    TargetCondition(
      "px-importovf-file", "a file that is missing or that a link leads out to", .fails,
      "The file is refused.", fix: "Put the file beside the descriptor.",
      triggering: Example(.folder, edits: [], [.remove("web-disk1.vmdk")]),
      passing: .sound(.folder)
    ) { view in
      view.package.isArchive
        ? []
        : view.diskFiles { resolved in
          switch resolved.target {
          case .missing, .leadsOut, .unsafe: true
          default: false
          }
        }
    },
    TargetCondition(
      "px-guest", "a guest system that is not among Proxmox's 54 numbers of CIM", .note,
      "The guest becomes \"other\"; VMware's identifier is not read.",
      fix: "Choose the guest's type in the wizard.",
      triggering: .edit(
        "OperatingSystemSection ovf:id=\"94\"", "OperatingSystemSection ovf:id=\"1\"")
    ) { view in view.guests(otherThan: proxmoxGuests) },
  ]

  /// The numbers of CIM_OperatingSystem that become a type of Proxmox's.
  private static let proxmoxGuests: Set<UInt16> = Set([18, 29, 36, 58, 67] as [UInt16])
    .union(69...77).union(79...85).union([87]).union(89...101).union([103]).union(105...109)
    .union(111...123)
}

extension TargetView {
  /// The guest systems whose number is not one of these.
  func guests(otherThan known: Set<UInt16>) -> [Hit] {
    systems.compactMap { system in
      guard let guest = system.operatingSystem, let id = guest.id?.value, !known.contains(id) else {
        return nil
      }
      return Hit(guest.id?.place ?? system.place, found: "\(id)")
    }
  }
}
