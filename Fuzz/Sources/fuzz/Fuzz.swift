import Glibc
import OVAArchive
import OVABasics
import OVAByteSource
import OVFDescriptor
import VirtualDisks

/// What the bytes are handed to: the variable `OVA_FUZZ` names it.
private let subject = getenv("OVA_FUZZ").map { String(cString: $0) } ?? "descriptor"

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
  return runFuzzer(&count, &arguments) { fuzzOne($0, $1) }
}

/// Reads one input; anything but a crash or a hang is right.
private func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  switch subject {
  case "disk":
    let source = MemorySource(bytes, name: "fuzz.vmdk")
    _ = try? VirtualDisk.open(source).allocatedBytes()
    _ = try? DeepDiskCheck.run(source, limits: Limits(), workers: 1)
  case "archive":
    let source = MemorySource(bytes, name: "fuzz.ova")
    guard let archive = try? TarArchive.read(source, limits: Limits()) else { return 0 }
    for member in archive.members { _ = try? archive.source(of: member)?.bytes(at: 0, count: 512) }
  default:
    guard let envelope = try? Envelope.read(bytes, name: "fuzz.ovf") else { return 0 }
    for system in envelope.virtualSystems {
      _ = envelope.hardware(of: system, in: envelope.defaultConfiguration)?.memoryBytes
    }
    for disk in envelope.disks { _ = envelope.capacity(of: disk, in: nil) }
  }
  return 0
}
