import Foundation

/// What a disk is filled with.
enum Filling: String, CaseIterable {
  /// Numbers that no compressor makes smaller: what encrypted or packed files look like.
  case incompressible
  /// Words in no order, to about a third: what text and programs look like.
  case compressible
  /// A quarter of each, and half of it holes.
  case mixed
}

/// A streamOptimized disk made by `qemu-img`, with a descriptor and a manifest over both.
struct Disk {
  let path: String
  let descriptor: String
  let capacity: Int
  let bytes: Int
  private let folder: String

  init(_ filling: Filling, mebibytes: Int, in work: String) throws {
    folder = "\(work)/\(filling.rawValue)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let raw = "\(folder)/raw"
    path = "\(folder)/web-disk1.vmdk"
    descriptor = "\(folder)/web.ovf"
    capacity = mebibytes << 20
    guard FileManager.default.createFile(atPath: raw, contents: nil) else {
      throw CocoaError(.fileWriteUnknown)
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: raw))
    var source = Source()
    for mebibyte in 0..<mebibytes {
      let data: Data? =
        switch filling {
        case .incompressible: source.random()
        case .compressible: source.words()
        case .mixed: [source.random(), nil, source.words(), nil][mebibyte / 4 % 4]
        }
      guard let data else { continue }
      try file.seek(toOffset: UInt64(mebibyte) << 20)
      try file.write(contentsOf: data)
    }
    try file.truncate(atOffset: UInt64(capacity))
    try file.close()
    _ = try Run([
      "qemu-img", "convert", "-f", "raw", "-O", "vmdk", "-o",
      "subformat=streamOptimized,adapter_type=lsilogic", raw, path,
    ])
    try FileManager.default.removeItem(atPath: raw)
    bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    try Self.text(bytes: bytes, capacity: capacity)
      .write(toFile: descriptor, atomically: true, encoding: .utf8)
    let sums =
      "cd \"$0\" && for f in web.ovf web-disk1.vmdk; do "
      + "echo \"SHA256($f)= $(sha256sum $f | cut -c1-64)\"; done > web.mf"
    _ = try Run(["bash", "-c", sums, folder])
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private static func text(bytes: Int, capacity: Int) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" \
    xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
      <References><File ovf:id="file1" ovf:href="web-disk1.vmdk" ovf:size="\(bytes)"/></References>
      <DiskSection>
        <Info>Disks</Info>
        <Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="\(capacity)" \
    ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
      </DiskSection>
      <VirtualSystem ovf:id="web"><Info>A machine</Info></VirtualSystem>
    </Envelope>

    """
  }
}

/// Bytes that are the same in every run.
private struct Source {
  private var state: UInt64 = 1

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A mebibyte that does not compress.
  mutating func random() -> Data {
    let numbers = (0..<1 << 17).map { _ in next() }
    return numbers.withUnsafeBytes { Data($0) }
  }

  /// A mebibyte of words, some common and some rare, with numbers between them.
  mutating func words() -> Data {
    var data = Data(capacity: 1 << 20)
    while data.count < 1 << 20 {
      let number = next()
      // The lower a word's number, the more often it comes.
      let word = (number % 4096) * (number >> 12 % 4096) / 4096
      var letters = word &* 0x9E37_79B9_7F4A_7C15
      for _ in 0..<3 + word % 9 {
        data.append(UInt8(97 + letters % 26))
        letters /= 26
      }
      data.append(number >> 60 == 0 ? 10 : 32)
      if number >> 58 & 7 == 0 { data.append(contentsOf: "\(number >> 40 & 0xFFFF) ".utf8) }
    }
    return data.prefix(1 << 20)
  }
}
