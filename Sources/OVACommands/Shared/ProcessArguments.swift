import Glibc
import OVABasics

/// The arguments of this process, read by their bytes.
enum ProcessArguments {
  /// The arguments behind the command's name, as `FileNameText` has names of any bytes: every file
  /// whose name a shell can pass can be opened, and a backslash in a name is one.
  static let texts: [String] = {
    var texts: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { break }
      let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument))
      texts.append(String(fileSystemBytes: bytes.map { UInt8(bitPattern: $0) }))
    }
    return texts
  }()
}
