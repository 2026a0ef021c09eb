import OVABasics
import OVAByteSource

/// The internal snapshots of a QCOW2 disk.
enum QCOW2Snapshots {
  /// Reads the table of snapshots and the L1 tables that it leads to.
  /// - Parameter found: called with the place of each L2 table, as often as one leads to it.
  static func read(
    _ header: QCOW2Header, clusterBytes: UInt64, _ look: inout StructureLook,
    _ references: inout QCOW2References, found: (UInt64) -> Void
  ) throws(DiskError) {
    var position = header.snapshotsOffset
    // Linear in the file, whatever the snapshots claim.
    var budget = look.fileBytes
    for _ in 0..<header.snapshotCount {
      guard let fixed = try look.read("snapshot table", at: position, count: 40, field: 64) else {
        return
      }
      let l1Offset = fixed.bigNumber(at: 0, 8)
      let l1Bytes = fixed.bigNumber(at: 8, 4) * 8
      let names = fixed.bigNumber(at: 12, 2) + fixed.bigNumber(at: 14, 2)
      let extra = fixed.bigNumber(at: 36, 4)
      // The padding behind the last need not be there.
      let needed = 40 + extra + names
      let length = (needed + 7) / 8 * 8
      guard extra <= 1 << 16,
        look.contains("snapshot table", at: position, count: needed, field: 64)
      else { return }
      look.expect(
        l1Offset % clusterBytes == 0 && l1Bytes <= QCOW2Header.mostL1Bytes, "snapshot table",
        "L1 table", "one that begins with a cluster", found: "\(l1Bytes) bytes from \(l1Offset)",
        at: position)
      if l1Offset % clusterBytes == 0, l1Bytes > 0, l1Bytes <= min(QCOW2Header.mostL1Bytes, budget),
        let table = try look.read(
          "snapshot's L1 table", at: l1Offset, count: l1Bytes, field: position)
      {
        budget -= l1Bytes
        references.count(
          offset: l1Offset, bytes: l1Bytes, clusterBytes: clusterBytes, look.fileBytes)
        for index in 0..<table.count / 8 {
          let target = table.bigNumber(at: index * 8, 8) & QCOW2Entry.offset
          guard target > 0 else { continue }
          let place = l1Offset + UInt64(index) * 8
          if target % clusterBytes != 0 {
            look.diagnostics.add(
              .partMisaligned(part: "L2 table", offset: target, unit: clusterBytes), at: place)
          } else if look.contains("L2 table", at: target, count: clusterBytes, field: place) {
            found(target)
          }
        }
      }
      position += length
    }
    references.count(
      offset: header.snapshotsOffset, bytes: min(position, look.fileBytes) - header.snapshotsOffset,
      clusterBytes: clusterBytes, look.fileBytes)
    let count = header.snapshotCount
    look.verification.checked.append(
      count == 1 ? "1 internal snapshot" : "\(count) internal snapshots")
  }
}
