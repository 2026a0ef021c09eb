import OVFDescriptor
import Testing

@Suite struct UnitTextTests {
  @Test(arguments: [
    ("MegaBytes", "byte * 2^20"), ("TeraBytes", "byte * 2^40"), ("GB", "byte * 2^30"),
    ("KiB", "byte * 2^10"), ("byte * 2 ^ 20", "byte * 2^20"), ("Bytes", "byte"),
    ("byte * 1024 * 1024", "byte * 2^20"), ("byte * 10^9", "byte * 10^9"),
    ("byte * 1500", "byte * 1500"), ("MHz", "hertz * 10^6"), ("hertz", "hertz"),
    ("MegaBits", "bit * 10^6"),
  ])
  func `a unit is written as a programmatic unit that means the same`(
    text: String, programmatic: String
  ) throws {
    let unit = try ProgrammaticUnit.parse(text).get()
    let written = try #require(unit.programmaticText)
    #expect(written == programmatic)
    let read = try ProgrammaticUnit.parse(written).get()
    #expect(read.isStandard)
    #expect(read.numerator == unit.numerator && read.base == unit.base)
  }

  @Test(arguments: ["percent", "byte / 2", "byte * 0", "byte * byte"])
  func `a unit that is no whole number of bytes, bits or cycles has no such text`(
    text: String
  ) throws {
    #expect(try ProgrammaticUnit.parse(text).get().programmaticText == nil)
  }
}
