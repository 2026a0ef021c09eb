/// The capabilities of VMware's hardware families, such as `vmx-13`, by their numbers: VMware's
/// table "Hardware Features Available with Virtual Machine Compatibility Settings" (vSphere Virtual
/// Machine Administration, 6.5 to 8.0), and what is published of vmx-22.
package enum VMwareFamily {
  /// The most processors of a machine; nil for families of which it is not known.
  package static func mostProcessors(_ family: Int) -> UInt64? {
    switch family {
    case ..<7: 4
    case 7: 8
    case 8: 32
    case 9...10: 64
    case 11...14: 128
    case 15...17: 256
    case 18...21: 768
    case 22: 960
    default: nil
    }
  }

  /// The most memory of a machine, in GiB; nil for families of which it is not known.
  package static func mostGibibytes(_ family: Int) -> UInt64? {
    switch family {
    case ..<7: 64
    // VMware's editions of the table differ: 255 or 256.
    case 7: 256
    case 8...10: 1011
    case 11...12: 4080
    case 13...17: 6128
    case 18...21: 24560
    default: nil
    }
  }

  /// The first family that has a device, by its `ResourceSubType` in lower case; nil for one that
  /// VMware does not list.
  package static let firstWithDevice: [String: Int] = [
    "lsilogic": 4, "buslogic": 4, "pcnet32": 4, "vmxnet": 4, "vmxnet2": 4, "e1000": 4,
    "lsilogicsas": 7, "virtualscsi": 7, "vmxnet3": 7, "e1000e": 8, "vmware.usb.xhci": 8,
    "ahci": 10, "vmware.sata.ahci": 10, "vmware.nvme.controller": 13,
    "vmware.nvdimm.controller": 14, "vmware.nvdimm.device": 14, "vmware.vtpm": 14,
  ]

  /// The first family with EFI.
  package static let firstWithEFI = 8
  /// The first family with secure boot.
  package static let firstWithSecureBoot = 13
  /// The first family with virtualization-based security of Windows.
  package static let firstWithVBS = 14
}
