import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

/// An uncompressed sparse disk under a format that fits it.
private let sparseFormat = Example.Edit(old: "#streamOptimized", new: "#monolithicSparse")
private let withoutSize = Example.Edit(old: #" ovf:size="SIZE""#, new: "")

extension Rule {
  /// The end of a disk is not there.
  static let diskTruncated = Rule(
    id: "disk-truncated",
    group: .disks,
    title: "A disk is cut short",
    severity: .error,
    basis: .practice("The commonest failure in the field: VERR_ZIP_CORRUPTED, 'unexpected EOF'."),
    why: "The disk's own structure leads past the end of its file: a copy or download stopped "
      + "early. The import fails late, or the machine lacks part of its data.",
    fix: "Fetch the disk again and compare its size and digest with the publisher's.",
    triggering: [
      Example(.ova, .content("web-disk1.vmdk", .shortened(by: 512))),
      Example(.ova, .content("web-disk1.vmdk", .shortened(by: 3000))),
      Example(
        .folder, edits: [sparseFormat, withoutSize],
        [
          .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse)),
          .content("web-disk1.vmdk", .shortened(by: 70_000)),
        ], documented: false),
      Example(
        .folder, edits: [.init(old: "#streamOptimized", new: "#monolithicFlat"), withoutSize],
        [
          .content("web-disk1.vmdk", .shapedDisk(.textDescriptor)),
          .add("web-disk1-flat.vmdk", .bytes([UInt8](repeating: 0, count: 4096))),
        ], caption: "a flat extent shorter than its descriptor says"),
    ],
    passing: [.sound(.ova), Example(.ova, .archive(.shortened(by: 2000)), documented: false)]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard let first = seen.faults(of: .truncation).first else { continue }
      let declared = seen.disk.reference.reference.size?.value
      let real = seen.disk.reference.storedSize
      findings.add(
        "'\(seen.name)': \(first.text)", at: first.place,
        expected: declared == real ? nil : declared.map { "\($0) bytes" },
        found: declared == real ? nil : real.map { "\($0) bytes" })
    }
  }

  /// The header makes no sense.
  static let diskHeaderDamaged = Rule(
    id: "disk-header-damaged",
    group: .disks,
    title: "A disk's header is damaged",
    severity: .error,
    basis: .practice("VMware's sparse format, as its tools and qemu-img read it."),
    why: "The header tells where everything else is. With a wrong value in it, readers refuse the "
      + "disk or read the wrong places.",
    fix: "Fetch the disk again, or convert it anew from its source.",
    triggering: [
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 20)), caption: "the grain size"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 7)), caption: "the version"),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 44)), documented: false),
      Example(.ova, .content("web-disk1.vmdk", .flipped(at: 300)), documented: false),
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .header) }
  }

  /// Footer and header contradict each other.
  static let diskFooterDamaged = Rule(
    id: "disk-footer-damaged",
    group: .disks,
    title: "The end of a streamed disk is damaged",
    severity: .error,
    basis: .practice("VMware's streamOptimized format: footer marker, footer, end of stream."),
    why: "A streamed disk keeps the place of its grain directory in a footer. Readers that open "
      + "it at random, and those that verify the stream, fail there.",
    fix: "Fetch the disk again, or convert it anew: `vmdk-convert`, `VBoxManage clonemedium`.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: -1012)), caption: "the footer's capacity"),
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: -1024)), caption: "the footer's signature"),
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .footer) }
  }

  /// Line ends were translated.
  static let diskTextModeDamage = Rule(
    id: "disk-text-mode-damage",
    group: .disks,
    title: "A disk was transferred as text",
    severity: .error,
    basis: .practice("VMware's sparse header carries four newline bytes to show this damage."),
    why: "A transfer in text mode changes every byte that looks like a line end; the disk is "
      + "damaged throughout.",
    fix: "Transfer the disk again in binary mode.",
    triggering: [Example(.ova, .content("web-disk1.vmdk", .flipped(at: 75)))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .textMode) }
  }

  /// A stream of an old version.
  static let diskVersionOld = Rule(
    id: "disk-version-old",
    group: .disks,
    title: "A streamed disk has an old header version",
    severity: .warning,
    basis: .practice("vSphere: 'Not a supported disk format (sparse VMDK version too old)'."),
    why: "Streamed disks have version 3. qemu-img before 2.5.1 wrote 1, which vSphere refuses.",
    fix: "Convert the disk with a current tool.",
    triggering: [Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.versionOne)))],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .version) }
  }

  /// Not closed.
  static let diskUnclean = Rule(
    id: "disk-unclean",
    group: .disks,
    title: "A disk was not closed by whoever wrote it",
    severity: .warning,
    basis: .practice("VMware's sparse header: uncleanShutdown."),
    why: "The machine was running, or the program crashed, when the disk was copied; what it holds "
      + "may be inconsistent.",
    fix: "Shut the machine down and export it again.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: 72)),
        .content("web-disk1.vmdk", .flipped(at: -952)))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .unclean) }
  }

  /// The tables lead astray.
  static let diskTablesDamaged = Rule(
    id: "disk-tables-damaged",
    group: .disks,
    title: "A disk's grain tables are damaged",
    severity: .error,
    basis: .practice("VMware's sparse format: every entry leads to the grain it names."),
    why: "The tables say where each part of the disk lies. Where they are wrong, a reader returns "
      + "other data than was stored, or zeros.",
    fix: "Fetch the disk again, or convert it anew from its source.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: -963)),
        caption: "the directory's place, in the footer"),
      Example(
        .folder, edits: [sparseFormat, withoutSize],
        [
          .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse)),
          .content("web-disk1.vmdk", .flipped(at: 59)),
        ], documented: false),
    ],
    passing: [
      .sound(.ova),
      Example(
        .folder, edits: [sparseFormat],
        [
          .content("web-disk1.vmdk", .shapedDisk(.monolithicSparse))
        ], documented: false),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .tables) }
  }

  /// A grain is not what was stored.
  static let diskGrainDamaged = Rule(
    id: "disk-grain-damaged",
    group: .disks,
    title: "A part of a disk is damaged",
    severity: .error,
    basis: .practice("VirtualBox: VERR_ZIP_CORRUPTED; qemu-img and vmdk-convert say nothing."),
    why: "A compressed grain does not give back what was stored: the transfer damaged it. Imports "
      + "fail in the middle, or the machine reads wrong data. Seen by `--deep` only.",
    fix: "Fetch the disk again; if it is so at the publisher's, tell them the offset.",
    triggering: [
      Example(
        .ova, .content("web-disk1.vmdk", .flipped(at: (128 << 9) + 40)),
        caption: "one bit of a grain")
    ],
    passing: [.sound(.ova), Example(.ova, .content("web-disk1.vmdk", .shapedDisk(.qemuStream)))]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .grains) }
  }

  /// Something follows the disk.
  static let diskTrailingData = Rule(
    id: "disk-trailing-data",
    group: .disks,
    title: "Something follows the end of a disk",
    severity: .error,
    basis: .practice("Nothing but zeros follows the last sector of a disk that was written whole."),
    why: "Bytes that belong to nothing: two files were joined, or the disk was written over a "
      + "longer one. Readers of the stream stop or fail there, and their digests differ.",
    fix: "Convert the disk anew, or cut the file at the end of the disk.",
    triggering: [
      Example(
        .ova, replacing: #" ovf:size="SIZE""#, with: "",
        .content("web-disk1.vmdk", .shapedDisk(.qemuStream)),
        .content("web-disk1.vmdk", .followed(by: [UInt8](repeating: 7, count: 512))))
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .trailingData) }
  }
}
