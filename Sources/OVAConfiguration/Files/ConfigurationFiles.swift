import Glibc
import OVABasics
import SystemPackage

/// The places where configurations are looked for.
public struct ConfigurationSearch: Sendable {
  /// The name of the file in each folder.
  public static let fileName = "ova.yaml"

  /// The folder, from the root of the file system, in which the search begins.
  public var workingFolder: String
  /// The user's folder for configurations; nil where none is known.
  public var userFolder: String?
  /// The machine's folder for configurations.
  public var systemFolder = "/etc"

  /// A search for a user's process.
  /// - Parameter environment: the value of an environment variable; nil when it is not set.
  public init(workingFolder: String, environment: (String) -> String?) {
    self.workingFolder = workingFolder
    // A relative path in the variable is to be ignored, says the XDG Base Directory Specification.
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      userFolder = folder
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      userFolder = home + "/.config"
    }
  }

  /// The files that are there, by precedence: the nearest from the working folder upward, the
  /// user's, the machine's.
  public func files() -> [String] {
    var files: [String] = []
    if let nearest = Self.nearest(Self.fileName, from: workingFolder) { files.append(nearest) }
    for folder in [userFolder, systemFolder].compactMap(\.self) {
      let file = "\(folder)/ova/\(Self.fileName)"
      if Self.isThere(file), !files.contains(file) { files.append(file) }
    }
    return files
  }

  /// The file of that name in a folder, or else in the nearest folder above that has one.
  /// - Parameter folder: from the root of the file system.
  static func nearest(_ name: String, from folder: String) -> String? {
    var parts = folder.split(separator: "/").map(String.init)
    while true {
      let file = "/" + (parts + [name]).joined(separator: "/")
      if isThere(file) { return file }
      if parts.popLast() == nil { return nil }
    }
  }

  private static func isThere(_ file: String) -> Bool {
    FilePath(text: file).withPlatformString { access($0, F_OK) == 0 }
  }
}

/// Reads the texts of configurations.
enum ConfigurationFiles {
  /// The most bytes of a file.
  private static let mostBytes = 64 << 20

  /// The text of a file.
  /// - Parameter doing: what the file is needed for, in the infinitive.
  static func text(
    of file: String, doing: String = "follow the configuration"
  ) throws(ConfigurationError) -> String {
    var data: [UInt8]
    do {
      data = try bytes(of: FilePath(text: file))
    } catch {
      throw ConfigurationError(
        code: .unreadable, doing: doing, reason: "the file cannot be read", place: Place(file),
        fix: "check the path and its permissions")
    }
    guard data.count <= mostBytes else {
      throw ConfigurationError(
        code: .malformed, doing: doing, reason: "it has more than \(mostBytes >> 20) MiB",
        place: Place(file, line: 1))
    }
    // Editors on Windows write a byte order mark.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if data.starts(with: mark) { data.removeFirst(mark.count) }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ConfigurationError(
        code: .malformed, doing: doing, reason: "it is not UTF-8",
        place: Place(file, line: firstLineThatIsNotUTF8(data)))
    }
    return text
  }

  /// The value of a file; nil when there is nothing in it.
  /// - Parameter name: what messages call it.
  static func root(
    of file: String, shown name: String
  ) throws(ConfigurationErrors) -> ConfigurationNode? {
    do throws(ConfigurationError) {
      return try ConfigurationNode(yaml: text(of: file), file: name)
    } catch {
      throw ConfigurationErrors(error)
    }
  }

  /// The bytes of a file, or as many as show that it has too many.
  private static func bytes(of path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 64 << 10)
      while bytes.count <= mostBytes {
        let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
        guard count > 0 else { break }
        bytes += piece[..<count]
      }
      return bytes
    }
  }

  private static func firstLineThatIsNotUTF8(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return (index.map { lines.distance(from: lines.startIndex, to: $0) } ?? 0) + 1
  }
}
