import Glibc
public import OVABasics
import OVAByteSource

/// Several files that appear under their names together: all of them whole, or none.
///
/// Until `commit()` each has a hidden name beside its place. A commit that fails in the middle puts
/// back what was there before; only a process that is killed in the middle leaves some of both.
public final class AtomicFiles {
  private let replaces: Bool
  private var files: [AtomicFile] = []

  /// - Parameter replaces: whether files that have the names already may be replaced.
  public init(replaces: Bool) { self.replaces = replaces }

  /// Writes the bytes of a file.
  /// - Throws: `ArchiveError`: `outputExists` when something has the name that is not to be
  ///   replaced, and `outputFailed`.
  public func add(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
    let file = try AtomicFile(path: path, replaces: replaces, isNameless: false)
    try file.write(bytes)
    try file.finish()
    files.append(file)
  }

  /// Gives all files their names in the order in which they were added.
  /// - Parameter others: paths of files that are removed with it.
  /// - Throws: `ArchiveError`: `outputExists` when something has got one of the names meanwhile,
  ///   and `outputFailed`; what was there before is there then.
  public func commit(removing others: [String] = []) throws(ArchiveError) {
    defer { files = [] }
    var done: [Step] = []
    do throws(ArchiveError) {
      for file in files {
        let step = try Step(file.path, keepsOld: replaces)
        done.append(step)
        try file.commit()
        done[done.count - 1].isDone = true
      }
      for path in others {
        let step = try Step(path, keepsOld: true)
        done.append(step)
        guard AtomicFile.remove(path) || errno == ENOENT else {
          throw AtomicFile.failure(errno, "remove it", path)
        }
        done[done.count - 1].isDone = true
      }
    } catch {
      for step in done.reversed() { step.undo() }
      throw error
    }
    for step in done { step.forgetOld() }
  }

  /// Removes what was written and has no name yet.
  public func discard() {
    for file in files { file.discard() }
    files = []
  }
}

/// A path that gets another file, or none, and what becomes of the old one meanwhile.
private struct Step {
  private enum Old {
    case nothing
    /// It has a second, hidden name.
    case kept(String)
    /// The file system gives files no second name: once replaced it is gone.
    case notKept
  }

  let path: String
  private let old: Old
  var isDone = false

  init(_ path: String, keepsOld: Bool) throws(ArchiveError) {
    self.path = path
    guard keepsOld else {
      old = .nothing
      return
    }
    for _ in 0..<100 {
      let hidden = AtomicFile.hiddenPath(for: path)
      if Self.link(path, hidden) {
        old = .kept(hidden)
        return
      }
      switch errno {
      case ENOENT: old = .nothing
      case EPERM, EOPNOTSUPP, EMLINK: old = .notKept
      case EEXIST: continue
      default: throw AtomicFile.failure(errno, "keep the old one until then", path)
      }
      return
    }
    throw AtomicFile.failure(EEXIST, "keep the old one until then", path)
  }

  /// Puts back what was there before.
  func undo() {
    switch old {
    case .kept(let hidden):
      if isDone, AtomicFile.rename(hidden, path) { return }
      forgetOld()
    case .nothing: if isDone { AtomicFile.remove(path) }
    case .notKept: break
    }
  }

  /// Removes the name under which the old file was kept.
  func forgetOld() {
    if case .kept(let hidden) = old { AtomicFile.remove(hidden) }
  }

  private static func link(_ old: String, _ new: String) -> Bool {
    unsafe old.withFileSystemPath { old in
      unsafe new.withFileSystemPath { new in unsafe Glibc.link(old, new) }
    } == 0
  }
}
