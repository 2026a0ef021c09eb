import Glibc

/// What the bytes are handed to: the variable `OVA_FUZZ` names it.
private let subject: Subject = {
  guard let name = getenv("OVA_FUZZ").map({ String(cString: $0) }),
    let subject = Subject(rawValue: name)
  else {
    let names = Subject.allCases.map(\.rawValue).joined(separator: ", ")
    fputs("OVA_FUZZ has to be one of \(names)\n", stderr)
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
  return runFuzzer(&count, &arguments) { data, count in
    subject.read(Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
  }
}
