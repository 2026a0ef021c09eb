import OVABasics
import OVAByteSource
import Synchronization

/// The ends of what has passed, until they are let go; after that nothing of it can be read.
final class ReleasableSource: ByteSource {
  let name: String
  let size: UInt64
  private let kept: Mutex<HeadTailBuffer?>

  init(_ source: HeadTailBuffer) {
    name = source.name
    size = source.size
    kept = Mutex(source)
  }

  /// Gives the memory back.
  func release() { kept.withLock { $0 = nil } }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    // A copy shares the bytes, so that no thread waits for another's read.
    guard let source = kept.withLock({ $0 }) else {
      throw ByteSourceError(
        code: .passed, doing: "look into it", reason: "what passed was not kept",
        place: Place(name, offset: offset), fix: "name the file instead of streaming it")
    }
    return unsafe try source.read(at: offset, into: buffer)
  }
}
