import OVABasics
import OVAByteSource

/// The footer, which a stream has at its end.
extension SparseOpening {
  /// The most zeros at the end of a file that are read through; behind more, the end is searched
  /// for.
  private static let mostZeroBytes: UInt64 = 512 << 10
  /// Bytes of one look while the end is searched for.
  private static let probeBytes: UInt64 = 4 << 10
  /// The number of bytes from the end in which a footer is searched through other data.
  private static let tailBytes: UInt64 = (64 << 10) + 1536

  /// Looks for the footer from the end back, through zeros.
  mutating func readFooter() throws(DiskError) {
    let isDue = header.directorySector == SparseHeader.directoryInFooter
    let tailEnd = try endOfData(isDue: isDue)
    let wanted = min(tailEnd, Self.tailBytes / sectorBytes * sectorBytes)
    let start = tailEnd - wanted
    let tail = try source.diskBytes(at: start, count: Int(wanted))
    guard let at = Self.footerPosition(in: tail, isWholeFile: start == 0),
      let found = SparseHeader(Array(tail[at..<min(at + 512, tail.count)]))
    else {
      if isDue { reportMissingFooter(tail: tail, start: start) }
      return
    }
    let offset = start + UInt64(at)
    footer = (found, offset)
    found.check(at: offset, into: &diagnostics)
    header.compare(footer: found, at: offset, into: &diagnostics)
    if found.directorySector == SparseHeader.directoryInFooter || found.directorySector == 0 {
      diagnostics.add(.directoryMissing, at: offset + 56)
    }
    checkMarker(before: at, in: tail, at: offset)
    let end = Array(tail[min(at + 512, tail.count)...].prefix(512))
    if end.count < 512 || !end.isAllZero {
      diagnostics.add(.endOfStreamMissing, at: offset + 512)
    } else {
      streamEnd = offset + 1024
      if let extra = tail[(at + 1024)...].firstIndex(where: { $0 != 0 }) {
        let place = start + UInt64(extra)
        diagnostics.add(.trailingData(bytes: source.size - offset - 1024), at: place)
      } else if source.size > offset + 1024 {
        diagnostics.add(.zerosAfterEnd(bytes: source.size - offset - 1024), at: offset + 1024)
      }
    }
  }

  /// Returns the offset at which the file's last zeros begin, and two sectors of them; its end
  /// where those are few. Only a disk whose footer is elsewhere than at its end is read so far.
  private func endOfData(isDue: Bool) throws(DiskError) -> UInt64 {
    let whole = fileSectors * sectorBytes
    var end = whole
    guard isDue else { return whole }
    while end > 0, whole - end < Self.mostZeroBytes {
      let count = min(end, Self.tailBytes / sectorBytes * sectorBytes)
      if let last = try lastNonzero(in: end - count, count) {
        return min(whole, (last / sectorBytes + 3) * sectorBytes)
      }
      end -= count
    }
    guard let last = try searchedEnd(below: end) else { return whole }
    return min(whole, (last / sectorBytes + 3) * sectorBytes)
  }

  /// Returns the offset of the last byte that is not zero among some bytes; nil where there is
  /// none.
  private func lastNonzero(in start: UInt64, _ count: UInt64) throws(DiskError) -> UInt64? {
    let piece = try source.diskBytes(at: start, count: Int(count))
    return piece.lastIndex { $0 != 0 }.map { start + UInt64($0) }
  }

  /// The last byte before the zeros that a file ends with, found by looks at ever larger distances
  /// and then by halves: a stream is compressed, and has no long runs of zeros. Nil where no look
  /// meets data.
  private func searchedEnd(below end: UInt64) throws(DiskError) -> UInt64? {
    var zeros = end
    var data: UInt64?
    var distance: UInt64 = Self.mostZeroBytes
    while data == nil, distance < end {
      let place = end - distance
      if try lastNonzero(in: place, Self.probeBytes) != nil { data = place } else { zeros = place }
      distance *= 2
    }
    // The header at the file's start is data.
    var start = data ?? 0
    while zeros - start > Self.tailBytes {
      let middle = start + (zeros - start) / 2
      if try lastNonzero(in: middle, Self.probeBytes) != nil {
        start = middle
      } else {
        zeros = middle
      }
    }
    return try lastNonzero(in: start, zeros - start + Self.probeBytes)
  }

  private mutating func checkMarker(before at: Int, in tail: [UInt8], at offset: UInt64) {
    guard at >= 512 else {
      diagnostics.add(.footerMarkerInvalid, at: offset)
      return
    }
    let marker = Array(tail[at - 512..<at])
    let isMarker =
      marker.number64(at: 0) == 1 && marker.number32(at: 8) == 0
      && marker.number32(at: 12) == 3
    if !isMarker { diagnostics.add(.footerMarkerInvalid, at: offset - 512) }
    if let bad = marker[16...].firstIndex(where: { $0 != 0 }) {
      diagnostics.add(.paddingNotZero, at: offset - 512 + UInt64(bad))
    }
  }

  /// The last sector of the tail that begins like a header; the file's own header is none.
  private static func footerPosition(in tail: [UInt8], isWholeFile: Bool) -> Int? {
    stride(from: tail.count - 512, through: isWholeFile ? 512 : 0, by: -512)
      .first { tail.has("KDMV", at: $0) }
  }

  private mutating func reportMissingFooter(tail: [UInt8], start: UInt64) {
    let marked = stride(from: tail.count - 512, through: 0, by: -512).first {
      tail.number64(at: $0) == 1 && tail.number32(at: $0 + 8) == 0
        && tail.number32(at: $0 + 12) == 3
    }
    let zeros = tail.count - 1 - (tail.lastIndex { $0 != 0 } ?? -1)
    let end = start + UInt64(tail.count) - UInt64(zeros)
    if let marked, marked + 512 < tail.count {
      diagnostics.add(.footerMissing, at: start + UInt64(marked + 512))
    } else if source.size - end >= 2048 {
      // A file that was laid out before it was filled has its length and not its end.
      diagnostics.add(.footerMissing, at: end)
      diagnostics.add(.endIsZeros(bytes: source.size - end), at: end)
    } else {
      diagnostics.add(.footerMissing, at: source.size)
      diagnostics.add(.truncated(missing: 1024, atLeast: true), at: source.size)
    }
  }
}
