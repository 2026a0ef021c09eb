public import OVABasics
import OVAByteSource
import VirtualDisks

/// The files that a package was read of, for a caller that does not keep the package itself.
package struct ReadFiles: Sendable {
  private let sources: [any ByteSource]

  fileprivate init(_ package: Package) {
    sources =
      switch package.form {
      case .stream: []
      // Every member lies in the one file.
      case .archive: package.files.lazy.compactMap(\.source).prefix(1).map(\.self)
      case .folder: package.files.compactMap(\.source)
      }
  }

  /// Makes sure that none of them was written, cut or replaced since it was opened.
  /// - Throws: `PackageError` `changed` that names the file.
  package func confirmUnchanged() throws(PackageError) {
    do throws(ByteSourceError) {
      for source in sources { try source.confirmUnchanged() }
    } catch {
      throw PackageError(error)
    }
  }
}

extension Package {
  /// The files that it was read of.
  package var readFiles: ReadFiles { ReadFiles(self) }

  /// True if its parts take more than half of the memory that a package may hold, so that no second
  /// copy of them fits beside the first.
  package var isLarge: Bool {
    limits.budget.map { $0.used(.heldBytes) > limits.heldBytes / 2 } ?? false
  }

  /// Makes sure that all that was read of the package is of one version: that none of its files was
  /// written, cut or replaced since it was opened. To be asked last, before a result is given.
  /// - Throws: `PackageError` `changed` that names the file.
  public func confirmUnchanged() throws(PackageError) {
    try readFiles.confirmUnchanged()
  }
}

extension Package {
  /// The files that the machine could not read when the package was opened. The package tells
  /// nothing of them: whatever is written, compared or judged without them may be wrong.
  public var readFailures: [PackageError] {
    var failures: [PackageError] = []
    for reference in references {
      guard case .unreadable(_, let error) = reference.target else { continue }
      switch error.code {
      case .inputOutput, .permissionDenied, .changed, .notFound: failures.append(.kept(error))
      case .limitExceeded, .notAFile, .passed: continue
      }
    }
    for content in disks.map(\.content) + images.map(\.content) {
      guard case .unreadable(let error) = content, error.code == .unreadable else { continue }
      failures.append(PackageError(error, as: .inputOutput))
    }
    failures += disks.compactMap(\.allocationFailure).map { PackageError($0, as: .inputOutput) }
    return failures.eachPlaceOnce
  }

  /// Makes sure that the machine let all be read that opening the package looked at.
  /// - Throws: the first of `readFailures`.
  public func confirmReadWhole() throws(PackageError) {
    if let failure = readFailures.first { throw failure }
  }
}

extension CheckedPackage {
  /// The evidence of each file, in whatever way it was read.
  private var seen: [FileEvidence] {
    Array(evidence.files.values) + evidence.repeats.values + evidence.chunked.values
  }

  /// The files of the package that the machine could not read, when it was opened and when its
  /// bytes were read.
  public var readFailures: [PackageError] {
    let failures = seen.compactMap(\.failure).filter(\.isOfMachine)
      .map { PackageError.kept($0) }
      .sorted { $0.place.description < $1.place.description }
    return (package.readFailures + failures).eachPlaceOnce
  }

  /// Makes sure that the machine let all be read that was wanted of the package.
  /// - Throws: the first of `readFailures`.
  public func confirmReadWhole() throws(PackageError) {
    if let failure = readFailures.first { throw failure }
  }

  /// True if the machine let all be read that was wanted of the package.
  public var isReadWhole: Bool {
    if seen.contains(where: { $0.failure?.isOfMachine ?? false }) { return false }
    let isOpen = package.references.allSatisfy {
      if case .unreadable = $0.target { false } else { true }
    }
    return isOpen
      && package.disks.allSatisfy {
        if case .unreadable(let error) = $0.content { error.code != .unreadable } else { true }
      }
  }
}

extension PackageError {
  /// The failure of one of a package's files: that it vanished says nothing of the package's own.
  fileprivate static func kept(_ error: ByteSourceError) -> PackageError {
    error.code == .notFound ? PackageError(error, as: .changed) : PackageError(error)
  }
}

extension [PackageError] {
  /// The first failure of each file.
  fileprivate var eachPlaceOnce: [PackageError] {
    var files: Set<ExactName> = []
    return filter { files.insert(ExactName($0.place.file)).inserted }
  }
}

extension ByteSourceError {
  /// True if the device, the network or permissions kept the bytes back.
  fileprivate var isOfMachine: Bool {
    switch code {
    case .notFound, .permissionDenied, .notAFile, .inputOutput, .changed: true
    case .limitExceeded, .passed: false
    }
  }
}
