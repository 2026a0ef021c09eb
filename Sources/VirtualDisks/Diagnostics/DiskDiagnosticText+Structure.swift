import OVABasics

extension DiskDiagnosticKind {
  /// Name, weight and sentence of what is wrong with a disk of another format.
  var structureExplained: Explained? { partExplained ?? clusterExplained ?? neededExplained }

  private var partExplained: Explained? {
    switch self {
    case .valueInvalid(let part, let field, let expected, let found):
      (
        "valueInvalid", .damage,
        "the \(part)'s \(field) is \(found.forDisplay), not \(expected)"
      )
    case .valueUnusual(let part, let field, let expected, let found):
      (
        "valueUnusual", .doubt,
        "the \(part)'s \(field) is \(found.forDisplay); usual is \(expected)"
      )
    case .checksumDiffers(let part, let expected, let found):
      (
        "checksumDiffers", .damage,
        "the \(part) has checksum \(found.hexadecimal), and says \(expected.hexadecimal)"
      )
    case .copyDamaged(let part, let reason):
      ("copyDamaged", .doubt, "the \(part) cannot be used, the other copy can: \(reason)")
    case .partOutside(let part, let offset, let bytes, let fileBytes):
      (
        "partOutside", .damage,
        "the \(part) (\(bytes) bytes from \(offset)) lies outside the file of \(fileBytes) bytes"
      )
    case .partMisaligned(let part, let offset, let unit):
      (
        "partMisaligned", .damage,
        "the \(part) begins at \(offset), which is not a multiple of \(unit)"
      )
    case .partOverlaps(let part, let offset):
      ("partOverlaps", .damage, "the \(part) at \(offset) overlaps another part")
    case .entryInvalid(let table, let index, let reason):
      ("entryInvalid", .damage, "entry \(index) of the \(table) \(reason)")
    case .partitionOutside(let number, let end, let fileSectors):
      (
        "partitionOutside", .damage,
        "the file is cut short: partition \(number) ends at sector \(end), the file at "
          + "\(fileSectors)"
      )
    case .volumeEmpty:
      ("volumeEmpty", .note, "the volume has no root directory: a machine sees an empty CD")
    case .volumeCutShort(let expected, let found):
      (
        // Some tools leave out the 150 sectors of padding that the volume counts.
        "volumeCutShort", expected > found.addingWithin(150 * 2048) ?? .max ? .damage : .doubt,
        "the file is cut short: its volume has \(expected) bytes, the file \(found)"
      )
    default: nil
    }
  }

  private var clusterExplained: Explained? {
    switch self {
    case .referenceCount(let offset, let expected, let found):
      (
        "referenceCount", .damage,
        "the cluster at \(offset) is used \(expected) times and counted \(found) times"
      )
    case .clustersLeaked(let count):
      (
        "clustersLeaked", .note,
        "\(count == 1 ? "1 cluster is" : "\(count) clusters are") counted as used and nothing "
          + "uses \(count == 1 ? "it" : "them"): only room is lost"
      )
    case .clustersBeyondEnd(let count):
      (
        "clustersBeyondEnd", .doubt,
        "\(count == 1 ? "1 cluster is" : "\(count) clusters are") stored behind the end of the "
          + "disk: its size may be wrong"
      )
    case .copiedFlag(let offset, let references):
      (
        "copiedFlag", .damage,
        "the entry for the cluster at \(offset), which is used \(references) times, says "
          + "\(references == 1 ? "that it is shared" : "that it is used once")"
      )
    case .clusterDamaged(let address):
      (
        "clusterDamaged", .damage,
        "the compressed cluster for offset \(address) of the disk does not inflate to a cluster: "
          + "its data is damaged"
      )
    case .markedCorrupt:
      ("markedCorrupt", .damage, "it is marked as corrupt by a program that used it")
    case .logPending:
      (
        "logPending", .doubt,
        "its log holds changes that were not yet written to the disk: it was not closed"
      )
    case .savedState:
      ("savedState", .doubt, "it was saved together with the state of a running machine")
    default: nil
    }
  }

  private var neededExplained: Explained? {
    switch self {
    case .changesTo(let base):
      (
        "changesTo", .damage,
        "it holds only the changes to another disk" + (base.map { " ('\($0.forDisplay)')" } ?? "")
      )
    case .baseOutside(let name):
      (
        "baseOutside", .damage,
        "it needs '\(name.forDisplay)', a path of the host or outside the package"
      )
    case .baseMissing(let name):
      ("baseMissing", .damage, "it needs the backing file '\(name.forDisplay)', which is not there")
    default: nil
    }
  }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// The number the way headers are printed.
  var hexadecimal: String { "0x" + Hex.text(number: self) }
}
