import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// A transport is nearly one that products know.
  static let transportMisspelled = Rule(
    id: "transport-misspelled",
    group: .properties,
    title: "A transport is misspelled",
    severity: .warning,
    basis: .practice("vSphere knows `iso` and `com.vmware.guestInfo`, letter case included."),
    why: "The list of transports is read word by word, and each word has to be exact. One that a "
      + "product does not know is passed over, and the guest gets no properties.",
    fix: "Write the name as vSphere spells it; separate several by a blank.",
    triggering: [
      Example(replacing: #""com.vmware.guestInfo""#, with: #""com.vmware.guestinfo""#),
      Example(replacing: #""com.vmware.guestInfo""#, with: #""guestInfo""#),
      Example(replacing: #""com.vmware.guestInfo""#, with: #""com.vmware. guestInfo""#),
      Example(
        replacing: #""com.vmware.guestInfo""#, with: #""com.vmware.gusetInfo""#,
        documented: false),
      Example(
        .folder,
        edits: [
          .init(old: #""com.vmware.guestInfo""#, new: #""iso,com.vmware.guestInfo""#), .cdDrive,
        ], [],
        caption: "separated by a comma, which was right until version 1.1.1 of the schema"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.init(old: #""com.vmware.guestInfo""#, new: #""iso""#), .cdDrive], [],
        documented: false),
      Example(
        .folder,
        edits: [
          .init(old: #""com.vmware.guestInfo""#, new: #""iso com.vmware.guestInfo""#), .cdDrive,
        ], []),
      Example(
        replacing: #""com.vmware.guestInfo""#, with: #""http://example.com/ovf/transport""#,
        caption: "other transports are URIs"),
    ]
  ) { checked, findings in
    for (system, section) in checked.hardwareSections {
      guard let written = section.transports, let words = written.value, !words.isEmpty,
        let right = OVFTransport.spelling(of: words)
      else { continue }
      let corrected = right.joined(separator: " ")
      if !right.elementsEqual(words, by: { $0.isExactly($1) }) {
        findings.add(
          "the transport '\(written.text)' of \(system.title) is not one that products know",
          at: written.place, expected: corrected, found: written.text)
      } else if written.text.contains(",") {
        findings.add(
          "the transports of \(system.title) are separated by commas: '\(written.text)'",
          at: written.place, expected: corrected, found: written.text, severity: .info,
          fix: "Write `ovf:transport=\"\(corrected)\"`.")
      }
    }
  }
}

/// The ways into the guest that products know.
enum OVFTransport {
  /// A CD with the environment on it (DSP0243 11.2).
  static let iso = "iso"
  /// A variable that VMware Tools read.
  static let guestInfo = "com.vmware.guestInfo"

  /// The words of a list as they are spelled right; nil where one is neither known nor nearly so.
  /// URIs stay as they are.
  static func spelling(of words: [String]) -> [String]? {
    var right: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.contains(":") {
        right.append(word)
      } else if let next = rest.first, letters(of: word + next) == "comvmwareguestinfo" {
        // A blank inside the name made two words of it.
        right.append(guestInfo)
        rest.removeFirst()
      } else if let name = known(word) {
        right.append(name)
      } else {
        return nil
      }
    }
    return right
  }

  private static func letters(of word: String) -> String {
    word.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func known(_ word: String) -> String? {
    let letters = letters(of: word)
    if ["iso", "iso9660", "isoimage", "cdrom", "cd", "dvd"].contains(letters) { return iso }
    if letters.hasSuffix("guestinfo") || letters.hasSuffix("guestinfos") { return guestInfo }
    let distance = NearestNames.distance(
      Array(letters.unicodeScalars.prefix(40)), Array("comvmwareguestinfo".unicodeScalars))
    return distance <= 3 ? guestInfo : nil
  }
}

extension Example.Edit {
  /// The machine has an IDE controller with a CD drive.
  static let cdDrive = Self(
    old: "    </VirtualHardwareSection>",
    new: Example.item([
      "Address": "0", "ElementName": "IDE 0", "InstanceID": "8", "ResourceType": "5",
    ])
      + Example.item([
        "AddressOnParent": "0", "AutomaticAllocation": "false", "ElementName": "CD drive 1",
        "InstanceID": "9", "Parent": "8", "ResourceType": "15",
      ]) + "    </VirtualHardwareSection>")
}
