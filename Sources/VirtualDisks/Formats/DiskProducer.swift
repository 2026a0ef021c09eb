/// The product that wrote a disk, with the evidence.
public struct DiskProducer: Hashable, Sendable {
  /// The programs that leave marks.
  public enum Program: String, Hashable, Sendable {
    case qemu = "qemu-img"
    case virtualBox = "VirtualBox"
    case ovftool = "VMware ovftool or vCenter"
    case cot = "COT"
    case openVMDK = "open-vmdk"
    case vmdkStream = "VMDKstream (vmdk-stream-converter)"
    case vmware = "VMware"
  }

  /// The most likely program.
  public let program: Program
  /// The evidence, one short phrase each.
  public let evidence: [String]

  /// Weighs the marks of `disk`; nil when there are none.
  init?(of disk: VirtualDisk) {
    guard let descriptor = disk.descriptor else {
      guard disk.shape == .directoryAtFront else { return nil }
      (program, evidence) = (.qemu, ["compressed with its directory at the front, no footer"])
      return
    }
    if descriptor.entries.contains(where: { $0.key.utf8.starts(with: "ddb.uuid.image".utf8) }) {
      (program, evidence) = (.virtualBox, ["ddb.uuid.image"])
      return
    }
    if let comment = descriptor["ddb.comment"], comment.utf8.starts(with: "open-vmdk".utf8) {
      (program, evidence) = (.openVMDK, ["ddb.comment"])
      return
    }
    // VMware writes these into every disk and qemu-img into none; the tools' version of machines
    // whose guest brings its own tools is the number that qemu-img writes, too.
    let vmwareMarks = ["ddb.longContentID", "ddb.uuid", "ddb.toolsInstallType"].filter {
      descriptor[$0] != nil
    }
    if vmwareMarks.isEmpty {
      var seen: [String] = []
      if descriptor.toolsVersion == "2147483647" { seen.append("ddb.toolsVersion 2147483647") }
      if disk.shape == .directoryAtFront { seen.append("directory at the front, no footer") }
      if !seen.isEmpty {
        (program, evidence) = (.qemu, seen)
        return
      }
    }
    // It writes the same "random" id into every disk.
    if descriptor["ddb.longContentID"] == "8f15b3d0009d9a3f456ff7b28d324d2a" {
      (program, evidence) = (.vmdkStream, ["ddb.longContentID"])
      return
    }
    let names = descriptor.extents.compactMap(\.name)
    if disk.shape == .directoryInBoth {
      (program, evidence) = (.cot, ["header rewritten to name the directory beside the footer"])
    } else if let name = names.first(where: {
      $0.utf8.elementsEqual("generated-stream.vmdk".utf8)
        || $0.utf8.elementsEqual("call-me-stream.vmdk".utf8)
    }) {
      (program, evidence) = (.ovftool, ["extent name \(name)"])
    } else if !vmwareMarks.isEmpty {
      (program, evidence) = (.vmware, vmwareMarks)
    } else {
      return nil
    }
  }
}
