public import ArgumentParser
import Glibc
import OVABasics
import Synchronization
public import SystemPackage

/// The arguments of this process, read by their bytes.
///
/// An argument is any bytes but NUL, and the parser of arguments knows text alone. One that is
/// UTF-8 is that text. In any other each byte above 0x7F is encoded as a NUL, which no argument
/// holds, and its two hexadecimal digits; it is turned back where it is taken for a path. Where it
/// is taken for anything else it is text with the bytes escaped, as paths are shown.
enum ProcessArguments {
  /// True if the system tells this process its arguments. The Swift runtime reads them from /proc, and
  /// knows not even the command's name where that is not mounted.
  static var areKnown: Bool { CommandLine.argc > 0 }

  /// The arguments of a command line that is run for its result instead of the process's.
  @TaskLocal static var replacement: [String]?

  /// The arguments behind the command's name, as the parser takes them; `-V` is `--version`, as with
  /// most commands.
  static var texts: [String] { replacement ?? ofProcess }

  private static let ofProcess: [String] = {
    var texts: [String] = []
    var areOptions = true
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { break }
      let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument))
      let text = text(of: bytes.map { UInt8(bitPattern: $0) })
      if text == "--" { areOptions = false }
      texts.append(areOptions && text == "-V" ? "--version" : text)
    }
    return texts
  }()

  /// The arguments, not UTF-8, that were taken for paths.
  private static let paths = Mutex<[String]>([])

  /// Parses the command of arguments, which are encoded as `texts` are.
  static func parsed(
    _ texts: [String], as root: any ParsableCommand.Type
  ) throws -> sending any ParsableCommand {
    let command = try root.parseAsRoot(texts)
    guard texts.contains(where: \.isEncoded) else { return command }
    // By the first parsing it is known which arguments are paths.
    let paths = paths.withLock { $0 }
    return try root.parseAsRoot(
      texts.map { text in
        paths.contains { text.utf8.reversed().starts(with: $0.utf8.reversed()) }
          ? text : shown(text)
      })
  }

  /// An argument as the parser takes it.
  static func text(of argument: [UInt8]) -> String {
    if let text = String(validating: argument, as: UTF8.self) { return text }
    var bytes: [UInt8] = []
    for byte in argument {
      if byte < 0x80 {
        bytes.append(byte)
      } else {
        bytes.append(0)
        Hex.append(byte, .upper, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes of an argument that was encoded as text.
  private static func bytes(of text: String) -> [UInt8] {
    guard text.isEncoded else { return Array(text.utf8) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0, let escaped = Hex.bytes(rest.prefix(2))?.first {
        bytes.append(escaped)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// The bytes of an argument that is a path.
  static func pathBytes(_ argument: String) -> [UInt8] {
    if argument.isEncoded { paths.withLock { $0.append(argument) } }
    return bytes(of: argument)
  }

  /// An argument that is a path, or a pattern of paths, as text without loss; see `FileNameText`.
  @Sendable
  static func pathText(_ argument: String) -> String {
    FileNameText.text(of: pathBytes(argument))
  }

  /// Words that may quote arguments, to be read by people.
  static func shown(_ words: String) -> String {
    words.isEncoded ? FileNameText.text(of: bytes(of: words)) : words
  }
}

extension String {
  /// True if it tells bytes that are not UTF-8.
  fileprivate var isEncoded: Bool { utf8.contains(0) }
}

/// A path is taken by the bytes of its argument.
extension FilePath: @retroactive ExpressibleByArgument {
  public init?(argument: String) { self.init(bytes: ProcessArguments.pathBytes(argument)) }

  public var defaultValueDescription: String { shown }
}
