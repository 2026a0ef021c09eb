public import OVABasics
public import OVAByteSource

extension DeepDiskCheck {
  /// Reads a file from front to back and checks it.
  /// - Parameters:
  ///   - source: the file.
  ///   - limits: bounds on the descriptor.
  ///   - workers: how many grains are inflated at a time.
  /// - Throws: `DiskError` when the bytes cannot be had.
  public static func run(
    _ source: any ByteSource, limits: Limits = Limits(), workers: Int = 1
  ) throws(DiskError) -> DeepDiskResult {
    let check = DeepDiskCheck(
      name: source.name, size: source.size, limits: limits, pool: InflatePool(workers: workers))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { unsafe buffer.deallocate() }
    var position: UInt64 = 0
    while position < source.size {
      let count: Int
      do throws(ByteSourceError) {
        count = unsafe try source.read(at: position, into: buffer)
      } catch {
        throw DiskError(error)
      }
      if count == 0 { break }
      unsafe check.consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      position += UInt64(count)
    }
    return check.finish(source: source)
  }
}

extension DeepDiskCheck {
  /// Returns the result of reading a file that is no hosted sparse VMDK; nil where it may be one
  /// all the same.
  /// - Parameter source: the file, when it can be read again.
  func finishOther(source: (any ByteSource)?) -> DeepDiskResult? {
    guard position > 0, !unit.has("KDMV") else { return nil }
    var look = StructureLook(source ?? MemorySource(unit, name: name), isDeep: true)
    if let source {
      do throws(DiskError) {
        let format = try DiskFormat.recognize(source)
        if let reader = format.structureReader {
          try reader.judge(&look)
          if format.mayBeRaw, hasOnlyZeros { look.diagnostics.add(.onlyZeros, at: 0) }
        } else {
          look.verification.unchecked.append("\(format.name), whose structure is not read here")
        }
      } catch {
        look.verification.unchecked.append("what could not be read again: \(error.reason)")
      }
    } else {
      look.verification.unchecked.append("its structure, which passed in a stream")
    }
    if let declaredSize, position < declaredSize {
      look.diagnostics.add(
        .truncated(missing: declaredSize - position, atLeast: false), at: position)
    }
    return DeepDiskResult(
      isChecked: look.verification.isComplete, header: nil, descriptor: nil,
      diagnostics: look.diagnostics.kept.sorted { $0.place < $1.place },
      diagnosticCount: look.diagnostics.count,
      grains: Int(clamping: look.structure.blocks ?? 0),
      allocatedBytes: look.structure.allocatedBytes ?? 0, storedBytes: 0, bytesRead: position,
      verification: look.verification, structure: look.structure)
  }

  /// Reads an extent whose data lies in it as it is, which has nothing to be judged by.
  private static func readFlat(_ source: any ByteSource) throws(DiskError) -> DeepDiskResult {
    let check = DeepDiskCheck(name: source.name)
    var position: UInt64 = 0
    while position < source.size {
      let piece = try source.diskBytes(at: position, count: 1 << 20)
      if piece.isEmpty { break }
      position += UInt64(piece.count)
    }
    return DeepDiskResult(
      isChecked: true, header: nil, descriptor: nil, diagnostics: [], diagnosticCount: 0, grains: 0,
      allocatedBytes: position, storedBytes: position, bytesRead: position,
      verification: DiskVerification(checked: ["\(check.name), read to its end"]), structure: nil)
  }

  /// Checks each file of a disk.
  fileprivate static func all(
    of disk: VirtualDisk, limits: Limits, workers: Int
  ) throws(DiskError) -> [DeepDiskResult] {
    guard disk.format == .vmdkDescriptor else {
      return [try run(disk.source, limits: limits, workers: workers)]
    }
    var results: [DeepDiskResult] = []
    for part in disk.parts {
      switch part.storage {
      case .sparse(let extent):
        results.append(try run(extent.source, limits: limits, workers: workers))
      case .unread(let source, _):
        results.append(try run(source, limits: limits, workers: workers))
      case .flat(let source, _): results.append(try readFlat(source))
      case .zero, .missing: break
      }
    }
    return results
  }
}

extension VirtualDisk {
  /// Reads the whole file and checks every grain; see `DeepDiskCheck`.
  /// - Throws: `DiskError` when the bytes cannot be had.
  public func deepCheck(
    limits: Limits = Limits(), workers: Int = 1
  ) throws(DiskError) -> DeepDiskResult {
    try DeepDiskCheck.run(source, limits: limits, workers: workers)
  }

  /// Reads every file that the disk lies in and checks each.
  /// - Returns: a result for each file, in the order of the extents; those of extents that are
  ///   nowhere or not there are left out, of which `verification(with:)` tells.
  /// - Throws: `DiskError` when the bytes cannot be had.
  public func deepChecks(
    limits: Limits = Limits(), workers: Int = 1
  ) throws(DiskError) -> [DeepDiskResult] {
    try DeepDiskCheck.all(of: self, limits: limits, workers: workers)
  }

  /// Returns what reading all files of the disk has verified of it, and what not.
  public func verification(with results: [DeepDiskResult]) -> DiskVerification {
    var all = DiskVerification()
    for result in results {
      all.checked += result.verification.checked
      for reason in result.verification.unchecked where !all.unchecked.contains(reason) {
        all.unchecked.append(reason)
      }
    }
    if let descriptor, format == .vmdkDescriptor {
      if let key = descriptor.encryption {
        all.unchecked.append("its contents, which are encrypted (\(key.forDisplay))")
      }
      if descriptor.hasParent { all.unchecked.append("what it takes from its parent") }
      let isMissing = parts.contains { if case .missing = $0.storage { true } else { false } }
      if isMissing { all.unchecked.append("extents that are not there or were not opened") }
      if parts.isEmpty { all.unchecked.append("its contents, of which it names no file") }
    } else if results.isEmpty {
      all.unchecked.append("its contents, which were not read")
    }
    if diagnostics.contains(where: { $0.weight == .damage })
      || results.contains(where: { $0.diagnostics.contains { $0.weight == .damage } })
    {
      all.unchecked.append("all of its contents, since it is damaged")
    }
    return all
  }
}
