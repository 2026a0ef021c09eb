import Glibc
import OVAArchive
import OVABasics
import OVAByteSource
import OVFDescriptor
import VirtualDisks

/// What the bytes are handed to: the variable `OVA_FUZZ` names it.
private let subject = getenv("OVA_FUZZ").map { String(cString: $0) } ?? "descriptor"

/// Called by libFuzzer with each input; anything but a crash or a hang is right.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
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
