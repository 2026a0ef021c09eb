import Glibc
import OVABasics

/// The values of environment variables.
enum Environment {
  /// A variable's value; nil when it is not set.
  static func value(_ name: String) -> String? {
    guard let text = getenv(name) else { return nil }
    return String(cString: text)
  }

  /// A variable's value as the parser of arguments takes it; nil when it is not set.
  static func argument(_ name: String) -> String? {
    guard let text = getenv(name) else { return nil }
    let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
    return ProcessArguments.text(of: bytes.map { UInt8(bitPattern: $0) })
  }

  /// The names of the variables that are set and begin so.
  static func names(startingWith prefix: String) -> [String] {
    var names: [String] = []
    var next = environ
    while let entry = next.pointee {
      if strncmp(entry, prefix, prefix.utf8.count) == 0,
        let end = strchr(entry, Int32(UInt8(ascii: "=")))
      {
        let name = UnsafeRawBufferPointer(start: entry, count: entry.distance(to: end))
        names.append(String(decoding: name, as: UTF8.self))
      }
      next += 1
    }
    return names.sorted()
  }

  /// True unless plain text is asked for, by `NO_COLOR` or a dumb terminal.
  static var allowsColor: Bool {
    (value("NO_COLOR") ?? "").isEmpty && value("TERM") != "dumb"
  }

  /// The number of processors, 1 to 64.
  static var processors: Int { max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

extension String {
  /// The path from the root of the file system, of one that may be relative to where the command
  /// was started.
  var absolutePath: String {
    guard !hasPrefix("/"), let folder = getcwd(nil, 0) else { return self }
    defer { free(folder) }
    let start = String(
      fileSystemBytes: UnsafeRawBufferPointer(start: folder, count: strlen(folder)))
    return isEmpty || self == "." ? start : start == "/" ? "/" + self : "\(start)/\(self)"
  }
}
