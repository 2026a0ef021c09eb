public import Foundation
import OVAByteSource

extension Package {
  /// Opens an archive that is in memory.
  /// - Parameters:
  ///   - bytes: the whole archive.
  ///   - name: what places and errors call it.
  ///   - limits: how much of anything is accepted.
  /// - Throws: `PackageError` when there is no package.
  public static func open(
    bytes: [UInt8], name: String = "package.ova", limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    try open(MemorySource(bytes, name: name), limits: limits)
  }

  /// Opens an archive through a file handle, which can be closed afterward.
  ///
  /// The position of the handle is neither used nor changed. For a pipe or a socket, whose bytes
  /// can be read only once, use `Package.read(_:options:limits:tee:)`.
  /// - Parameters:
  ///   - handle: an open regular file.
  ///   - name: what places and errors call it.
  ///   - limits: how much of anything is accepted.
  /// - Throws: `PackageError` when there is no package.
  public static func open(
    _ handle: FileHandle, name: String = "package.ova", limits: Limits = Limits()
  ) throws(PackageError) -> Package {
    let source: FileSource
    do throws(ByteSourceError) {
      source = try FileSource(duplicating: handle.fileDescriptor, name: name)
    } catch {
      throw PackageError(error)
    }
    return try open(source, limits: limits)
  }
}
