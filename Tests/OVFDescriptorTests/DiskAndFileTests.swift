import OVABasics
import OVFDescriptor
import Testing

@Suite struct DisksAndFiles {
  static func package(
    disk: String, references: String = "<File ovf:id=\"f\" ovf:href=\"d.vmdk\"/>",
    resource: String = "ovf:/disk/d", more: String = ""
  ) -> String {
    Text.envelope(
      "<References>\(references)</References><DiskSection><Info>i</Info>\(disk)</DiskSection>"
        + more + Text.machine(Text.item("1", 17, ("HostResource", resource))))
  }

  @Test(arguments: [
    "ovf:/disk/d", "/disk/d", "ovf://disk/d", "ovf:disk/d", "OVF:/disk/d",
  ])
  func `a disk is found by every form of HostResource`(resource: String) throws {
    let envelope = try read(
      Self.package(
        disk: "<Disk ovf:diskId=\"d\" ovf:fileRef=\"f\" ovf:capacity=\"1\"/>", resource: resource))
    guard case .disk(let disk, let file)? = try hardware(envelope).disks.first?.backing else {
      Issue.record("no disk")
      return
    }
    #expect(disk.id?.text == "d")
    #expect(file?.href?.text == "d.vmdk")
  }

  @Test(
    arguments: [
      ("/file/x", .file("x")), ("ovf:/file/x y", .file("x y")), ("d.vmdk", .other("d.vmdk")),
      ("ovf:/disk/", .other("ovf:/disk/")), ("disk/x", .other("disk/x")),
    ] as [(String, HostResource)])
  func `other forms are what they are`(text: String, resource: HostResource) {
    #expect(HostResource(text) == resource)
  }

  @Test(arguments: ["nothing.vmdk", "ovf:/disk/other", "ovf:/file/other"])
  func `what names nothing stays unresolved`(resource: String) throws {
    let envelope = try read(
      Self.package(disk: "<Disk ovf:diskId=\"d\" ovf:capacity=\"1\"/>", resource: resource))
    #expect(
      try hardware(envelope).disks.first?.backing == .unresolved(HostResource(resource)))
  }

  @Test func `an empty or missing fileRef is a blank disk`() throws {
    for reference in ["", "ovf:fileRef=\"\""] {
      let envelope = try read(
        Self.package(disk: "<Disk ovf:diskId=\"d\" ovf:capacity=\"1\" \(reference)/>"))
      let disk = try #require(envelope.disks.first)
      #expect(envelope.file(of: disk) == nil)
    }
  }

  @Test(
    arguments: [
      ("ovf:capacity=\"10\" ovf:capacityAllocationUnits=\"byte * 2^30\"", .success(10 << 30)),
      ("ovf:capacity=\"10\"", .success(10)),
      ("ovf:capacity=\"${size}\" ovf:capacityAllocationUnits=\"GigaBytes\"", .success(20 << 30)),
      ("ovf:capacity=\"${c.size.1}\"", .success(20)),
      ("ovf:capacity=\"-10\"", .failure(.negative)),
      ("ovf:capacity=\"ten\"", .failure(.notANumber)),
      ("ovf:capacity=\"\"", .failure(.empty)),
      ("ovf:capacity=\"9223372036854775808\"", .failure(.overflow(bound: "9223372036854775807"))),
      (
        "ovf:capacity=\"9223372036854775807\" ovf:capacityAllocationUnits=\"byte * 2^10\"",
        .failure(.overflow(bound: "2^63 - 1"))
      ),
      ("ovf:capacity=\"1\" ovf:capacityAllocationUnits=\"hertz\"", .failure(.unknownUnit("hertz"))),
      ("ovf:capacity=\"${none}\"", .failure(.unknownProperty("none"))),
      ("ovf:capacity=\"${empty}\"", .failure(.propertyWithoutValue("empty"))),
      ("", nil),
    ] as [(String, Result<UInt64, ValueFault>?)])
  func `capacities are bytes or say what is wrong`(
    attributes: String, bytes: Result<UInt64, ValueFault>?
  ) throws {
    let envelope = try read(
      Self.package(
        disk: "<Disk ovf:diskId=\"d\" \(attributes)/>",
        more: """
          <ProductSection ovf:class="c" ovf:instance="1"><Info>i</Info>
          <Property ovf:key="size" ovf:type="int" ovf:value="20"/>
          <Property ovf:key="empty" ovf:type="int"/></ProductSection>
          """))
    let disk = try #require(envelope.disks.first)
    #expect(envelope.capacity(of: disk, in: nil) == bytes)
  }

  @Test func `a property's value for the configuration comes before its default`() throws {
    let envelope = try read(
      Self.package(
        disk: "<Disk ovf:diskId=\"d\" ovf:capacity=\"${size}\"/>",
        more: Configurations.options + """
          <ProductSection><Info>i</Info><Property ovf:key="size" ovf:type="int" ovf:value="1">
          <Value ovf:value="2" ovf:configuration="large"/></Property></ProductSection>
          """))
    let disk = try #require(envelope.disks.first)
    #expect(envelope.capacity(of: disk, in: "large") == .success(2))
    #expect(envelope.capacity(of: disk, in: "small") == .success(1))
  }

  @Test(
    arguments: [
      ("d.vmdk", .file(path: "d.vmdk")), ("a%20b.vmdk", .file(path: "a b.vmdk")),
      ("a b.vmdk", .file(path: "a b.vmdk")), ("100%.vmdk", .file(path: "100%.vmdk")),
      ("http://h/d.vmdk", .url(scheme: "http")), ("HTTPS://h/d", .url(scheme: "https")),
      ("file:///etc/passwd", .url(scheme: "file")), ("c:\\d.vmdk", .file(path: "c:\\d.vmdk")),
      ("%2e%2e/d", .file(path: "../d")), ("%ff", .undecodable),
    ] as [(String, FileReference.Target)])
  func `an href is a path or a URL`(href: String, target: FileReference.Target) {
    #expect(FileReference.Target(href: href) == target)
  }

  @Test func `sizes keep the text that is no number`() throws {
    let envelope = try read(
      Self.package(
        disk: "", references: "<File ovf:id='a' ovf:href='x' ovf:size='-5' ovf:chunkSize='7'/>"))
    let file = try #require(envelope.files.first)
    #expect(file.size?.text == "-5")
    #expect(file.size?.fault == .negative)
    #expect(file.chunkSize?.value == 7)
  }
}
