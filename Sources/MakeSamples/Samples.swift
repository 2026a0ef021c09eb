import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import VirtualDisks

/// The sample packages, made from nothing: the same bytes at every run.
struct Samples {
  /// A file of a package.
  struct File {
    let name: String
    var bytes: [UInt8]
  }

  /// A sample's place below the folder, and its bytes.
  private(set) var made: [File] = []

  init() throws {
    try addGood()
    try addBroken()
  }

  private mutating func addGood() throws {
    let web = try Self.web()
    made.append(File(name: "good/web.ova", bytes: try Self.archive(web)))
    for file in try Self.database() {
      made.append(File(name: "good/database/\(file.name)", bytes: file.bytes))
    }
    made.append(File(name: "good/shop.ova", bytes: try Self.archive(Self.shop())))
    made.append(File(name: "good/sizes.ova", bytes: try Self.archive(Self.sizes())))
  }

  private mutating func addBroken() throws {
    let web = try Self.web()
    made.append(
      File(
        name: "broken/missing-disk.ova",
        bytes: try Self.archive(web.filter { !$0.name.hasSuffix(".vmdk") })))
    var changed = web
    let disk = changed.count - 1
    changed[disk].bytes[changed[disk].bytes.count / 2] ^= 0x20
    made.append(File(name: "broken/wrong-digest.ova", bytes: try Self.archive(changed)))
    let whole = try Self.archive(web)
    made.append(
      File(name: "broken/truncated.ova", bytes: Array(whole.prefix(whole.count - 50_000))))
  }

  /// A machine with one disk and two properties.
  private static func web() throws -> [File] {
    let disk = try disk(64, "A web server would be here.\n", name: "web-disk1.vmdk")
    let descriptor = SampleDescriptor(
      files: [.init(href: disk.name, size: disk.bytes.count, capacity: 64, populated: 65_536)],
      machines: [
        .init(
          id: "web", name: "web", product: "Web server", disks: [1], networks: ["Front"],
          properties: """
                <Property ovf:key="hostname" ovf:type="string" ovf:userConfigurable="true" ovf:value="web">
                  <Label>Host name</Label>
                  <Description>The name of the machine</Description>
                </Property>
                <Property ovf:key="admin_password" ovf:type="string" ovf:userConfigurable="true" ovf:password="true" ovf:qualifiers="MaxLen(64)">
                  <Label>Password</Label>
                  <Description>The administrator's password</Description>
                </Property>

            """)
      ], networks: ["Front"])
    return try sealed("web", descriptor, [disk])
  }

  /// A machine with two disks.
  private static func database() throws -> [File] {
    let system = try disk(64, "A database server would be here.\n", name: "database-disk1.vmdk")
    let data = try disk(256, "Its tables would be here.\n", name: "database-disk2.vmdk")
    let descriptor = SampleDescriptor(
      files: [
        .init(href: system.name, size: system.bytes.count, capacity: 64, populated: 65_536),
        .init(href: data.name, size: data.bytes.count, capacity: 256, populated: 65_536),
      ],
      machines: [
        .init(
          id: "database", name: "database", product: "Database server", disks: [1, 2],
          networks: ["Back"], processors: 4, memory: 8192)
      ], networks: ["Back"])
    return try sealed("database", descriptor, [system, data])
  }

  /// Two machines that start one after the other.
  private static func shop() throws -> [File] {
    let front = try disk(64, "The shop's pages would be here.\n", name: "shop-disk1.vmdk")
    let back = try disk(128, "The shop's stock would be here.\n", name: "shop-disk2.vmdk")
    let descriptor = SampleDescriptor(
      files: [
        .init(href: front.name, size: front.bytes.count, capacity: 64, populated: 65_536),
        .init(href: back.name, size: back.bytes.count, capacity: 128, populated: 65_536),
      ],
      machines: [
        .init(
          id: "front", name: "Shop front", product: "Shop front", disks: [1],
          networks: ["Front", "Back"]),
        .init(
          id: "stock", name: "Shop stock", product: "Shop stock", disks: [2], networks: ["Back"],
          processors: 4, memory: 4096),
      ],
      networks: ["Front", "Back"],
      collection: (
        id: "shop", name: "Shop",
        sections: """
            <StartupSection>
              <Info>The stock starts before the front</Info>
              <Item ovf:id="stock" ovf:order="1" ovf:startDelay="30" ovf:startAction="powerOn" ovf:stopAction="guestShutdown"/>
              <Item ovf:id="front" ovf:order="2" ovf:startAction="powerOn" ovf:stopAction="guestShutdown"/>
            </StartupSection>

        """
      ))
    return try sealed("shop", descriptor, [front, back])
  }

  /// A machine in three sizes; the middle one is the default.
  private static func sizes() throws -> [File] {
    let disk = try disk(64, "A cache would be here.\n", name: "sizes-disk1.vmdk")
    let option = { (id: String, label: String, text: String, isDefault: Bool) in
      """
          <Configuration ovf:id="\(id)"\(isDefault ? " ovf:default=\"true\"" : "")>
            <Label>\(label)</Label>
            <Description>\(text)</Description>
          </Configuration>

      """
    }
    let processors = { (count: Int, memory: Int, configuration: String) in
      SampleDescriptor.item(
        [
          ("AllocationUnits", "hertz * 10^6"), ("ElementName", "\(count) virtual CPUs"),
          ("InstanceID", "1"), ("ResourceType", "3"), ("VirtualQuantity", "\(count)"),
        ], configuration: configuration)
        + SampleDescriptor.item(
          [
            ("AllocationUnits", "byte * 2^20"), ("ElementName", "\(memory) MB of memory"),
            ("InstanceID", "2"), ("ResourceType", "4"), ("VirtualQuantity", "\(memory)"),
          ], configuration: configuration)
    }
    let descriptor = SampleDescriptor(
      files: [.init(href: disk.name, size: disk.bytes.count, capacity: 64, populated: 65_536)],
      machines: [
        .init(
          id: "cache", name: "cache", product: "Cache", disks: [1], networks: ["Back"],
          processors: 1, memory: 1024,
          optionItems: processors(2, 4096, "medium") + processors(8, 32_768, "large"))
      ],
      networks: ["Back"],
      options: "  <DeploymentOptionSection>\n    <Info>The sizes</Info>\n"
        + option("small", "Small", "For trying it out", false)
        + option("medium", "Medium", "For most", true)
        + option("large", "Large", "For many users", false) + "  </DeploymentOptionSection>\n")
    return try sealed("sizes", descriptor, [disk])
  }

  /// A streamOptimized disk with one grain of text. Its bytes are stored and not compressed, so
  /// that they are the same with every version of the compressing library.
  private static func disk(_ mebibytes: UInt64, _ text: String, name: String) throws -> File {
    var options = SparseDiskWriter.Options()
    options.level = 0
    options.extentName = name
    var writer = try SparseDiskWriter(
      capacity: mebibytes << 20, layout: .streamOptimized(.directoryInFooter), options: options)
    let line = Array(text.utf8)
    let grain = (0..<65_536).map { line[$0 % line.count] }
    try writer.append(grain, grain: 0)
    return File(name: name, bytes: writer.finish())
  }

  /// Descriptor, manifest and disks, in the order of the standard.
  private static func sealed(
    _ name: String, _ descriptor: SampleDescriptor, _ disks: [File]
  ) throws -> [File] {
    let descriptor = File(name: "\(name).ovf", bytes: Array(descriptor.text.utf8))
    let manifest = try Manifest.text(
      ([descriptor] + disks).map { FileDigest(fileName: $0.name, digest: .of($0.bytes, .sha256)) })
    return [descriptor, File(name: "\(name).mf", bytes: Array(manifest.utf8))] + disks
  }

  private static func archive(_ files: [File]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = TarWriter(name: "sample", padding: .none) { (piece) throws(ArchiveError) in
      bytes.append(contentsOf: piece)
    }
    for file in files {
      // 2026-01-01 00:00:00 UTC
      try writer.append(
        name: file.name, source: MemorySource(file.bytes, name: file.name),
        modified: 1_767_225_600)
    }
    try writer.finish()
    return bytes
  }
}
