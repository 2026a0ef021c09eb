import Glibc
import OVAReport

extension Output {
  /// The cells of a line of what is written here: those that `COLUMNS` says, else the terminal's;
  /// nil where it is no terminal, whose lines are as long as they get.
  package var width: Int? {
    if let columns = Environment.value("COLUMNS").flatMap(Int.init), (1...10_000).contains(columns)
    {
      return columns
    }
    guard isTerminal else { return nil }
    var size = winsize()
    let isKnown = ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// Writes text for people, in lines of the terminal's width.
  func text(_ text: String) { write(WrappedText(width: width).report(text)) }
}
