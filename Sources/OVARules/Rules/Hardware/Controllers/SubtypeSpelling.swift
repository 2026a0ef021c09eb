import OVABasics
import OVFXML

/// The kinds of SCSI controllers and network adapters that products know, and how others write
/// them.
struct SubtypeSpelling {
  /// The names as VMware spells them.
  let names: [String]
  /// Other products' names, which are right there, in lower case.
  let others: Set<String>
  /// Other ways to say a name, letters and digits in lower case.
  let aliases: [String: String]

  /// The verdict on a name.
  enum Verdict: Equatable {
    /// One that products know.
    case known
    /// One of VMware's in another letter case.
    case otherCase(String)
    /// Nearly one of VMware's.
    case near(String)
    /// None.
    case unknown
  }

  /// Judges one of the words of a `ResourceSubType`.
  func verdict(on word: String) -> Verdict {
    if names.contains(where: { $0.isExactly(word) }) { return .known }
    let lower = word.lowercased()
    if others.contains(lower) || lower.hasPrefix("vmware.") { return .known }
    if let name = names.first(where: { $0.lowercased() == lower }) { return .otherCase(name) }
    let letters = lower.filter { $0.isLetter || $0.isNumber }
    if let name = aliases[letters] { return .near(name) }
    if let name = names.first(where: { $0.lowercased() == letters }) { return .near(name) }
    let scalars = Array(letters.unicodeScalars.prefix(40))
    let rated = names.map { name in
      (name, NearestNames.distance(scalars, Array(name.lowercased().unicodeScalars)))
    }
    guard let best = rated.min(by: { $0.1 < $1.1 }), scalars.count > 4,
      best.1 <= (scalars.count > 7 ? 2 : 1)
    else { return .unknown }
    return .near(best.0)
  }

  /// The name that several words are together, where a blank stands inside it.
  func joined(_ words: [String]) -> String? {
    guard words.count > 1, words.contains(where: { verdict(on: $0) == .unknown }) else {
      return nil
    }
    let letters = words.joined().lowercased().filter { $0.isLetter || $0.isNumber }
    return aliases[letters] ?? names.first { $0.lowercased() == letters }
  }

  /// SCSI controllers.
  static let scsi = SubtypeSpelling(
    names: ["lsilogic", "buslogic", "lsilogicsas", "VirtualSCSI"],
    others: ["virtio", "virtio-scsi", "virtioscsi", "ibmvscsi"],
    aliases: [
      "pvscsi": "VirtualSCSI", "paravirtual": "VirtualSCSI", "paravirtualscsi": "VirtualSCSI",
      "vmwareparavirtual": "VirtualSCSI", "lsisas": "lsilogicsas", "lsisas1068": "lsilogicsas",
      "lsi": "lsilogic", "lsilogicparallel": "lsilogic", "lsi53c1030": "lsilogic",
      "buslogicparallel": "buslogic",
    ])

  /// Network adapters.
  static let network = SubtypeSpelling(
    names: ["VmxNet3", "E1000", "E1000e", "PCNet32", "Vmxnet", "VmxNet2", "SriovEthernetCard"],
    // The first three are VMware's own as well: vCenter, Cloud Director and ovftool write them.
    others: [
      "e1000e", "vmxnet3", "e1000", "virtio", "virtio-net", "flexible", "rtl8139",
      "rtl8139_virtio", "pv", "usbnet",
    ],
    aliases: [
      "e1000ethernet": "E1000", "intele1000": "E1000", "intelpro1000": "E1000",
      "vmxnet3ethernet": "VmxNet3", "pcnet": "PCNet32", "vlance": "PCNet32",
      "sriov":
        "SriovEthernetCard",
    ])
}
