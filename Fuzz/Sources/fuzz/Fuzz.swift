import FuzzSubjects
import Glibc

/// The reader that the bytes are handed to: the variable `OVA_FUZZ` names it.
private let subject: Subject = {
  guard let name = getenv("OVA_FUZZ").map({ String(cString: $0) }),
    let subject = Subject(rawValue: name)
  else {
    let names = Subject.allCases.map(\.rawValue).joined(separator: ", ")
    say("OVA_FUZZ has to be one of \(names)")
    exit(2)
  }
  return subject
}()

/// libFuzzer's loop, which calls `body` with each input.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The package manager names an executable's entry after its module.
@_cdecl("fuzz_main")
public func fuzzMain(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var count = count
  var arguments = arguments
  return runFuzzer(&count, &arguments, readOne)
}

/// Hands one input over. libFuzzer's own entry asks for it by this name, though ours is taken.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try subject.read(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    // Ends the process as a crash does, so that the input is kept.
    say("contradiction: \(error)")
    abort()
  }
  return 0
}

/// Writes a line to standard error.
private func say(_ text: String) {
  let line = Array("\(text)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
}
