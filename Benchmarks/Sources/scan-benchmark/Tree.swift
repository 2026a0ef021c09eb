import Foundation

/// A repository of any size: archives and unpacked packages, a hundred to a folder.
struct Tree {
  let root: String

  /// Writes a tree of so many packages; every fourth is a descriptor beside its disk.
  init(at root: String, packages: Int) throws {
    self.root = root
    for number in 0..<packages {
      let folder = "\(root)/\(number / 10_000)/\(number / 100 % 100)"
      if number % 100 == 0 {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      if number % 4 == 3 {
        let own = "\(folder)/p\(number)"
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        try Self.write(Self.descriptor(number), to: "\(own)/p.ovf")
        try Self.write(Self.disk, to: "\(own)/disk.vmdk")
      } else {
        try Self.write(Self.archive(number), to: "\(folder)/p\(number).ova")
      }
    }
  }

  /// Writes one archive anew.
  func change(_ number: Int) throws {
    let number = number - (number % 4 == 3 ? 1 : 0)
    try Self.write(
      Self.archive(number + 1_000_000),
      to: "\(root)/\(number / 10_000)/\(number / 100 % 100)/p\(number).ova")
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private static let disk = Array("KDMV".utf8) + [UInt8](repeating: 0, count: 508)

  private static func descriptor(_ number: Int) -> [UInt8] {
    func item(_ id: Int, _ type: Int, _ more: String) -> String {
      "<Item><rasd:ElementName>e\(id)</rasd:ElementName><rasd:InstanceID>\(id)</rasd:InstanceID>"
        + more + "<rasd:ResourceType>\(type)</rasd:ResourceType></Item>"
    }
    let cim = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
    return Array(
      """
      <?xml version="1.0"?>
      <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="\(cim)">
      <References><File ovf:id="f" ovf:href="disk.vmdk" ovf:size="512"/></References>
      <DiskSection><Info>d</Info><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="1048576" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/></DiskSection>
      <VirtualSystem ovf:id="vm"><Info>v</Info><Name>machine \(number)</Name>
      <VirtualHardwareSection><Info>h</Info>
      \(item(1, 3, "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>"))
      \(item(2, 4, "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:VirtualQuantity>512</rasd:VirtualQuantity>"))
      </VirtualHardwareSection></VirtualSystem></Envelope>

      """.utf8)
  }

  private static func archive(_ number: Int) -> [UInt8] {
    member("p.ovf", descriptor(number)) + member("disk.vmdk", disk)
      + [UInt8](repeating: 0, count: 1024)
  }

  private static func member(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ offset: Int) {
      header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: width - 1 - digits.count) + digits
    }
    put(name, 0)
    put(octal(0o644, 8), 100)
    put(octal(0, 8), 108)
    put(octal(0, 8), 116)
    put(octal(bytes.count, 12), 124)
    put(octal(1_500_000_000, 12), 136)
    put("        ", 148)
    put("0", 156)
    put("ustar\u{0}00", 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, 7), 148)
    header[154] = 0
    return header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }
}
