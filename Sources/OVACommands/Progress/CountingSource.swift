import OVABasics
import OVAByteSource

/// A source whose reading is shown as progress.
struct CountingSource: ByteSource {
  private let source: any ByteSource
  private let progress: ProgressLine

  init(_ source: any ByteSource, _ progress: ProgressLine) {
    self.source = source
    self.progress = progress
  }

  var name: String { source.name }
  var size: UInt64 { source.size }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    let count = try source.read(at: offset, into: buffer)
    progress.add(UInt64(count))
    return count
  }

  func confirm(upTo end: UInt64) throws(ByteSourceError) { try source.confirm(upTo: end) }

  func confirmUnchanged() throws(ByteSourceError) { try source.confirmUnchanged() }
}
