import Foundation
import OVAServer
import Testing

/// A log whose reader does not read.
struct LogOutputTests {
  /// A pipe of the least size that Linux has.
  private struct Reader {
    let input: Int32
    let output: Int32

    init() throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      (input, output) = (ends[0], ends[1])
      // F_SETPIPE_SZ
      _ = fcntl(output, 1031, 4096)
    }

    /// Reads until the text ends with `end`.
    func text(to end: String) -> String {
      var text = ""
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !text.hasSuffix(end) {
        let count = read(input, &buffer, buffer.count)
        guard count > 0 else { break }
        text += String(decoding: buffer.prefix(count), as: UTF8.self)
      }
      return text
    }

    /// Reads the text that is there.
    func textNow() -> String {
      _ = fcntl(input, F_SETFL, O_NONBLOCK)
      var text = ""
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(input, &buffer, buffer.count)
        guard count > 0 else { return text }
        text += String(decoding: buffer.prefix(count), as: UTF8.self)
      }
    }
  }

  @Test func linesOfAReaderThatReadsLateComeInTheirOrder() throws {
    let reader = try Reader()
    let log = LogOutput(descriptor: reader.output)
    // Far more than the pipe holds; each returns all the same.
    let lines = (0..<500).map { "line \($0) \(String(repeating: "x", count: 100))\n" }
    for line in lines { log.write(Array(line.utf8)) }
    log.write(Array("end\n".utf8))
    #expect(reader.text(to: "end\n") == lines.joined() + "end\n")
    log.flush(within: .seconds(10))
  }

  @Test func linesThatNobodyTakesAreDroppedAndCounted() throws {
    let reader = try Reader()
    let log = LogOutput(descriptor: reader.output, mostWaiting: 10)
    let long = String(repeating: "y", count: 1000) + "\n"
    for _ in 0..<50 { log.write(Array(long.utf8)) }
    // Those in the pipe, and those that wait.
    var text = reader.textNow()
    while !log.flush(within: .milliseconds(5)) { text += reader.textNow() }
    log.write(Array("end\n".utf8))
    log.flush(within: .seconds(10))
    text += reader.textNow()
    let told = try #require(text.firstMatch(of: /(\d+) lines of the log were dropped here\n/))
    let dropped = try #require(Int(told.1))
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("y") }.count
    #expect(lines + dropped == 50)
  }

  @Test func aReaderThatIsGoneHoldsUpNobody() throws {
    signal(SIGPIPE, SIG_IGN)
    let reader = try Reader()
    let log = LogOutput(descriptor: reader.output)
    close(reader.input)
    for _ in 0..<100 { log.write(Array("line\n".utf8)) }
    log.flush(within: .seconds(10))
  }
}
