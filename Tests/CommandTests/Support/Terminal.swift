import Foundation
import OVATestSupport

/// A terminal of some size, with the command `ova` in it.
enum Terminal {
  private static let program = """
    import fcntl, os, pty, select, struct, subprocess, sys, termios
    columns, streams, *command = sys.argv[1:]
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
    attributes = termios.tcgetattr(slave)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(slave, termios.TCSANOW, attributes)
    null = open(os.devnull, "wb")
    process = subprocess.Popen(
        command, stdin=sys.stdin, stdout=slave if "out" in streams else null,
        stderr=slave if "err" in streams else null)
    os.close(slave)
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data: break
        sys.stdout.buffer.write(data)
    sys.exit(process.wait() & 255)
    """

  /// Runs `ova` with some of its streams on a terminal, and gives what it wrote there.
  /// - Parameter streams: `out`, `err` or both; what is written to the other is lost.
  static func run(
    columns: Int, _ streams: String, _ arguments: [String], in folder: String? = nil,
    input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> ToolResult {
    try OVATestSupport.run(
      "python3", ["-c", program, "\(columns)", streams, OVATool.path] + arguments, in: folder,
      input: input,
      environment: ["TERM": "xterm", "COLUMNS": "", "NO_COLOR": "", "PYTHONUTF8": "1"]
        .merging(environment) { $1 })
  }

  /// The cells of a line as Python's tables of Unicode have them: marks that combine take none, wide
  /// characters two. Sequences for colors are no text.
  static func cells(_ line: some StringProtocol) -> Int {
    var count = 0
    var isSequence = false
    for scalar in line.unicodeScalars {
      if isSequence {
        isSequence = !scalar.properties.isAlphabetic
        continue
      }
      if scalar == "\u{1B}" {
        isSequence = true
        continue
      }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format, .control: continue
      default: break
      }
      let value = scalar.value
      let isWide =
        (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
        || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
        || (0xFE30...0xFE6F).contains(value) || (0xFF01...0xFF60).contains(value)
        || (0x1F300...0x1F64F).contains(value) || (0x20000...0x3FFFD).contains(value)
      count += isWide ? 2 : 1
    }
    return count
  }
}
