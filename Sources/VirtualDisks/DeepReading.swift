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
      name: source.name, size: source.size, limits: limits, crew: InflateCrew(workers: workers))
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

extension VirtualDisk {
  /// Reads the whole file and checks every grain; see `DeepDiskCheck`.
  /// - Throws: `DiskError` when the bytes cannot be had.
  public func deepCheck(
    limits: Limits = Limits(), workers: Int = 1
  ) throws(DiskError) -> DeepDiskResult {
    try DeepDiskCheck.run(source, limits: limits, workers: workers)
  }
}
