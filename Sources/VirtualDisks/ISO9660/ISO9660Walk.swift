import OVABasics
import OVAByteSource

/// Goes through the directories of a volume, each once, and sees whether files lie in the image.
struct ISO9660Walk {
  let volume: ISO9660Volume
  let root: ISO9660Record
  private(set) var directories = 0
  private var seen: Set<UInt64> = []
  private var waiting: [(block: UInt64, bytes: UInt64)] = []

  init(volume: ISO9660Volume, root: ISO9660Record) {
    self.volume = volume
    self.root = root
  }

  mutating func run(_ look: inout StructureLook) throws(DiskError) {
    waiting = [(root.block, root.bytes)]
    // Each directory once, and in all no more than the file has bytes.
    var budget = look.fileBytes
    while let (block, bytes) = waiting.popLast() {
      guard seen.insert(block).inserted else { continue }
      let start = block * volume.blockBytes
      guard bytes <= budget else {
        look.diagnostics.add(
          .partOverlaps(part: "ISO 9660 directory", offset: start), at: start)
        return
      }
      budget -= bytes
      directories += 1
      var position: UInt64 = 0
      while position < bytes {
        let count = min(2048, bytes - position)
        let sector = try look.source.diskBytes(at: start + position, count: Int(count))
        guard !sector.isEmpty else { return }
        read(sector, at: start + position, &look)
        position += 2048
      }
    }
  }

  private mutating func read(_ sector: [UInt8], at place: UInt64, _ look: inout StructureLook) {
    var position = 0
    while position < sector.count, sector[position] != 0 {
      let length = Int(sector[position])
      guard length >= 34, position + length <= sector.count,
        let record = ISO9660Record(sector[position..<position + length])
      else {
        look.diagnostics.add(
          .entryInvalid(
            table: "ISO 9660 directory", index: UInt64(position), reason: "has no sensible length"),
          at: place + UInt64(position))
        return
      }
      if !record.isConsistent {
        look.diagnostics.add(
          .entryInvalid(
            table: "ISO 9660 directory", index: UInt64(position),
            reason: "has other numbers in the other byte order"), at: place + UInt64(position))
      } else {
        let start = record.block * volume.blockBytes
        if start + record.bytes > look.fileBytes, record.bytes > 0 {
          look.contains(
            "ISO 9660 file", at: start, count: record.bytes, field: place + UInt64(position))
        }
        if record.isDirectory, !record.isDots { waiting.append((record.block, record.bytes)) }
      }
      position += length
    }
  }
}
