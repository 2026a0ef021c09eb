import OVABasics
import OVFDescriptor
import Testing

@Suite struct Configurations {
  static let options = """
    <DeploymentOptionSection><Info>i</Info>
    <Configuration ovf:id="small"><Label>S</Label><Description>d</Description></Configuration>
    <Configuration ovf:id="large" ovf:default="true"><Label>L</Label><Description>d</Description>
    </Configuration></DeploymentOptionSection>
    """
  static let machine = Text.machine(
    Text.item("1", 3, ("VirtualQuantity", "2"), ("ElementName", "cpu"))
      + Text.item("1", 3, ("VirtualQuantity", "16"), attributes: "ovf:configuration=\"large\"")
      + Text.item("5", 17, attributes: "ovf:configuration=\"small large\"")
      + Text.item("6", 17, attributes: "ovf:configuration=\"other\""))

  @Test func `the one marked default counts when nobody chooses`() throws {
    let envelope = try read(Text.envelope(Self.options + Self.machine))
    #expect(envelope.defaultConfiguration == "large")
    #expect(try hardware(envelope).virtualCPUs == 16)
    #expect(try hardware(envelope, in: "small").virtualCPUs == 2)
    #expect(try hardware(envelope).disks.map(\.item.instanceID) == ["5"])
  }

  @Test func `without a mark the first counts`() throws {
    let text = Text.envelope(
      Self.options.replacing(" ovf:default=\"true\"", with: "") + Self.machine)
    #expect(try read(text).defaultConfiguration == "small")
  }

  @Test func `a merged device has the later fields and keeps the others`() throws {
    let envelope = try read(Text.envelope(Self.options + Self.machine))
    let device = try #require(try hardware(envelope).devices.first)
    #expect(device.item.displayName?.text == "cpu")
    #expect(device.places.count == 2)
    #expect(try hardware(envelope).conflicts.isEmpty)
  }

  @Test func `an item for a configuration does not count where there are none`() throws {
    let envelope = try read(Text.envelope(Self.machine))
    #expect(try hardware(envelope).virtualCPUs == 2)
    #expect(try hardware(envelope).disks.isEmpty)
  }

  @Test func `an unqualified configuration counts, and is noticed once`() throws {
    let text = Text.envelope(
      Self.options + Self.machine.replacing("ovf:configuration", with: "configuration"))
    let envelope = try read(text)
    #expect(try hardware(envelope).virtualCPUs == 16)
    #expect(
      envelope.diagnostics.map(\.kind).filter { $0 == .unqualifiedAttribute("configuration") }
        .count == 1)
  }

  @Test func `bounds are a device's range and no devices`() throws {
    let machine = try hardware(
      items: Text.item("1", 4, ("VirtualQuantity", "512"), attributes: "ovf:bound=\"normal\"")
        + Text.item("1", 4, ("VirtualQuantity", "128"), attributes: "ovf:bound=\"min\"")
        + Text.item("1", 4, ("VirtualQuantity", "1024"), attributes: "ovf:bound=\"max\""))
    #expect(machine.memoryBytes == 512)
    let device = try #require(machine.devices.first)
    #expect(machine.devices.count == 1)
    #expect(device.minimum?.virtualQuantity?.value == .number(128))
    #expect(device.maximum?.virtualQuantity?.value == .number(1024))
  }

  @Test func `a bound that is no bound is a fault, and the item a device`() throws {
    let envelope = try read(
      Text.envelope(
        Text.machine(
          Text.item("1", 3, ("VirtualQuantity", "1"), attributes: "ovf:bound=\"most\""))))
    #expect(try hardware(envelope).virtualCPUs == 1)
    #expect(
      envelope.diagnostics.map(\.kind) == [
        .badValue(
          element: "Item", name: "bound", text: "most",
          fault: .notOneOf(["normal", "min", "max"]))
      ])
  }

  @Test func `two unconditional items with one id are merged, and said`() throws {
    let machine = try hardware(
      items: Text.item("1", 3, ("VirtualQuantity", "1"))
        + Text.item("1", 3, ("VirtualQuantity", "4")))
    #expect(machine.virtualCPUs == 4)
    #expect(machine.conflicts.map(\.kind) == [.bothUnconditional])
  }

  @Test func `items with one id and different types stay apart, and it is said`() throws {
    let machine = try hardware(
      items: Text.item("1", 3, ("VirtualQuantity", "1")) + Text.item("1", 17))
    #expect(machine.devices.count == 2)
    #expect(machine.conflicts.map(\.kind) == [.differentTypes])
  }
}
