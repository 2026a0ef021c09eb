import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

private let sound = #"ovf:capacity="64" ovf:capacityAllocationUnits="byte * 2^20""#

extension Rule {
  /// No capacity.
  static let diskMissingCapacity = Rule(
    id: "disk-missing-capacity",
    group: .disks,
    title: "A Disk has no capacity",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why:
      "Importers make the disk in the declared size before they fill it, and refuse one without.",
    fix: "Write the disk's virtual size into `ovf:capacity`.",
    triggering: [Example(replacing: #" ovf:capacity="64""#, with: "")],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for disk in checked.package.envelope.disks where disk.capacity == nil && disk.oVirtSize == nil {
      findings.add("\(disk.title) has no capacity", at: disk.place, expected: "ovf:capacity")
    }
  }

  /// A capacity that is no number of bytes.
  static let diskBadCapacity = Rule(
    id: "disk-bad-capacity",
    group: .disks,
    title: "A Disk's capacity is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The capacity is a whole number of allocation units that fits 63 bits as bytes. Importers "
      + "stop at anything else; often it is a template's placeholder that nobody filled in.",
    fix: "Write the virtual size as a number, in bytes or with a unit such as `byte * 2^30`.",
    triggering: [
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="{{RAWSIZE}}""#),
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="-1""#),
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="9223372036854775807""#,
        caption: "with its units it passes 63 bits"),
      Example(replacing: #""byte * 2^20""#, with: #""sectors""#, caption: "a unit of nothing"),
      Example(replacing: #""byte * 2^20""#, with: #""hertz * 10^6""#, documented: false),
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="""#, documented: false),
    ],
    passing: [.sound(.folder), Example(replacing: sound, with: #"ovf:capacity="67108864""#)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let fault = envelope.capacityFault(of: disk), !fault.isUnresolved else { continue }
      let units = disk.capacityUnits.map { " (\($0.text))" } ?? ""
      let written = disk.capacity?.text ?? disk.oVirtSize?.text ?? ""
      findings.add(
        "the capacity '\(written)'\(units) of \(disk.title) \(fault)",
        at: disk.capacity?.place ?? disk.place, found: written)
    }
  }

  /// A capacity of zero.
  static let diskZeroCapacity = Rule(
    id: "disk-zero-capacity",
    group: .disks,
    title: "A Disk's capacity is zero",
    severity: .error,
    basis: .practice("ovftool's own test suite rejects it."),
    why: "A disk of no bytes cannot be made.",
    fix: "Write the disk's virtual size into `ovf:capacity`.",
    triggering: [Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="0""#)],
    passing: [.sound(.folder)]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let capacity = disk.capacity, envelope.capacityBytes(of: disk) == 0 else { continue }
      findings.add("the capacity of \(disk.title) is 0", at: capacity.place, found: capacity.text)
    }
  }

  /// A capacity by a property that gives none.
  static let diskUnresolvedCapacity = Rule(
    id: "disk-unresolved-capacity",
    group: .disks,
    title: "A Disk's capacity names a property without a value",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "The property's value is the capacity. Where there is no such property the disk has no "
      + "size; where it only has no value yet (said as info), whoever deploys has to give it.",
    fix: "Declare the property with a value, or write the number itself.",
    triggering: [
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="${disk.size}""#),
      Example(
        .folder,
        edits: [
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="${hostname}""#),
          .init(old: #" ovf:value="web">"#, new: ">"),
        ], [], caption: "a property without a value"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="${hostname}""#),
          .init(old: #"ovf:value="web">"#, new: #"ovf:value="64">"#),
        ], []),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let capacity = disk.capacity, let fault = envelope.capacityFault(of: disk),
        fault.isUnresolved
      else { continue }
      var severity: Severity?
      if case .propertyWithoutValue = fault { severity = .info }
      findings.add(
        "the capacity '\(capacity.text)' of \(disk.title) \(fault)", at: capacity.place,
        found: capacity.text, severity: severity)
    }
  }

  /// A populated size that is no number.
  static let diskBadPopulatedSize = Rule(
    id: "disk-bad-populatedsize",
    group: .disks,
    title: "A Disk's populated size is not a number of bytes",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "Importers parse it as a number of bytes and stop at anything else.",
    fix: "Write the number of bytes in use, or leave the attribute out.",
    triggering: [
      Example(
        replacing: #"ovf:capacity="64""#,
        with: #"ovf:capacity="64" ovf:populatedSize="${POPULATED}""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="64" ovf:populatedSize="131072""#),
    ]
  ) { checked, findings in
    for disk in checked.package.envelope.disks {
      guard let size = disk.populatedSize, let fault = size.fault else { continue }
      findings.add(
        "the populated size '\(size.text)' of \(disk.title) \(fault)", at: size.place,
        found: size.text)
    }
  }

  /// More in use than there is.
  static let diskPopulatedExceedsCapacity = Rule(
    id: "disk-populated-exceeds-capacity",
    group: .disks,
    title: "More of a Disk is in use than it holds",
    severity: .error,
    basis: .clause("DSP0243 9.1"),
    why: "`ovf:populatedSize` counts bytes whatever the units of the capacity are; more of them "
      + "than the capacity shows that one of the two is wrong. Some importers refuse it.",
    fix: "Correct `ovf:populatedSize`, or leave it out.",
    triggering: [
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="64" ovf:populatedSize="67108865""#)
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="64" ovf:populatedSize="67108864""#),
    ]
  ) { checked, findings in
    let envelope = checked.package.envelope
    for disk in envelope.disks {
      guard let size = disk.populatedSize, let populated = size.value,
        let capacity = envelope.capacityBytes(of: disk), populated > capacity, capacity > 0
      else { continue }
      findings.add(
        "\(disk.title) has \(populated) bytes in use and a capacity of \(capacity)",
        at: size.place, expected: "at most \(capacity)", found: size.text)
    }
  }

  /// Declared smaller than it is.
  static let diskCapacityTooSmall = Rule(
    id: "disk-capacity-too-small",
    group: .disks,
    title: "A Disk is declared smaller than its file says",
    severity: .error,
    basis: .practice("vSphere: 'Capacity of uploaded disk is larger than requested'."),
    why: "The importer makes a disk of the declared size, and the content does not fit.",
    fix: "Write the disk's virtual size into `ovf:capacity`, rounded up where the unit is coarse.",
    triggering: [Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="63""#)],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for (seen, declared, real) in checked.capacities where declared < real {
      findings.addCapacity(seen, declared, real)
    }
  }

  /// Declared larger than it is.
  static let diskCapacityTooLarge = Rule(
    id: "disk-capacity-too-large",
    group: .disks,
    title: "A Disk is declared larger than its file says",
    severity: .warning,
    basis: .practice("Wrong units have made templates that want to allocate 8,192 TB."),
    why: "The importer makes a disk of the declared size, more than the content has. Where it is "
      + "far more, bytes were taken for larger units.",
    fix: "Write the disk's virtual size into `ovf:capacity` and check its units.",
    triggering: [
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="67108864""#),
      Example(replacing: #"ovf:capacity="64""#, with: #"ovf:capacity="65""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: sound, with: #"ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^30""#,
        caption: "rounded up to whole units"),
    ]
  ) { checked, findings in
    for (seen, declared, real) in checked.capacities where declared > real {
      findings.addCapacity(seen, declared, real)
    }
  }

  /// The size of the file in place of the capacity.
  static let diskCapacityIsFileSize = Rule(
    id: "disk-capacity-is-file-size",
    group: .disks,
    title: "The size of a disk's file was taken for its capacity",
    severity: .error,
    basis: .practice("Tools that do not read a streamed disk's header write its file's size."),
    why: "The tool that wrote the descriptor did not understand the disk. The importer makes a "
      + "disk of the file's size, and the content does not fit.",
    fix: "Write the disk's virtual size into `ovf:capacity`: `ova disk FILE` tells it.",
    triggering: [
      Example(
        .folder, edits: [.init(old: sound, new: #"ovf:capacity="SIZE""#)], [])
    ],
    passing: [.sound(.folder)]
  ) { checked, findings in
    for seen in checked.seenDisks {
      guard let (declared, real) = checked.capacity(of: seen), checked.isFileSize(declared, seen)
      else { continue }
      findings.addCapacity(seen, declared, real)
    }
  }
}

extension Envelope {
  /// What is wrong with a disk's capacity in the first configuration where something is; of a disk
  /// that machines have, only where they have it.
  fileprivate func capacityFault(of disk: Disk) -> ValueFault? {
    guard case .property? = disk.capacity?.value else {
      return capacity(of: disk, in: defaultConfiguration)?.fault
    }
    let using = configurationIDs.filter { disks(in: $0).contains(disk.place) }
    for configuration in using.isEmpty ? configurationIDs : using {
      if case .failure(let fault) = capacity(of: disk, in: configuration) { return fault }
    }
    return nil
  }

  /// A disk's capacity in the default configuration, where it can be told.
  fileprivate func capacityBytes(of disk: Disk) -> UInt64? {
    try? capacity(of: disk, in: defaultConfiguration)?.get()
  }
}

extension Result where Failure == ValueFault {
  fileprivate var fault: ValueFault? {
    if case .failure(let fault) = self { return fault }
    return nil
  }
}

extension ValueFault {
  /// Whether it is about the property that a value names.
  fileprivate var isUnresolved: Bool {
    switch self {
    case .unknownProperty, .propertyWithoutValue: true
    default: false
    }
  }
}

extension CheckedPackage {
  /// Disks whose declared capacity is not the one of their file, for whatever reason but that the
  /// file's size was taken for it.
  fileprivate var capacities: [(seen: SeenDisk, declared: UInt64, real: UInt64)] {
    seenDisks.compactMap { seen in
      guard let (declared, real) = capacity(of: seen), !isFileSize(declared, seen) else {
        return nil
      }
      return (seen, declared, real)
    }
  }

  /// Declared and real capacity, where they differ by more than rounding up to whole units.
  fileprivate func capacity(of seen: SeenDisk) -> (declared: UInt64, real: UInt64)? {
    guard let declared = package.envelope.capacityBytes(of: seen.disk.disk), declared > 0,
      let real = seen.content.capacity, seen.content.format.isDisk, declared != real,
      !seen.faults.contains(where: { $0.family == .header || $0.family == .textMode })
    else { return nil }
    let unit = seen.unit
    if declared > real, declared - real < unit, declared % unit == 0 { return nil }
    return (declared, real)
  }

  /// Whether a capacity is the size of the disk's file, in whole units of at most a mebibyte.
  fileprivate func isFileSize(_ declared: UInt64, _ seen: SeenDisk) -> Bool {
    let sizes = [seen.content.fileSize, seen.disk.reference.storedSize ?? 0]
    let unit = seen.unit
    return sizes.contains { size in
      size > 0
        && (declared == size || unit <= 1 << 20 && declared > size && declared - size < unit)
    }
  }
}

extension SeenDisk {
  /// Bytes of the unit in which the capacity is written; 1 where there is none.
  fileprivate var unit: UInt64 {
    guard let unit = disk.disk.capacityUnits?.value, case .success(let bytes) = unit.baseUnits(1)
    else { return 1 }
    return max(bytes, 1)
  }
}

extension Findings {
  fileprivate mutating func addCapacity(_ seen: SeenDisk, _ declared: UInt64, _ real: UInt64) {
    let capacity = seen.disk.disk.capacity
    add(
      "\(seen.disk.disk.title) is declared with \(declared) bytes; '\(seen.name)' has \(real)",
      at: capacity?.place ?? seen.disk.disk.place, expected: "\(real) bytes",
      found: "\(declared) bytes")
  }
}
