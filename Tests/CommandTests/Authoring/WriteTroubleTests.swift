import Foundation
import OVATestSupport
import Testing

/// Tests that a command that is killed, or runs out of room, while it writes leaves nothing or all
/// of it.
@Suite struct WriteTroubleTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("out"), withIntermediateDirectories: true)
  }

  /// A command that writes `out/…`.
  enum Command: String, CaseIterable, CustomTestStringConvertible {
    case pack, fix, tee, unpack
    var testDescription: String { rawValue }

    var output: String { self == .unpack ? "big" : "big.ova" }
  }

  /// Writes what the command is to work on, some 24 MB of it, and gives its arguments.
  private func arguments(_ command: Command) throws -> [String] {
    let out = folder.path("out/big.ova")
    let sample = OVATool.sample("good/database")
    let big = folder.path("big")
    try FileManager.default.copyItem(atPath: sample, toPath: big)
    try FileManager.default.removeItem(atPath: "\(big)/database.mf")
    try folder.write([UInt8](repeating: 7, count: 24 << 20), to: "big/notes.iso")
    var text = try String(contentsOfFile: "\(big)/database.ovf", encoding: .utf8)
    text = text.replacing(
      "</References>", with: "<File ovf:id=\"notes\" ovf:href=\"notes.iso\"/></References>")
    try folder.write(text, to: "big/database.ovf")
    if command == .pack { return ["pack", big, "-o", out] }
    let archive = folder.path("big.ova")
    let packed = try OVATool.run("pack", big, "-o", archive)
    #expect(packed.status == 0, "\(packed.errorText)")
    return switch command {
    case .fix: ["fix", "--algorithm", "sha1", "--write", out, archive]
    case .tee: ["check", "--tee", out, "-"]
    case .unpack: ["unpack", "-C", folder.path("out"), archive]
    case .pack: []
    }
  }

  private func process(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: OVATool.path)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle(forReadingAtPath: folder.path("big.ova"))
    return process
  }

  @Test(arguments: Command.allCases)
  func aKilledProcessLeavesNothingOrAll(command: Command) throws {
    let arguments = try arguments(command)
    let begun = ContinuousClock.now
    let whole = try process(arguments)
    try whole.runToEnd()
    #expect(whole.terminationStatus == 0)
    let took = ContinuousClock.now - begun
    let names = try folder.names("out")
    #expect(names == [command.output])
    let expected = command == .unpack ? nil : try folder.read("out/big.ova")
    var killed = 0
    for part in 1...5 {
      try FileManager.default.removeItem(atPath: folder.path("out/\(command.output)"))
      let process = try process(arguments)
      try process.run()
      usleep(UInt32(took / .microseconds(1)) / 6 * UInt32(part))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let isKilled = process.terminationReason == .uncaughtSignal
      killed += isKilled ? 1 : 0
      let left = try folder.names("out")
      if let expected {
        #expect(left.isEmpty || left == names)
        if !left.isEmpty { #expect(try folder.read("out/big.ova") == expected) }
      } else {
        // A folder cannot be without a name: a hidden one may stay.
        #expect(
          left.filter { !$0.hasPrefix(".") } == (isKilled ? left.filter { $0 == "big" } : names))
        if left.contains("big") { #expect(try folder.names("out/big").count == 5) }
        for name in left where name.hasPrefix(".") {
          try FileManager.default.removeItem(atPath: folder.path("out/\(name)"))
        }
      }
      if left.isEmpty || !left.contains(command.output) {
        try folder.write("", to: "out/\(command.output)")
      }
    }
    #expect(killed > 0)
  }

  @Test(arguments: Command.allCases)
  func aFullDiskLeavesNothingAndIsTold(command: Command) throws {
    let arguments = try arguments(command)
    // The most that a file may have stands for a disk without room: writing fails half-way.
    let input = command == .tee ? folder.path("big.ova") : "/dev/null"
    let result = try run(
      "bash",
      ["-c", "ulimit -f 8192; exec \"$0\" \"$@\" < '\(input)'", OVATool.path] + arguments)
    #expect(result.status == 4)
    #expect(result.errorText.contains("File too large"), "\(result.errorText)")
    #expect(result.errorText.contains("fix: "))
    #expect(try folder.names("out").isEmpty)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func unpackingThatIsStoppedClearsAway(signal: Int32) throws {
    let arguments = try arguments(.unpack)
    let process = try process(arguments)
    try process.run()
    while try folder.names("out").isEmpty, process.isRunning { usleep(200) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let left = try folder.names("out")
    #expect(left.isEmpty && process.terminationStatus == 130 || left == ["big"])
  }

  @Test func ctrlCEndsACheckAtOnceWith130() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: OVATool.path)
    process.arguments = ["check", "-"]
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let sample = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))
    // More than a pipe holds: it is reading by then.
    try pipe.fileHandleForWriting.write(contentsOf: sample.prefix(100_000))
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
  }
}
