import OVABasics
import OVAByteSource

/// The ends of a file that passed in a stream; what lay between them cannot be read again.
struct HeadTailBuffer: ByteSource {
  let name: String
  /// The number of bytes that have passed.
  private(set) var size: UInt64 = 0
  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private let mostHead: Int
  private let mostTail: Int

  /// The space that a disk's descriptor, directory and tables take at its front.
  static let diskHead = 4 << 20
  /// The space that a disk's directory and footer take at its end.
  static let diskTail = 1 << 20

  /// - Parameters:
  ///   - name: what places call the file.
  ///   - head: how many of the first bytes are kept.
  ///   - tail: how many of the last bytes are kept.
  init(name: String, head: Int = Self.diskHead, tail: Int = Self.diskTail) {
    self.name = name
    mostHead = max(0, head)
    mostTail = max(0, tail)
  }

  /// True if every byte is kept.
  var isWhole: Bool { UInt64(head.count + tail.count) >= size }
  /// The memory that the buffer takes, in bytes.
  var keptBytes: Int { head.count + tail.count }

  /// Takes the next bytes.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    size += UInt64(bytes.count)
    let taken = min(bytes.count, mostHead - head.count)
    if taken > 0 { unsafe head.append(contentsOf: bytes[..<taken]) }
    guard taken < bytes.count, mostTail > 0 else { return }
    unsafe tail.append(contentsOf: bytes[taken...].suffix(mostTail))
    // At twice the length, so that bytes are moved rarely.
    if tail.count > 2 * mostTail { tail.removeFirst(tail.count - mostTail) }
  }

  /// Gives back the memory that is over when nothing more comes.
  mutating func finish() {
    if tail.count > mostTail { tail = Array(tail.suffix(mostTail)) }
  }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    let tailStart = size - UInt64(tail.count)
    var done = 0
    if offset < UInt64(head.count) {
      let start = Int(offset)
      done = min(wanted, head.count - start)
      unsafe buffer.copyBytes(from: head[start..<start + done])
    }
    if done == wanted { return done }
    let next = offset + UInt64(done)
    guard next >= tailStart else {
      throw ByteSourceError(
        code: .passed, doing: "look into it",
        reason: "only the ends of what passed were kept",
        place: Place(name, offset: next), fix: "name the file instead of streaming it")
    }
    let start = Int(next - tailStart)
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      .copyBytes(from: tail[start..<start + wanted - done])
    return wanted
  }
}
