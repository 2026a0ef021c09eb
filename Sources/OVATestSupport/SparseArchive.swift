import Foundation

extension TemporaryFolder {
  /// Writes an archive whose last member, a multiple of 512 bytes long, is a hole but for its
  /// beginning: it takes no room, and seconds to read. Returns its path.
  @discardableResult
  public func write(
    _ archive: TarBuilder, ending last: TarBuilder.Header, _ beginning: [UInt8] = [],
    to name: String
  ) throws -> String {
    var archive = archive
    archive.raw(last.block)
    let length = UInt64(archive.bytes.count) + last.size + 1024
    archive.raw(beginning)
    let path = try write(archive.bytes, to: name)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: length)
    try handle.close()
    return path
  }
}
