import Glibc

/// Makes a system call, and makes it again when a signal interrupted it before it did anything.
package func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// Writes all of `bytes` to an open file.
/// - Returns: nil when all was written, else the `errno` value.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
  var done = 0
  while done < bytes.count, let base = bytes.baseAddress {
    let count = uninterrupted { unsafe write(descriptor, base + done, bytes.count - done) }
    // A write that takes no byte and reports no error counts as a failure.
    guard count > 0 else { return count == 0 ? EIO : errno }
    done += count
  }
  return nil
}
