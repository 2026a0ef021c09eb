import OVFDescriptor
import Testing

@Suite struct Units {
  @Test(
    arguments: [
      ("byte", 1), ("byte * 2^20", 1 << 20), ("byte*2^30", 1 << 30), ("byte * 1024", 1024),
      ("2^10 * byte", 1024), ("byte * 2^10 * 2^10", 1 << 20), ("byte * 10^3", 1000),
      ("kilobyte", 1000), ("megabyte", 1_000_000), ("kibibyte", 1024), ("mebibyte", 1 << 20),
      ("byte * 2^30 / 2^10", 1 << 20), ("  byte * 2^20 ", 1 << 20),
    ] as [(String, UInt64)])
  func `programmatic units are read to the letter`(text: String, bytes: UInt64) throws {
    let unit = try ProgrammaticUnit.parse(text).get()
    #expect(unit.base == .byte)
    #expect(unit.isStandard)
    #expect(unit.baseUnits(1) == .success(bytes))
  }

  @Test(
    arguments: [
      ("byte * 2 ^ 20", 1 << 20), ("bytes", 1), ("Bytes * 2^20", 1 << 20),
      ("MegaBytes", 1 << 20), ("megabytes", 1 << 20), ("MEGABYTES", 1 << 20),
      ("GigaByte", 1 << 30), ("KiloBytes", 1024), ("TeraBytes", 1 << 40), ("KB", 1024),
      ("MB", 1 << 20), ("gb", 1 << 30), ("KiB", 1024), ("MiB", 1 << 20), ("Gibibytes", 1 << 30),
      ("B", 1),
    ] as [(String, UInt64)])
  func `the words in use are powers of 1024, and known as not standard`(
    text: String, bytes: UInt64
  ) throws {
    let unit = try ProgrammaticUnit.parse(text).get()
    #expect(unit.base == .byte)
    #expect(!unit.isStandard)
    #expect(unit.baseUnits(1) == .success(bytes))
  }

  @Test func `hertz stay decimal`() throws {
    let unit = try ProgrammaticUnit.parse("MegaHertz").get()
    #expect(unit.base == .hertz)
    #expect(unit.numerator == 1_000_000)
    #expect(try ProgrammaticUnit.parse("hertz * 10^6").get().numerator == 1_000_000)
  }

  @Test(
    arguments: [
      ("", .empty), ("  ", .empty), ("Disk", .unknownUnit("Disk")),
      ("byte *", .unknownUnit("byte *")), ("byte 2", .unknownUnit("byte 2")),
      ("byte * 2^99999", .unreasonableUnit), ("byte * 10^100", .unreasonableUnit),
      ("byte / 0", .divisionByZero), ("byte * 0^-1", .divisionByZero), ("-byte", .negative),
      (
        "byte * 99999999999999999999999999999999999999",
        .unknownUnit(
          "byte * 99999999999999999999999999999999999999")
      ),
      ("byte" + String(repeating: " * 1", count: 40), .unreasonableUnit),
      (String(repeating: "byte * ", count: 100_000), .unreasonableUnit),
    ] as [(String, ValueFault)])
  func `what is no unit says why`(text: String, fault: ValueFault) {
    #expect(ProgrammaticUnit.parse(text) == .failure(fault))
  }

  @Test func `quantities are exact or refused`() throws {
    let gibi = try ProgrammaticUnit.parse("byte * 2^30").get()
    #expect(gibi.baseUnits(8_589_934_591) == .success(9_223_372_035_781_033_984))
    #expect(gibi.baseUnits(8_589_934_592) == .failure(.overflow(bound: "2^63 - 1")))
    #expect(gibi.baseUnits(.max) == .failure(.overflow(bound: "2^63 - 1")))
    let half = try ProgrammaticUnit.parse("byte / 2").get()
    #expect(half.baseUnits(4) == .success(2))
    #expect(half.baseUnits(3) == .failure(.fraction))
    #expect(try ProgrammaticUnit.parse("byte * 0").get().baseUnits(3) == .success(0))
  }
}
