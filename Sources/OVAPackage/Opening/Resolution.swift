import OVABasics
package import OVAByteSource
import OVFDescriptor

/// Follows the references of a descriptor to the files of its package.
struct Resolution {
  let table: any FileTable
  /// The descriptor's folder inside the package, to which hrefs are relative.
  let folder: String
  let limits: Limits
  /// True if the descriptor is an item's of a content library, whose files have names that no href
  /// says.
  var isLibraryItem = false
  private let chunkNames = ChunkNames()

  init(table: any FileTable, folder: String, limits: Limits) {
    self.table = table
    self.folder = folder
    self.limits = limits
  }

  /// The most missing files of a package for which it is looked which files were meant.
  private static let mostGuesses = 256
  /// The number of names that all these searches may compare in all, each of them over all names.
  private static let mostNamesGuessed = 400_000

  /// Follows one reference, without a guess at what was meant.
  func resolve(_ reference: FileReference) -> ResolvedReference {
    ResolvedReference(reference: reference, target: target(of: reference))
  }

  /// Follows all references of a package.
  func resolve(_ references: [FileReference]) -> [ResolvedReference] {
    let names = max(1, table.names(in: folder).count)
    var guesses = min(Self.mostGuesses, max(1, Self.mostNamesGuessed / names))
    return references.map { reference in
      let resolved = resolve(reference)
      guard case .missing(let path, _) = resolved.target, guesses > 0 else { return resolved }
      guesses -= 1
      return ResolvedReference(
        reference: reference, target: .missing(path, near: table.near(path, limits: limits)))
    }
  }

  private func target(of reference: FileReference) -> ResolvedReference.Target {
    switch reference.target {
    case nil, .undecodable: return .unclear
    case .url(let scheme): return .remote(scheme: scheme)
    case .file(let written):
      if written.isEmpty { return .unclear }
      switch PackagePath.read(written, in: folder, limits: limits) {
      case .failure(let fault): return .unsafe(fault)
      case .success(let path): return target(at: path, of: reference)
      }
    }
  }

  private func target(
    at path: PackagePath, of reference: FileReference
  ) -> ResolvedReference.Target {
    switch table.look(at: path) {
    case .file(let file): return file.kind == .file ? .file(file) : .notAFile(file)
    case .leadsOut: return .leadsOut(path)
    case .unreadable(let error): return .unreadable(path, error)
    case .nothing:
      if let pieces = pieces(of: path), !pieces.isEmpty {
        // What looks at the references looks at their pieces, and many may have the same.
        guard limits.take(Self.stepsOfPiece * pieces.count, of: .steps) else {
          return .unreadable(
            path,
            ByteSourceError(
              code: .limitExceeded, doing: "look at its pieces", reason: limits.excess(of: .steps),
              place: Place(path.text)))
        }
        return .chunks(chunks(pieces, reference))
      }
      // A producer may write the name with its percent signs, or the href with bare ones.
      if let literal = literal(reference) { return .file(literal) }
      if let file = libraryFile(path) { return .file(file) }
      return .missing(path, near: [])
    }
  }

  /// The file whose name is the href letter for letter, percent signs included.
  private func literal(_ reference: FileReference) -> PackageFile? {
    guard let href = reference.href?.text, href.utf8.contains(UInt8(ascii: "%")),
      case .success(let path) = PackagePath.read(href, in: folder, limits: limits)
    else { return nil }
    return table.file(at: path)
  }

  /// The only file that a content library may have made of one of that path.
  private func libraryFile(_ path: PackagePath) -> PackageFile? {
    guard isLibraryItem else { return nil }
    let names = table.names(in: path.folder).filter {
      LibraryName.withoutIdentifier($0)?.utf8.elementsEqual(path.name.utf8) ?? false
    }
    guard let name = names.first, names.count == 1,
      case .success(let path) = PackagePath.read(name, in: path.folder, limits: limits)
    else { return nil }
    return table.file(at: path)
  }

  /// The pieces of a file that are there, in the order of their numbers; nil when there is not one.
  private func pieces(of path: PackagePath) -> [Chunks.Piece]? {
    chunkNames.pieces(of: path) {
      let named = chunkNames.chunks(of: path.name, in: path.folder) {
        table.names(in: path.folder)
      }
      var pieces: [Chunks.Piece] = []
      for (number, name) in named {
        guard case .success(let piece) = PackagePath.read(name, in: path.folder, limits: limits),
          let file = table.file(at: piece), pieces.count < limits.chunks
        else { continue }
        pieces.append((number, file))
      }
      return pieces.sorted { $0.number < $1.number }
    }
  }

  private func chunks(_ pieces: [Chunks.Piece], _ reference: FileReference) -> Chunks {
    Chunks(
      pieces: pieces, missing: Self.gaps(pieces.map(\.number)),
      expectedCount: expected(reference))
  }

  /// The steps that are charged for one chunk of a file: the messages on a reference name all of
  /// them.
  private static let stepsOfPiece = 1_000

  private func expected(_ reference: FileReference) -> Int? {
    guard let size = reference.size?.value, let chunk = reference.chunkSize?.value, chunk > 0 else {
      return nil
    }
    return Int(exactly: size == 0 ? 0 : (size - 1) / chunk + 1)
  }

  /// The first hundred numbers from 0 that a sorted list skips.
  private static func gaps(_ numbers: [Int]) -> [Int] {
    var gaps: [Int] = []
    var next = 0
    for number in numbers {
      while next < number, gaps.count < 100 {
        gaps.append(next)
        next += 1
      }
      next = number + 1
    }
    return gaps
  }
}

extension Chunks {
  /// The pieces as one; nil when one is missing or their sum passes 64 bits.
  package func joined(name: String) -> JoinedSource? {
    guard missing.isEmpty else { return nil }
    return JoinedSource(pieces.compactMap(\.file.source), name: name)
  }
}
