import Foundation
import OVABasics
import OVATestSupport
import OVFDescriptor
import Testing

@Suite struct DamagedDescriptors {
  /// A descriptor with something of everything.
  static let whole = Text.envelope(
    """
    <References><File ovf:id="f" ovf:href="a%20b.vmdk" ovf:size="5" ovf:compression="gzip"/></References>
    <DiskSection><Info>i</Info><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="${size}"
      ovf:capacityAllocationUnits="byte * 2^30" ovf:populatedSize="7" ovf:parentRef="d"/></DiskSection>
    <NetworkSection><Info>i</Info><Network ovf:name="n"><Description>d</Description></Network></NetworkSection>
    \(Configurations.options)
    <VirtualSystemCollection ovf:id="c"><Info>i</Info>
    <StartupSection><Info>i</Info><Item ovf:id="vm" ovf:order="1"/></StartupSection>
    <ProductSection ovf:class="c"><Info>i</Info><Property ovf:key="size" ovf:type="int" ovf:value="3">
      <Value ovf:value="4" ovf:configuration="large"/></Property></ProductSection>
    \(Text.machine(
      Text.item("1", 3, ("VirtualQuantity", "2")) + Text.item("2", 4, ("VirtualQuantity", "${size}"), ("AllocationUnits", "GB"))
        + Text.item("3", 6, ("Address", "0")) + Text.item("4", 17, ("Parent", "3"), ("AddressOnParent", "0"), ("HostResource", "ovf:/disk/d"))
        + Text.item("2", 4, ("VirtualQuantity", "1"), attributes: "ovf:bound=\"min\" ovf:configuration=\"large\"")
        + Text.item("5", 10, ("Connection", "n"), ("ResourceSubType", "E1000,virtio")),
      system: "<vssd:VirtualSystemType>vmx-7</vssd:VirtualSystemType>"))
    </VirtualSystemCollection>
    <Strings xml:lang="de"><Msg ovf:msgid="m">x</Msg></Strings>
    """)

  /// Reads and asks for everything; the number of devices, or nil for an error.
  private static func use(_ bytes: [UInt8]) -> Int? {
    guard let envelope = try? Envelope.read(bytes, name: "a.ovf", bundle: { _ in bytes })
    else { return nil }
    var count = 0
    for configuration in envelope.deploymentOptions.map(\.id?.text) + [nil] {
      for system in envelope.virtualSystems {
        count += envelope.hardware(of: system, in: configuration)?.devices.count ?? 0
        for section in system.sections {
          if let info = section.info {
            count += envelope.text(of: info, locale: "de").isEmpty ? 0 : 1
          }
        }
      }
      for disk in envelope.disks
      where (try? envelope.capacity(of: disk, in: configuration)?.get()) != nil {
        count += 1
      }
    }
    count += envelope.files.count { $0.target == .undecodable }
    return count
  }

  @Test func `the whole one is read`() {
    #expect((Self.use(Array(Self.whole.utf8)) ?? 0) > 20)
  }

  @Test func `every truncation is an error`() {
    let bytes = Array(Self.whole.utf8)
    for length in 0..<bytes.count - 1 {
      #expect(Self.use(Array(bytes[..<length])) == nil, "\(length) bytes")
    }
  }

  @Test func `changed bytes never crash the reader`() {
    var dice = SeededNumbers(seed: 1)
    let bytes = Array(Self.whole.utf8)
    var survivors = 0
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...8, using: &dice) {
        let place = Int.random(in: 0..<damaged.count, using: &dice)
        switch UInt8.random(in: 0...3, using: &dice) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: damaged[place] = UInt8.random(in: 0x20...0x7E, using: &dice)
        case 2: damaged.remove(at: place)
        default: damaged.insert(damaged[place], at: place)
        }
      }
      if Self.use(damaged) != nil { survivors += 1 }
    }
    // Damage to names and values leaves XML: the reading behind it has to be reached.
    #expect(survivors > 100)
  }

  @Test func `changed values never crash the reader`() {
    let values = [
      "", "-1", "0", "18446744073709551616", "9223372036854775807", "${}", "${size", "${${size}}",
      "byte * 2^999999999999999999999999", "ovf:/disk/", "ovf:/", "//", "%", "%%%", "1e9",
      "\u{661}",
      "a\u{301}", String(repeating: "9", count: 100_000), "large small large", ",", " , ",
    ]
    let parts = Self.whole.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    for place in stride(from: 1, to: parts.count, by: 2)
    where !parts[place - 1].contains("xmlns") {
      for value in values {
        var changed = parts
        changed[place] = value
        #expect(Self.use(Array(changed.joined(separator: "\"").utf8)) != nil)
      }
    }
  }

  @Test(.enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"))
  func `real descriptors with changed bytes never crash the reader`() throws {
    let files = RealDescriptors.all()
    var dice = SeededNumbers(seed: 2)
    var read = 0
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: file))
      guard !bytes.isEmpty, bytes.count < 60_000 else { continue }
      for _ in 0..<3 {
        var damaged = bytes
        for _ in 0..<4 {
          damaged[Int.random(in: 0..<damaged.count, using: &dice)] = UInt8.random(
            in: 0x21...0x7A, using: &dice)
        }
        if Self.use(damaged) != nil { read += 1 }
      }
    }
    #expect(read > 0)
  }
}

@Suite struct Growth {
  /// A package of one machine with so many drives and files.
  static func descriptor(drives: Int) -> [UInt8] {
    var files = ""
    var disks = ""
    var items = ""
    for number in 0..<drives {
      files +=
        "<File ovf:id=\"file\(number)\" ovf:href=\"disk\(number).vmdk\" ovf:size=\"1048576\"/>\n"
      disks +=
        "<Disk ovf:diskId=\"disk\(number)\" ovf:fileRef=\"file\(number)\" ovf:capacity=\"16\" ovf:capacityAllocationUnits=\"byte * 2^30\"/>\n"
      items += Text.item(
        "\(number)", 17, ("AddressOnParent", "\(number)"), ("ElementName", "Hard disk \(number)"),
        ("HostResource", "ovf:/disk/disk\(number)"), ("Parent", "c"))
    }
    return Array(
      Text.envelope(
        "<References>\(files)</References><DiskSection><Info>i</Info>\(disks)</DiskSection>"
          + Text.machine(Text.item("c", 6) + items)
      ).utf8)
  }

  @Test func `configurations are worked out up to a million items in all of them together`() throws
  {
    let options = (0..<2_000).map {
      "<Configuration ovf:id=\"c\($0)\"><Label>l</Label><Description>d</Description></Configuration>"
    }.joined(separator: "\n")
    let items = (0..<999).map { Text.item("\($0)", 10) }.joined()
    let text = Text.envelope(
      "<References/><DeploymentOptionSection><Info>i</Info>\(options)</DeploymentOptionSection>"
        + Text.machine(items))
    let envelope = try Envelope.read(Array(text.utf8), name: "a.ovf")
    #expect(envelope.deploymentOptions.count == 2_000)
    // The package and its machine are counted with the items.
    #expect(envelope.mostConfigurations == 1_000_000 / 1_001)
    #expect(envelope.configurations == (0..<999).map { "c\($0)" })
  }

  @Test func `time grows with size, not with its square`() throws {
    for drives in [2_500, 5_000, 10_000] {
      let bytes = Self.descriptor(drives: drives)
      let clock = ContinuousClock()
      var found = 0
      let time = try clock.measure {
        let envelope = try Envelope.read(bytes, name: "a.ovf")
        found = try hardware(envelope).disks.count { device in
          if case .disk(_, .some)? = device.backing { true } else { false }
        }
      }
      #expect(found == drives)
      print("\(bytes.count) bytes, \(drives) disks: \(time)")
    }
  }
}
