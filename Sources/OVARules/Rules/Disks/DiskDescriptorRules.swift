import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor
import VirtualDisks

/// A disk that is a text with these extent lines.
private func text(_ extents: String, createType: String = "monolithicFlat") -> Example.Change {
  .content(
    "web-disk1.vmdk",
    .text(
      """
      # Disk DescriptorFile
      version=1
      CID=12345678
      parentCID=ffffffff
      createType="\(createType)"
      \(extents)
      ddb.adapterType = "lsilogic"

      """))
}
private let flat = Example.Edit(old: "#streamOptimized", new: "#monolithicFlat")
private let withoutSize = Example.Edit(old: #" ovf:size="SIZE""#, new: "")
private let soundFlat = Example(
  .folder,
  edits: [flat, withoutSize, .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#)],
  [
    text(#"RW 2048 FLAT "web-disk1-flat.vmdk" 0"#),
    .add("web-disk1-flat.vmdk", .bytes([UInt8](repeating: 0, count: 1 << 20))),
  ], documented: false)

extension Rule {
  /// The text inside a disk is not as it should be.
  static let diskDescriptorMalformed = Rule(
    id: "disk-descriptor-malformed",
    group: .disks,
    title: "The text that describes a disk is malformed",
    severity: .error,
    basis: .practice("VMware's disk descriptor; VirtualBox and Player refuse rewritten ones."),
    why: "The descriptor inside a VMDK tells its kind, extents and parent. Importers parse it "
      + "strictly, and a line that they cannot read ends the import.",
    fix: "Convert the disk anew, or restore the descriptor's original text and padding.",
    triggering: [
      Example(
        .folder, edits: [flat, withoutSize],
        [text("RW many FLAT \"web-disk1-flat.vmdk\" 0")], caption: "an extent without a size")
    ],
    passing: [.sound(.ova), soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .descriptor) }
  }

  /// An extent that leads to the host.
  static let diskExtentOutside = Rule(
    id: "disk-extent-outside",
    group: .disks,
    title: "A disk reads files of the host",
    severity: .error,
    basis: .practice("A VMDK's extents are paths, and products open what they name."),
    why: "Whoever opens this disk reads a file or device of their own machine as its content: "
      + "`/dev/sda`, `/etc/shadow`. It was not opened here.",
    fix: "Do not import the package. If it is yours, convert the disk to streamOptimized.",
    triggering: [
      Example(
        .folder, edits: [flat, withoutSize], [text(#"RW 131072 FLAT "/etc/shadow" 0"#)]),
      Example(.folder, edits: [flat, withoutSize], [text(#"RW 131072 FLAT "/dev/sda" 0"#)]),
      Example(
        .folder, edits: [flat, withoutSize], [text(#"RW 131072 FLAT "../../secret.img" 0"#)]),
    ],
    passing: [.sound(.ova), soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .dangerousExtent) }
  }

  /// An extent that is not shipped.
  static let diskExtentMissing = Rule(
    id: "disk-extent-missing",
    group: .disks,
    title: "The data of a disk is not in the package",
    severity: .error,
    basis: .practice("A text descriptor has no data: `disk.vmdk` needs its `disk-flat.vmdk`."),
    why: "The file is only the description of a disk; the file with its data was left behind.",
    fix: "Convert the disk to one file: `qemu-img convert -O vmdk -o subformat=streamOptimized`.",
    triggering: [
      Example(
        .folder, edits: [flat, withoutSize],
        [.content("web-disk1.vmdk", .shapedDisk(.textDescriptor))])
    ],
    passing: [.sound(.ova), soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks {
      findings.add(seen, .missingExtent)
      if seen.content.format == .vmdkDescriptor { findings.add(seen, .otherFormat) }
    }
  }

  /// An extent that is shipped and not listed.
  static let diskExtentUnlisted = Rule(
    id: "disk-extent-unlisted",
    group: .disks,
    title: "The data of a disk lies in a file that the descriptor does not list",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers copy the files of the References. The disk's text would arrive without its "
      + "data, which is in another file.",
    fix: "Convert the disk to one file: `qemu-img convert -O vmdk -o subformat=streamOptimized`.",
    triggering: [soundFlat.shown],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let listed = Set(checked.package.references.compactMap { $0.file?.path })
    for disk in checked.package.disks {
      for path in Set(disk.extentFiles.map(\.path))
      where !listed.contains(path) && checked.package.file(at: path) != nil {
        findings.add(
          "the data of '\(disk.reference.hrefText)' is in '\(path.text)', which is not listed",
          at: disk.reference.reference.place, expected: "a File for '\(path.text)'")
      }
    }
  }

  /// A difference without what it differs from.
  static let diskParentUndeclared = Rule(
    id: "disk-parent-undeclared",
    group: .disks,
    title: "A disk holds only the changes to another",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The file was exported from a snapshot or a linked clone. Without its parent, which the "
      + "descriptor does not name, most of the disk is missing.",
    fix: "Consolidate the machine's snapshots and export it again.",
    triggering: [
      Example(
        .ova, edits: [withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.withParent))])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks where seen.disk.disk.parentReference == nil {
      findings.add(seen, .parent)
    }
  }

  /// The kind of disk is not the declared one.
  static let diskFormatMismatch = Rule(
    id: "disk-format-mismatch",
    group: .disks,
    title: "A disk is of another kind than the descriptor says",
    severity: .warning,
    basis: .clause("DSP0243 9.1"),
    why: "Importers choose the reader by `ovf:format`. A hosted sparse disk declared "
      + "streamOptimized fails on upload, or at power-on with 'unsupported disk type'.",
    fix: "Convert the disk to streamOptimized, or write the kind that it is into `ovf:format`.",
    triggering: [
      Example(
        .ova, edits: [withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.monolithicSparse))]),
      Example(.ova, replacing: "#streamOptimized", with: "#monolithicSparse"),
    ],
    passing: [
      .sound(.ova), soundFlat,
      Example(
        .ova, edits: [withoutSize, .init(old: "#streamOptimized", new: "#monolithicSparse")],
        [.content("web-disk1.vmdk", .shapedDisk(.monolithicSparse))], documented: false),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks where seen.content.format.isVMDK {
      if !seen.faults(of: .createType).isEmpty {
        findings.add(seen, .createType)
        continue
      }
      guard let format = seen.disk.disk.format, let declared = format.text.vmdkKind,
        let real = seen.content.createType, real != "sparse" || declared == "streamoptimized",
        real.lowercased() != declared
      else { continue }
      let isStream = seen.content.header?.isCompressed ?? false
      findings.add(
        "'\(seen.name)' is \(real), declared is \(format.text)",
        at: format.place, expected: real, found: format.text,
        severity: declared == "streamoptimized" && !isStream ? .error : nil)
    }
  }

  /// Made for another controller.
  static let diskAdapterMismatch = Rule(
    id: "disk-adapter-mismatch",
    group: .disks,
    title: "A disk was made for another controller than it hangs on",
    severity: .info,
    basis: .practice("`ddb.adapterType`, which qemu-img sets to 'ide' unless told."),
    why: "vSphere goes by the descriptor; desktop products that attach the disk as it is may put "
      + "it on the controller that it names, where the guest has no driver.",
    fix: "Convert with the right type: `qemu-img convert -o adapter_type=lsilogic`.",
    triggering: [
      Example(
        .ova, edits: [withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.ideAdapter))])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    let hardware = envelope.virtualSystems.compactMap {
      envelope.hardware(of: $0, in: envelope.defaultConfiguration)
    }
    for seen in checked.seenDisks {
      guard let adapter = seen.content.descriptor?.adapterType, adapter.lowercased() == "ide" else {
        continue
      }
      for device in hardware.flatMap(\.disks) {
        guard case .disk(let disk, _) = device.backing, disk.place == seen.disk.disk.place,
          let bus = device.slot?.bus, bus == .scsi || bus == .nvme
        else { continue }
        findings.add(
          "'\(seen.name)' was made for '\(adapter)' and hangs on \(bus.rawValue.uppercased())",
          at: seen.disk.filePlace, expected: bus.rawValue, found: adapter)
      }
    }
  }

  /// Zeros after the end of the stream.
  static let diskDigestAmbiguous = Rule(
    id: "disk-digest-ambiguous",
    group: .disks,
    title: "Zeros after a streamed disk make digests ambiguous",
    severity: .warning,
    basis: .practice("ovftool and Workstation digest up to the end of the stream."),
    why: "`qemu-img` pads the file with zeros after the last grain. VMware's stream reader stops "
      + "before them, so its digest is not that of the file and the manifest 'does not match'.",
    fix: "Rewrite the disk with `vmdk-convert` or `VBoxManage clonemedium`, or ship no manifest.",
    triggering: [
      Example(
        .ova, edits: [withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.qemuStream))])
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, edits: [withoutSize],
        [.content("web-disk1.vmdk", .shapedDisk(.qemuStream)), .remove("web.mf")],
        caption: "without a manifest nothing is compared"),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard seen.content.shape == .directoryAtFront, let rest = seen.content.bytesAfterStream,
        rest > 0, !seen.disk.reference.isGzip, seen.faults(of: .trailingData).isEmpty,
        case .file(let file) = seen.disk.reference.target,
        checked.isListed(href: seen.name, file)
      else { continue }
      findings.add(
        "\(rest) bytes follow the end of the stream in '\(seen.name)'",
        at: seen.disk.filePlace.at(offset: seen.content.fileSize - rest), found: "\(rest) bytes")
    }
  }
}

extension String {
  /// The kind of VMDK that a format's URI names after its `#`, in lower case; nil for others and
  /// for kinds of version 0.9, which name no createType.
  var vmdkKind: String? {
    let text = lowercased()
    guard text.contains("/interfaces/specifications/vmdk.html#") else { return nil }
    let kind = text.split(separator: "#", maxSplits: 1).last.map(String.init) ?? ""
    let known = Set(DiskDescriptor.knownCreateTypes.map { $0.lowercased() })
    return known.contains(kind) ? kind : nil
  }
}

extension Example {
  /// The same example, on the rule's page.
  fileprivate var shown: Example {
    var example = self
    example.documented = true
    return example
  }
}
