import OVABasics
import OVAByteSource
import OVAPackage
import OVARemote

/// A disk's file, and those of its extents beside it.
struct DiskFiles {
  /// The file that was named.
  let main: any ByteSource
  private let place: Place

  private enum Place {
    /// A folder of this machine, with a slash at its end; empty for the current one.
    case folder(String)
    case remote(RemoteLocation)
  }

  init(_ name: PackageName) throws(ByteSourceError) {
    if name.isRemote {
      let location = try RemoteLocation(name.text)
      main = try RemoteInput.file(at: location).source
      place = .remote(location)
      return
    }
    let path = name.text
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    main = try FileSource(path: path)
    place = .folder(slash.map { String(path[...$0]) } ?? "")
  }

  /// Returns the file of an extent; nil where there is no such file, which the disk's faults tell.
  /// - Throws: `ByteSourceError` when the machine does not let it be read.
  func extent(_ name: String) throws(ByteSourceError) -> (any ByteSource)? {
    do throws(ByteSourceError) {
      switch place {
      case .folder(let folder): return try FileSource(path: folder + name)
      case .remote(let location):
        // Only what lies beside the disk, on the same server.
        guard case .success(let path) = PackagePath.read(name, limits: Limits()) else { return nil }
        return try RemoteInput.file(at: location.beside(path.text)).source
      }
    } catch {
      switch error.code {
      case .notFound, .notAFile, .limitExceeded, .passed: return nil
      case .inputOutput, .permissionDenied, .changed: throw error
      }
    }
  }
}
