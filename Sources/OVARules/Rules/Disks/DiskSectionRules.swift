import OVABasics
import OVAPackage
import OVFDescriptor

/// A second disk without content beside the sound one.
private func second(_ attributes: String) -> Example.Edit {
  Example.Edit(old: "</DiskSection>", new: "<Disk \(attributes)/></DiskSection>")
}
private let usesSecond = Example.Edit(
  old: "<rasd:InstanceID>4</rasd:InstanceID>",
  new: """
    <rasd:InstanceID>4</rasd:InstanceID>
            <rasd:Parent>3</rasd:Parent>
            <rasd:ResourceType>17</rasd:ResourceType>
          </Item>
          <Item>
            <rasd:AddressOnParent>1</rasd:AddressOnParent>
            <rasd:ElementName>Hard disk 2</rasd:ElementName>
            <rasd:HostResource>ovf:/disk/disk2</rasd:HostResource>
            <rasd:InstanceID>6</rasd:InstanceID>
    """)
private let blank = #"ovf:diskId="disk2" ovf:capacity="1073741824""#

extension Rule {
  /// A `Disk` without an id.
  static let diskMissingID = Rule(
    id: "disk-missing-id",
    group: .disks,
    title: "A Disk has no id",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "Machines mean a disk by its id; one without can hang on nothing.",
    fix: "Give the `Disk` an `ovf:diskId` and let an `Item` refer to it.",
    triggering: [Example(replacing: #" ovf:diskId="disk1""#, with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for disk in checked.package.envelope.disks where disk.id?.text.isEmpty ?? true {
      findings.add("a Disk has no id", at: disk.place, expected: "ovf:diskId")
    }
  }

  /// Two `Disk`s with one id.
  static let diskDuplicateID = Rule(
    id: "disk-duplicate-id",
    group: .disks,
    title: "Two Disks have one id",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "It is not clear which of them a machine means; importers take one or refuse the package.",
    fix: "Give each `Disk` an id of its own, and correct the Items that refer to it.",
    triggering: [
      Example(.folder, edits: [second(#"ovf:diskId="disk1" ovf:capacity="1073741824""#)], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    var seen: [[UInt8]: Disk] = [:]
    for disk in checked.package.envelope.disks {
      guard let id = disk.id, !id.text.isEmpty else { continue }
      guard let first = seen[Array(id.text.utf8)] else {
        seen[Array(id.text.utf8)] = disk
        continue
      }
      findings.add(
        "the id '\(id.text)' is already that of the Disk in line \(first.place.line ?? 0)",
        at: id.place, found: id.text)
    }
  }

  /// A `fileRef` to no `File`.
  static let diskDanglingFileReference = Rule(
    id: "disk-dangling-fileref",
    group: .disks,
    title: "A Disk refers to a File that there is not",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The disk's content cannot be found; importers refuse the package or make a blank disk.",
    fix: "List the file in the References, or correct `ovf:fileRef`.",
    triggering: [Example(replacing: #"ovf:fileRef="file1""#, with: #"ovf:fileRef="file9""#)],
    passing: [.sound(.folder), Example(.folder, edits: [second(blank), usesSecond], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let reference = disk.fileReference, !reference.text.isEmpty,
        envelope.file(of: disk) == nil
      else { continue }
      findings.add(
        "\(disk.title) refers to the File '\(reference.text)', which there is not",
        at: reference.place, expected: "the id of a File", found: reference.text)
    }
  }

  /// An empty `fileRef`.
  static let diskEmptyFileReference = Rule(
    id: "disk-empty-fileref",
    group: .disks,
    title: "A Disk's reference to a file is empty",
    severity: .warning,
    basis: .practice("VMware's own appliances have it; products take the disk for blank."),
    why: "A blank disk has no `ovf:fileRef`. An empty one is read as blank by some and as a "
      + "dangling reference by others.",
    fix: "Remove the attribute for a blank disk, or name the file.",
    triggering: [
      Example(
        .folder,
        edits: [second(blank + #" ovf:fileRef="""#), usesSecond], [])
    ],
    passing: [.sound(.folder), Example(.folder, edits: [second(blank), usesSecond], [])]
  ) { checked, findings in
    for disk in checked.package.envelope.disks {
      guard let reference = disk.fileReference, reference.text.isEmpty else { continue }
      findings.add("\(disk.title) has an empty fileRef", at: reference.place)
    }
  }

  /// Two disks with one file.
  static let diskDuplicateFileReference = Rule(
    id: "disk-duplicate-fileref",
    group: .disks,
    title: "Two Disks have the same file",
    severity: .warning,
    basis: .practice("ovftool rejects it; packages with deployment options rely on it."),
    why: "Each disk is made from its file; that two are made from one is rarely meant, and some "
      + "importers refuse it. Where no configuration has both, it is said as info.",
    fix: "Give each `Disk` a file of its own, or use one `Disk`.",
    triggering: [
      Example(
        .folder,
        edits: [
          second(
            #"ovf:diskId="disk2" ovf:fileRef="file1" ovf:capacity="67108864" "#
              + #"ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#
          ), usesSecond,
        ], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    let together = envelope.disksByConfiguration
    var seen: [[UInt8]: Disk] = [:]
    for disk in envelope.disks {
      guard let reference = disk.fileReference, !reference.text.isEmpty else { continue }
      guard let first = seen[Array(reference.text.utf8)] else {
        seen[Array(reference.text.utf8)] = disk
        continue
      }
      let isShared = together.contains { $0.contains(first.place) && $0.contains(disk.place) }
      findings.add(
        "\(disk.title) has the file '\(reference.text)', as \(first.title) has",
        at: reference.place, found: reference.text,
        severity: isShared || envelope.deploymentOptions.isEmpty ? nil : .info)
    }
  }

  /// A `parentRef` to no `Disk`.
  static let diskDanglingParent = Rule(
    id: "disk-dangling-parentref",
    group: .disks,
    title: "A Disk's parent is not in the package",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why:
      "The disk holds only the changes to its parent; without it most of the content is missing.",
    fix: "Add the parent, or consolidate the snapshots and export again.",
    triggering: [
      Example(replacing: #"ovf:diskId="disk1""#, with: #"ovf:diskId="disk1" ovf:parentRef="base""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [second(blank + #" ovf:parentRef="disk1""#), usesSecond], []),
    ]
  ) { checked, findings in
    for disk in checked.package.envelope.disks {
      guard let parent = disk.parentReference, !parent.text.isEmpty,
        checked.package.envelope.disk(id: parent.text) == nil
      else { continue }
      findings.add(
        "\(disk.title) has the parent '\(parent.text)', which there is not", at: parent.place,
        expected: "the id of a Disk", found: parent.text)
    }
  }

  /// Disks that are each other's parents.
  static let diskParentCycle = Rule(
    id: "disk-parent-cycle",
    group: .disks,
    title: "Disks are each other's parents",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "A chain of parents has to end in a disk that is whole; this one has no end.",
    fix: "Correct `ovf:parentRef`.",
    triggering: [
      Example(
        replacing: #"ovf:diskId="disk1""#, with: #"ovf:diskId="disk1" ovf:parentRef="disk1""#),
      Example(
        .folder,
        edits: [
          .init(old: #"ovf:diskId="disk1""#, new: #"ovf:diskId="disk1" ovf:parentRef="disk2""#),
          second(blank + #" ovf:parentRef="disk1""#), usesSecond,
        ], [], documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [second(blank + #" ovf:parentRef="disk1""#), usesSecond], []),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    // Each disk is walked over once: 1 is on the way, 2 is done.
    var state: [Place: Int] = [:]
    for start in envelope.disks {
      var path: [Disk] = []
      var next: Disk? = start
      while let disk = next, state[disk.place] == nil {
        state[disk.place] = 1
        path.append(disk)
        next = disk.parentReference.flatMap { envelope.disk(id: $0.text) }
      }
      if let last = next, state[last.place] == 1 {
        let cycle = path.drop { $0.place != last.place }.compactMap { $0.id?.text }
        findings.add(
          "the parents of \(last.title) lead back to it: \(cycle.joined(separator: " → "))",
          at: last.parentReference?.place ?? last.place)
      }
      for disk in path { state[disk.place] = 2 }
    }
  }

  /// A disk that no machine has.
  static let diskUnused = Rule(
    id: "disk-unused",
    group: .disks,
    title: "No machine uses a Disk",
    severity: .info,
    basis: .clause("DSP0243 9.1"),
    why: "The disk is shipped and uploaded and hangs on nothing, in no configuration.",
    fix: "Add an `Item` that refers to it, or remove the `Disk` and its file.",
    triggering: [Example(.folder, edits: [second(blank)], [])],
    passing: [.sound(.folder), Example(.folder, edits: [second(blank), usesSecond], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    let parents = envelope.disks.compactMap { disk in
      disk.parentReference.flatMap { envelope.disk(id: $0.text)?.place }
    }
    let used = envelope.usedDisks.union(parents)
    for disk in envelope.disks where !used.contains(disk.place) {
      // A second disk of one id is said as that.
      if let id = disk.id?.text, let first = envelope.disk(id: id), first.place != disk.place {
        continue
      }
      guard disk.id?.text.isEmpty == false else { continue }
      findings.add("no machine uses \(disk.title)", at: disk.place)
    }
  }

  /// A disk that hangs in two places.
  static let diskUsedTwice = Rule(
    id: "disk-used-twice",
    group: .disks,
    title: "Two devices use one Disk",
    severity: .warning,
    basis: .clause("DSP0243 9.1"),
    why: "Importers make a disk for each device and fill both from one file, or refuse the second. "
      + "A disk that machines share is declared in a SharedDiskSection.",
    fix: "Give each device a `Disk` of its own, or declare the disk as shared.",
    triggering: [
      Example(
        .folder,
        edits: [usesSecond, .init(old: "ovf:/disk/disk2", new: "ovf:/disk/disk1")], [])
    ],
    passing: [.sound(.folder), Example(.folder, edits: [second(blank), usesSecond], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    var said: Set<Place> = []
    for configuration in envelope.configurationIDs {
      var first: [Place: Device] = [:]
      for system in envelope.virtualSystems {
        for device in envelope.hardware(of: system, in: configuration)?.disks ?? [] {
          guard case .disk(let disk, _) = device.backing, !disk.isShared else { continue }
          guard let earlier = first[disk.place] else {
            first[disk.place] = device
            continue
          }
          guard said.insert(device.item.place).inserted else { continue }
          findings.add(
            "\(disk.title) already hangs on the device in line \(earlier.item.place.line ?? 0)",
            at: device.item.place, found: disk.id?.text)
        }
      }
    }
  }

  /// A disk with content and no format.
  static let diskMissingFormat = Rule(
    id: "disk-missing-format",
    group: .disks,
    title: "A Disk does not say its format",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "Importers choose how to read the file by `ovf:format`; without it they refuse the disk.",
    fix: "Add `ovf:format`, for a VMDK `http://www.vmware.com/interfaces/specifications/"
      + "vmdk.html#streamOptimized`.",
    triggering: [
      Example(
        replacing:
          #" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized""#,
        with: "")
    ],
    passing: [.sound(.folder), Example(.folder, edits: [second(blank), usesSecond], [])]
  ) { checked, findings in
    let envelope = checked.package.envelope
    guard envelope.dialect != .oVirt else { return }
    for disk in envelope.disks where disk.format?.text.isEmpty ?? true {
      guard let reference = disk.fileReference?.text, !reference.isEmpty else { continue }
      findings.add("\(disk.title) has a file and no format", at: disk.place, expected: "ovf:format")
    }
  }

  /// A format that nobody knows.
  static let diskUnknownFormat = Rule(
    id: "disk-unknown-format",
    group: .disks,
    title: "A Disk's format is not one that importers know",
    severity: .warning,
    basis: .practice("ovftool: \"Not supported value 'vmdk.html#' for attribute 'format'\"."),
    why: "Importers compare the URI letter by letter; one that they do not know, or one that ends "
      + "at its `#`, is refused.",
    fix: "Write `http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized`, or "
      + "the URI of the format that it is.",
    triggering: [
      Example(replacing: "vmdk.html#streamOptimized", with: "vmdk.html#"),
      Example(
        replacing: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
        with: "vmdk"),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "vmdk.html#streamOptimized", with: "vmdk.html#monolithicSparse",
        documented: false),
    ]
  ) { checked, findings in
    guard checked.package.envelope.dialect != .oVirt else { return }
    for disk in checked.package.envelope.disks {
      guard let format = disk.format, !format.text.isEmpty, !format.text.isKnownDiskFormat else {
        continue
      }
      findings.add(
        "the format '\(format.text)' of \(disk.title) is not known", at: format.place,
        found: format.text)
    }
  }
}

extension Disk {
  /// The disk, as a sentence names it.
  var title: String { id.map { "the disk '\($0.text)'" } ?? "a disk without an id" }
}

extension String {
  /// Whether it is the URI of a disk format that products know.
  fileprivate var isKnownDiskFormat: Bool {
    let text = lowercased()
    if vmdkKind != nil { return true }
    if text.contains("/specifications/vmdk.html#") {
      // Version 0.9 has words of its own.
      return ["sparse", "compressed", "flat"].contains { text.hasSuffix("#" + $0) }
    }
    let known = ["vhdspec", "vhd", "vhdx", "qcow", "ecma-119", "iso9660", "raw", "vdi"]
    return text.hasPrefix("http") && known.contains { text.contains($0) }
  }
}

extension Envelope {
  /// The disks that some item of some machine has, in whatever configuration.
  var usedDisks: Set<Place> {
    var used: Set<Place> = []
    for item in virtualSystems.flatMap(\.hardwareSections).flatMap(\.items) {
      for resource in item.hostResources {
        guard let value = resource.value, case .disk(let disk, _) = backing(of: value) else {
          continue
        }
        used.insert(disk.place)
      }
    }
    return used
  }

  /// For each configuration, the disks that machines have in it.
  fileprivate var disksByConfiguration: [Set<Place>] {
    configurationIDs.map { disks(in: $0) }
  }

  /// The ids of the deployment options; nil where there are none.
  var configurationIDs: [String?] {
    let options = deploymentOptions.compactMap(\.id?.text)
    return options.isEmpty ? [nil] : options
  }

  /// The disks that machines have in a configuration.
  func disks(in configuration: String?) -> Set<Place> {
    var used: Set<Place> = []
    for system in virtualSystems {
      for device in hardware(of: system, in: configuration)?.disks ?? [] {
        if case .disk(let disk, _) = device.backing { used.insert(disk.place) }
      }
    }
    return used
  }
}
