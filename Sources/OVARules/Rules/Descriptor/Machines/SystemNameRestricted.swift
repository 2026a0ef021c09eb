import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A machine's name has characters that some platforms do not take in one.
  static let systemNameRestricted = Rule(
    id: "system-name-restricted",
    group: .descriptor,
    title: "Some platforms do not take the machine's name",
    severity: .info,
    basis: .practice(
      "oVirt takes letters, digits, '.', '_' and '-' in the name of a machine and refuses others."),
    why: "An import that takes the name from the descriptor fails there until another is given. "
      + "VMware and VirtualBox take nearly any.",
    fix: "Give another name when importing, or write one of letters, digits, '.', '_' and '-'.",
    triggering: [
      Example(replacing: "<Name>web</Name>", with: "<Name>Web (staging)</Name>"),
      Example(replacing: "<Name>web</Name>", with: "<Name>w\u{FC}b</Name>", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: "<Name>web</Name>", with: "<Name>web_2.0-A</Name>", documented: false),
    ]
  ) { checked, findings in
    for system in checked.envelope.virtualSystems {
      let named = system.name.map { (checked.envelope.text(of: $0), $0.place) }
      guard let (name, place) = named ?? system.id.map({ ($0.text, system.place) }) else {
        continue
      }
      // An entity that was not followed is a fault of its own.
      guard !(name.hasPrefix("&") && name.hasSuffix(";")),
        let first = name.unicodeScalars.first(where: { !$0.isPlain })
      else { continue }
      findings.add(
        "the machine is named '\(name)'", at: place,
        expected: "letters, digits, '.', '_' and '-'",
        found: first == " " ? "a space" : "'\(first)'")
    }
  }
}

extension Unicode.Scalar {
  /// True if it is one of those that every platform takes in a name.
  fileprivate var isPlain: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
    default: false
    }
  }
}
