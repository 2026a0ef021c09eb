import Glibc
import OVABasics

/// The arguments of this process, read by their bytes.
enum ProcessArguments {
  /// The arguments behind the command's name, as `FileNameText` has names of any bytes: every file
  /// whose name a shell can pass can be opened, and a backslash in a name is one.
  ///
  /// `-V` is `--version`, as with most commands.
  static let texts: [String] = {
    var texts: [String] = []
    var areOptions = true
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { break }
      let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument))
      let text = String(fileSystemBytes: bytes.map { UInt8(bitPattern: $0) })
      if text == "--" { areOptions = false }
      texts.append(areOptions && text == "-V" ? "--version" : text)
    }
    return texts
  }()
}
