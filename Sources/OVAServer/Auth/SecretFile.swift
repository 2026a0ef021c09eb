import Glibc
import OVABasics
import OVAByteSource

/// A small file with a secret: it is written whole or not at all, and only its owner may read it.
struct SecretFile: Sendable {
  let path: String

  /// The reasons why a secret cannot be read or made.
  enum Failure: Error, Hashable {
    /// The system said no while it did this.
    case system(doing: String, number: Int32)
    /// The file holds something else, which is not overwritten.
    case foreign

    /// The reason for the log.
    var words: String {
      switch self {
      case .system(let doing, let number):
        "cannot \(doing): \(unsafe String(cString: strerror(number)))"
      case .foreign: "it holds something that is not a key: name another file, or move it away"
      }
    }
  }

  /// The kind of text that a file holds.
  enum Content {
    /// The secret.
    case secret
    /// The rest of a secret whose writing was cut short.
    case unfinished
    /// Something else.
    case foreign
  }

  /// The text of the file; made anew when the file is missing or unfinished. Several processes
  /// that do this at a time get the same.
  func text(
    judging judge: (String) -> Content, making make: () -> String
  ) throws(Failure) -> String {
    if let text = try read() {
      switch judge(text) {
      case .secret: return text
      case .foreign: throw .foreign
      case .unfinished: break
      }
    }
    let lock = try lock()
    defer { close(lock) }
    // Another process may have been faster.
    if let text = try read(), case .secret = judge(text) { return text }
    let new = make()
    try write(new)
    return new
  }

  /// Nil when there is no file.
  private func read() throws(Failure) -> String? {
    errno = 0
    if let text = TextFile.text(path) { return text }
    let number = errno
    if number == ENOENT { return nil }
    // Too long, a folder, or not to be read.
    if number == 0 || number == EISDIR { throw .foreign }
    throw .system(doing: "read it", number: number)
  }

  private var folder: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  private func openFolder() -> Int32 {
    unsafe folder.withFileSystemPath { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  }

  /// Keeps others from writing, until it is closed.
  private func lock() throws(Failure) -> Int32 {
    let descriptor = openFolder()
    guard descriptor >= 0 else { throw .system(doing: "open its folder", number: errno) }
    guard flock(descriptor, LOCK_EX) == 0 else {
      let number = errno
      close(descriptor)
      throw .system(doing: "lock its folder", number: number)
    }
    return descriptor
  }

  /// Writes beside the file first, so that the file itself is never half of anything.
  private func write(_ text: String) throws(Failure) {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map {
      String(path[path.utf8.index(after: $0)...])
    }
    let number = UInt64.random(in: .min ... .max)
    let draft = "\(folder)/.\(name ?? path).\(Hex.text(number: number))"
    let file = unsafe draft.withFileSystemPath {
      unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }
    guard file >= 0 else { throw .system(doing: "write it", number: errno) }
    func fail(_ doing: String) -> Failure {
      let number = errno
      unsafe draft.withFileSystemPath { _ = unsafe unlink($0) }
      return .system(doing: doing, number: number)
    }
    var isOpen = true
    defer { if isOpen { close(file) } }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw fail("write it") }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw fail("write it") }
    isOpen = false
    guard close(file) == 0 else { throw fail("write it") }
    let renamed = unsafe draft.withFileSystemPath { draft in
      unsafe path.withFileSystemPath { unsafe rename(draft, $0) }
    }
    guard renamed == 0 else { throw fail("put it in its place") }
    let place = openFolder()
    if place >= 0 {
      fsync(place)
      close(place)
    }
  }
}
