public import OVABasics
import OVAByteSource
import VirtualDisks

extension Package {
  /// Makes sure that all that was read of the package is of one version: that none of its files was
  /// written, cut or replaced since it was opened. To be asked last, before a result is given.
  /// - Throws: `PackageError` `changed` that names the file.
  public func confirmUnchanged() throws(PackageError) {
    do throws(ByteSourceError) {
      switch form {
      case .stream: return
      // Every member lies in the one file.
      case .archive: try descriptor.source?.confirmUnchanged()
      case .folder: for file in files { try file.source?.confirmUnchanged() }
      }
    } catch {
      throw PackageError(error)
    }
  }
}

extension CheckedPackage {
  /// Whether the machine let all be read that was wanted of the package.
  public var isReadWhole: Bool {
    let seen = [
      Array(evidence.files.values), Array(evidence.repeats.values), Array(evidence.chunked.values),
    ]
    if seen.joined().contains(where: { $0.failure?.isOfMachine ?? false }) { return false }
    let isOpen = package.references.allSatisfy {
      if case .unreadable = $0.target { false } else { true }
    }
    return isOpen
      && package.disks.allSatisfy {
        if case .unreadable(let error) = $0.content { error.code != .unreadable } else { true }
      }
  }
}

extension ByteSourceError {
  /// Whether the device, the network or permissions kept the bytes back.
  fileprivate var isOfMachine: Bool {
    switch code {
    case .notFound, .permissionDenied, .notAFile, .inputOutput, .changed: true
    case .limitExceeded, .passed: false
    }
  }
}
