import Foundation
import OVARules

extension ExamplePackage {
  /// Writes the package as an archive, with holes for the zeros of large members.
  func writeArchive(to folder: TemporaryFolder) throws -> String {
    var holes: [(offset: Int, length: Int)] = []
    let bytes = try archive(&holes)
    guard !holes.isEmpty else { return try folder.write(bytes, to: archiveName) }
    let path = try folder.write([UInt8](), to: archiveName)
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    var written = 0
    for hole in holes {
      try handle.write(contentsOf: bytes[written..<hole.offset])
      written = hole.offset
      try handle.seek(toOffset: handle.offset() + UInt64(hole.length))
    }
    try handle.write(contentsOf: bytes[written...])
    try handle.close()
    return path
  }

  /// The package as an archive, with what is wrong with it as one; the zeros of large members are
  /// left out of the bytes and recorded as holes.
  private func archive(_ holes: inout [(offset: Int, length: Int)]) throws -> [UInt8] {
    var builder = TarBuilder()
    for file in files {
      add(file, to: &builder)
      if file.hole > 0 { holes.append((builder.bytes.count, file.hole)) }
    }
    var ending = 2
    for change in archiveChanges {
      switch change {
      case .withoutEnd: ending = 0
      case .oneEndBlock: ending = 1
      case .shortened, .followed, .gzipped, .replaced, .named: break
      }
    }
    builder.end(blocks: ending)
    var bytes = builder.bytes
    for change in archiveChanges {
      switch change {
      case .shortened(let count): bytes.removeLast(min(count, bytes.count))
      case .followed(let more): bytes += more
      case .gzipped: bytes = try run("gzip", ["-nc"], input: bytes).output
      case .replaced(let other): bytes = other
      case .withoutEnd, .oneEndBlock, .named: break
      }
    }
    return bytes
  }

  private func add(_ file: File, to builder: inout TarBuilder) {
    var header = TarBuilder.Header(file.name, size: file.bytes.count + file.hole)
    switch file.kind {
    case nil: break
    case .symbolicLink(let target): header.typeFlag = UInt8(ascii: "2"); header.link = target
    case .hardLink(let target): header.typeFlag = UInt8(ascii: "1"); header.link = target
    case .folder: header.typeFlag = UInt8(ascii: "5")
    case .device: header.typeFlag = UInt8(ascii: "3")
    case .sparse:
      header.typeFlag = UInt8(ascii: "S")
      header.magic = .gnu
      header.sparseSize = header.size
    }
    if file.kind != nil, file.kind != .sparse { header.size = 0 }
    var records = file.dialect == .pax ? [("path", Array(file.name.utf8))] : []
    switch file.dialect {
    case .gnu: header.magic = .gnu
    case .v7: header.magic = .v7
    case .ustar, .pax: break
    }
    switch file.header {
    case nil: break
    case .name(let bytes): header.name = bytes
    case .base256Size:
      header.magic = .gnu
      header.sizeField = TarBuilder.base256(header.size)
    case .gnuLongName(let name):
      header.magic = .gnu
      builder.gnuLong(file.name, header: name)
    case .mode(let mode): header.mode = mode
    case .emptyPaxName: records = [("path", [])]
    case .otherSizeInPax:
      records.append(("size", Array("\(header.size)".utf8)))
      header.size += 512
    case .negativeSize: header.sizeField = [UInt8](repeating: 0xFF, count: 12)
    case .unreadableSize: header.sizeField = Array("no number   ".utf8)
    case .wrongChecksum: header.spoilsChecksum = true
    case .malformedExtension: builder.pax(content: Array("no record\n".utf8))
    case .afterGlobalHeader: builder.pax([("comment", Array("1f2e3d".utf8))], flag: "g")
    }
    if !records.isEmpty { builder.pax(records) }
    builder.add(header, file.kind == nil || file.kind == .sparse ? file.bytes : [])
  }
}
