import OVACatalog

/// All that something needs, to be asked of one file after the other.
struct NeedIndex {
  private struct Number: Hashable {
    let device: Int64
    let inode: Int64
  }

  private var files: Set<Number> = []
  private var paths: Set<String> = []
  private var names: Set<String> = []
  private var suffixes: Set<String> = []
  private var folders: Set<String> = []
  private var trees: Set<String> = []
  private var below: Set<String> = []
  private var sizes: Set<Int64> = []

  /// The number of needs; grows when something new is added.
  var count: Int {
    files.count + paths.count + names.count + suffixes.count + folders.count + trees.count
      + below.count + sizes.count
  }

  mutating func add(_ needs: some Sequence<FileNeed>) {
    for need in needs {
      switch need {
      case .file(let device, let inode): files.insert(Number(device: device, inode: inode))
      case .path(let path): paths.insert(path)
      case .name(let name): names.insert(FileNeed.folded(name))
      case .suffix(let suffix): suffixes.insert(suffix)
      case .folder(let path): folders.insert(path)
      case .tree(let path): trees.insert(path)
      case .below(let path): below.insert(path)
      case .size(let size): sizes.insert(size)
      }
    }
  }

  /// Returns whether that very file is needed, or one of its name, or all of a library that it lies
  /// in.
  func names(_ file: PlacedFile) -> Bool {
    files.contains(Number(device: file.device, inode: file.inode))
      || paths.contains(file.path) || names.contains(FileNeed.folded(file.name))
      || ancestors(of: file.folder).contains { below.contains($0) }
  }

  /// Returns whether a file of that name is needed.
  func hasName(_ name: String) -> Bool { names.contains(FileNeed.folded(name)) }

  /// Returns whether it may be needed for all that can be determined: what lies in its folder is
  /// not all understood, or something like it is missing.
  /// - Parameter hasPackages: whether packages lie in a folder, given with a slash at its end.
  func mayMean(_ file: PlacedFile, suffix: String, hasPackages: (String) -> Bool) -> Bool {
    if suffixes.contains(suffix) || folders.contains(file.folder) || sizes.contains(file.size) {
      return true
    }
    guard !trees.isEmpty else { return false }
    for folder in ancestors(of: file.folder) {
      if trees.contains(folder) { return true }
      // What references files from above a folder of packages is not these.
      if hasPackages(folder) { return false }
    }
    return false
  }

  /// Returns whether all that lies in a folder is not understood.
  func isUnclear(_ folder: String) -> Bool { folders.contains(folder) || trees.contains(folder) }

  /// The folder and those above it, from the inside out, each with a slash at its end.
  private func ancestors(of folder: String) -> [String] {
    var result: [String] = []
    var rest = Substring(folder)
    while !rest.isEmpty {
      result.append(String(rest))
      guard let slash = rest.dropLast().utf8.lastIndex(of: UInt8(ascii: "/")) else { break }
      rest = rest[...slash]
    }
    return result
  }
}

/// A file by its place on disk.
struct PlacedFile: Hashable {
  /// The path for the operating system, without links in it.
  let path: String
  /// The folder's path, with a slash at its end.
  let folder: String
  let name: String
  let device: Int64
  let inode: Int64
  let size: Int64
}
