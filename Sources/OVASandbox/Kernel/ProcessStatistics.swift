import Glibc

/// The kernel's counters of this process.
enum ProcessStatistics {
  /// The threads; nil when the kernel does not say.
  static var threads: Int? {
    guard
      let line = text("/proc/self/status")?.split(separator: "\n").first(where: {
        $0.hasPrefix("Threads:")
      })
    else { return nil }
    return Int(line.dropFirst("Threads:".count).drop { $0 == "\t" || $0 == " " })
  }

  /// Bytes of address space in use; nil when the kernel does not say.
  static var addressSpace: UInt64? {
    guard let pages = text("/proc/self/statm")?.split(separator: " ").first.flatMap({ UInt64($0) })
    else { return nil }
    let (bytes, overflow) = pages.multipliedReportingOverflow(
      by: UInt64(sysconf(Int32(_SC_PAGESIZE))))
    return overflow ? nil : bytes
  }

  private static func text(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = unsafe max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
