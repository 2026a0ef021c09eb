public import OVABasics

/// Bytes in memory.
public struct MemorySource: ByteSource {
  /// The name for messages.
  public let name: String
  private let content: [UInt8]
  /// The source that the bytes were read of; nil for bytes that lie nowhere else.
  private let origin: (any ByteSource)?

  /// Serves `content` under `name`.
  public init(_ content: [UInt8], name: String) {
    self.content = content
    self.name = name
    origin = nil
  }

  /// Serves bytes that were read of `origin`, under its name: whether they are still what lies there
  /// is asked of it.
  public init(_ content: [UInt8], of origin: any ByteSource) {
    self.content = content
    self.name = origin.name
    self.origin = origin
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) { try origin?.confirm(upTo: end) }

  public func confirmUnchanged() throws(ByteSourceError) { try origin?.confirmUnchanged() }

  /// The number of bytes.
  public var size: UInt64 { UInt64(content.count) }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let start = Int(offset)
    let count = min(buffer.count, content.count - start)
    unsafe buffer.copyBytes(from: content[start..<start + count])
    return count
  }
}

/// A part of another source, such as one member of an archive where it lies.
public struct SliceSource: ByteSource {
  /// The number of bytes.
  public let size: UInt64
  private let base: any ByteSource
  private let start: UInt64
  /// The part's name, with that of `base` before it or without.
  private let partName: String
  private let isMember: Bool

  /// The name that places and errors carry. That of a member is put together when it is asked for:
  /// an archive may have as many as its limit allows.
  public var name: String { isMember ? "\(base.name)/\(partName)" : partName }

  /// The part of `base` that begins at `start`; what reaches past its end is cut off.
  public init(_ base: any ByteSource, start: UInt64, size: UInt64, name: String) {
    self.init(base, start: start, size: size, partName: name, isMember: false)
  }

  /// The same, named as something that lies in `base`: `package.ova/disk.vmdk`.
  public init(_ base: any ByteSource, start: UInt64, size: UInt64, member name: String) {
    self.init(base, start: start, size: size, partName: name, isMember: true)
  }

  private init(
    _ base: any ByteSource, start: UInt64, size: UInt64, partName: String, isMember: Bool
  ) {
    self.base = base
    self.partName = partName
    self.isMember = isMember
    self.start = min(start, base.size)
    self.size = min(size, base.size - self.start)
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let count = Int(min(UInt64(buffer.count), size - offset))
    return unsafe try base.read(
      at: start + offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) {
    try base.confirm(upTo: start + min(end, size))
  }

  public func confirmUnchanged() throws(ByteSourceError) { try base.confirmUnchanged() }
}

/// Several sources one after the other, as the chunks of one file are.
public struct JoinedSource: ByteSource {
  /// The name for messages.
  public let name: String
  /// The number of bytes.
  public let size: UInt64
  private let parts: [any ByteSource]
  /// The offset of each part; ascending.
  private let starts: [UInt64]

  /// Joins `parts` in their order. Nil when the sum of their sizes passes 64 bits.
  public init?(_ parts: [any ByteSource], name: String) {
    var starts: [UInt64] = []
    var total: UInt64 = 0
    for part in parts {
      starts.append(total)
      let (sum, overflow) = total.addingReportingOverflow(part.size)
      if overflow { return nil }
      total = sum
    }
    self.parts = parts
    self.starts = starts
    self.size = total
    self.name = name
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    var index = firstPart(at: offset)
    var done = 0
    while index < parts.count, done < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      done += unsafe try parts[index].read(at: offset + UInt64(done) - starts[index], into: rest)
      index += 1
    }
    return done
  }

  public func confirm(upTo end: UInt64) throws(ByteSourceError) {
    for (part, start) in zip(parts, starts) where start < end {
      try part.confirm(upTo: min(end - start, part.size))
    }
  }

  public func confirmUnchanged() throws(ByteSourceError) {
    for part in parts { try part.confirmUnchanged() }
  }

  /// The part in which `offset` lies, by bisection.
  private func firstPart(at offset: UInt64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }
}
