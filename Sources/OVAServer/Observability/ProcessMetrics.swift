import Glibc

/// Metrics of this process, read from `/proc`.
struct ProcessMetrics {
  let residentBytes: Int
  let processorSeconds: Double
  let openFiles: Int

  /// Nil when the system does not say.
  init?() {
    // `1234 (name with anything in it) S 1 …`: counted from the last parenthesis.
    guard let stat = TextFile.text("/proc/self/stat"), let name = stat.lastIndex(of: ")") else {
      return nil
    }
    let fields = stat[stat.index(after: name)...].split(separator: " ")
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    guard fields.count > 21, ticks > 0, let user = Double(fields[11]),
      let system = Double(fields[12]), let pages = Int(fields[21]),
      let folder = unsafe opendir("/proc/self/fd")
    else { return nil }
    residentBytes = pages.multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE))).partialValue
    processorSeconds = (user + system) / ticks
    defer { unsafe closedir(folder) }
    var count = 0
    while unsafe readdir(folder) != nil { count += 1 }
    // Neither `.`, `..` nor the folder that is read.
    openFiles = max(count - 3, 0)
  }
}
