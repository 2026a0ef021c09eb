import CDeflate

/// The results of inflating a grain.
enum InflateOutcome: Equatable {
  /// It inflated to `length` bytes and `leftover` bytes of the input were not needed.
  case inflated(length: Int, leftover: Int)
  /// Its data is no zlib stream, is damaged, or gives more than a grain.
  case damaged
  /// It gives more bytes than there is room for.
  case tooLong
  /// It inflated, but the Adler-32 at its end is another.
  case checksum(expected: UInt32, found: UInt32)
}

/// A libdeflate decompressor; for one thread at a time.
@safe struct Inflater: ~Copyable {
  private let handle: OpaquePointer

  /// Nil when there is no memory.
  init?() {
    guard let handle = unsafe libdeflate_alloc_decompressor() else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe libdeflate_free_decompressor(handle) }

  /// Inflates a zlib stream.
  ///
  /// The wrapper is read here and not by libdeflate, which tells a wrong checksum and wrong data
  /// by one code.
  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> InflateOutcome {
    let count = input.count
    guard count >= 6, let start = input.baseAddress else { return .damaged }
    let (method, flags) = unsafe (UInt16(input[0]), UInt16(input[1]))
    guard method & 0x0F == 8, method >> 4 <= 7, (method << 8 | flags) % 31 == 0, flags & 0x20 == 0
    else { return .damaged }
    var used = 0
    var made = 0
    let result = unsafe libdeflate_deflate_decompress_ex(
      handle, start + 2, count - 6, output.baseAddress, output.count, &used, &made)
    if result == LIBDEFLATE_INSUFFICIENT_SPACE { return .tooLong }
    guard result == LIBDEFLATE_SUCCESS, used <= count - 6 else { return .damaged }
    let expected = (2 + used..<6 + used).reduce(UInt32(0)) { unsafe $0 << 8 | UInt32(input[$1]) }
    let found = unsafe libdeflate_adler32(1, output.baseAddress, made)
    guard expected == found else { return .checksum(expected: expected, found: found) }
    return .inflated(length: made, leftover: count - 6 - used)
  }

  /// Returns whether a bare deflate stream, with padding behind it, gives exactly `count` bytes.
  func inflatesRaw(_ input: [UInt8], to count: Int) -> Bool {
    var used = 0
    var made = 0
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { unsafe output.deallocate() }
    let result = unsafe input.withUnsafeBytes { bytes in
      unsafe libdeflate_deflate_decompress_ex(
        handle, bytes.baseAddress, bytes.count, output.baseAddress, count, &used, &made)
    }
    return result == LIBDEFLATE_SUCCESS && made == count
  }

  /// Inflates a whole stream of at most `limit` bytes; nil when it is damaged.
  func inflate(_ input: [UInt8], limit: Int) -> [UInt8]? {
    var isWhole = false
    let output = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let outcome = unsafe input.withUnsafeBytes { bytes in
        unsafe inflate(bytes, into: UnsafeMutableRawBufferPointer(buffer))
      }
      if case .inflated(let length, _) = outcome { (count, isWhole) = (length, true) }
    }
    return isWhole ? output : nil
  }
}

/// A libdeflate compressor; for one thread at a time.
@safe struct Deflater: ~Copyable {
  private let handle: OpaquePointer

  /// Nil when the level is not 0 to 12 or there is no memory.
  init?(level: Int) {
    guard let handle = unsafe libdeflate_alloc_compressor(Int32(clamping: level)) else {
      return nil
    }
    unsafe self.handle = handle
  }

  deinit { unsafe libdeflate_free_compressor(handle) }

  /// The zlib stream of `input`.
  func deflate(_ input: [UInt8]) -> [UInt8] {
    let bound = unsafe libdeflate_zlib_compress_bound(handle, input.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = unsafe input.withUnsafeBytes { bytes in
        unsafe libdeflate_zlib_compress(
          handle, bytes.baseAddress, bytes.count, buffer.baseAddress, buffer.count)
      }
    }
  }
}

/// The CRC-32 that GUID partition tables have.
func crc32(_ bytes: [UInt8]) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(0, $0.baseAddress, $0.count) }
}
