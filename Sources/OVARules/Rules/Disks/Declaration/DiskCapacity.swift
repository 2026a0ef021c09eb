import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension CheckedPackage {
  /// Returns the fault in a disk's capacity in the first configuration where there is one; of a
  /// disk that machines have, only where they have it.
  func capacityFault(of disk: Disk) -> ValueFault? {
    guard case .property? = disk.capacity?.value else {
      return envelope.capacity(of: disk, in: envelope.defaultConfiguration)?.fault
    }
    let using = disksByConfiguration.filter { $0.disks.contains(disk.place) }
    for (configuration, _) in using.isEmpty ? disksByConfiguration : using {
      if case .failure(let fault) = envelope.capacity(of: disk, in: configuration) { return fault }
    }
    return nil
  }
}

extension Envelope {
  /// A disk's capacity in the default configuration, where it can be determined.
  func capacityBytes(of disk: Disk) -> UInt64? {
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
  /// True if it is about the property that a value names.
  var isUnresolved: Bool {
    switch self {
    case .unknownProperty, .propertyWithoutValue: true
    default: false
    }
  }
}

extension CheckedPackage {
  /// Disks whose declared capacity is not the one of their file, for whatever reason but that the
  /// file's size was taken for it.
  var capacities: [(seen: SeenDisk, declared: UInt64, real: UInt64)] {
    cached(.capacities) {
      seenDisks.compactMap { seen in
        guard let (declared, real) = capacity(of: seen), !isFileSize(declared, seen) else {
          return nil
        }
        return (seen, declared, real)
      }
    }
  }

  /// Declared and real capacity, where they differ by more than rounding up to whole units.
  func capacity(of seen: SeenDisk) -> (declared: UInt64, real: UInt64)? {
    guard let declared = package.envelope.capacityBytes(of: seen.disk.disk), declared > 0,
      let real = seen.realCapacity, declared != real,
      !seen.diagnostics.contains(where: { $0.family == .header || $0.family == .textMode })
    else { return nil }
    let unit = seen.unit
    if declared > real, declared - real < unit, declared % unit == 0 { return nil }
    return (declared, real)
  }

  /// Returns whether a capacity is the size of the disk's file, in whole units of at most a
  /// mebibyte.
  func isFileSize(_ declared: UInt64, _ seen: SeenDisk) -> Bool {
    let sizes = [seen.content.fileSize, seen.disk.reference.storedSize ?? 0]
    let unit = seen.unit
    return sizes.contains { size in
      size > 0
        && (declared == size || unit <= 1 << 20 && declared > size && declared - size < unit)
    }
  }
}

extension SeenDisk {
  /// The capacity that the bytes tell. A raw disk is as large as its file; without a partition
  /// table only the declared format tells that it is one.
  fileprivate var realCapacity: UInt64? {
    if content.format.isDisk { return content.capacity }
    return isRawAsDeclared ? content.fileSize : nil
  }

  /// True if it is declared as a raw disk and may be one. Of a disk in chunks the chunks are
  /// judged.
  var isRawAsDeclared: Bool {
    guard case .file = disk.reference.target else { return false }
    return disk.disk.format?.text.declaredKind == .raw && content.format.mayBeRaw
      && content.fileSize > 0
  }

  /// Bytes of the unit in which the capacity is written; 1 where there is none.
  fileprivate var unit: UInt64 {
    guard let unit = disk.disk.capacityUnits?.value, case .success(let bytes) = unit.baseUnits(1)
    else { return 1 }
    return max(bytes, 1)
  }
}

extension Findings {
  /// Adds a finding on a disk that has another capacity than the declared one.
  mutating func addCapacity(_ seen: SeenDisk, _ declared: UInt64, _ real: UInt64) {
    let capacity = seen.disk.disk.capacity
    // Every byte of a raw disk is in its file: fewer bytes are a disk that was cut short.
    let isCut = seen.isRawAsDeclared && declared > real
    add(
      "\(seen.disk.disk.title) is declared with \(declared) bytes; '\(seen.name)' has \(real)"
        + (isCut ? ": the raw disk is cut short, or declared too large" : ""),
      at: capacity?.place ?? seen.disk.disk.place, expected: "\(real) bytes",
      found: "\(declared) bytes", severity: isCut ? .error : nil,
      fix: isCut
        ? "Fetch or export the disk again; where it is whole, write its size into `ovf:capacity`."
        : nil)
  }
}
