import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The guest is named twice, and not the same.
  static let guestContradiction = Rule(
    id: "guest-contradiction",
    group: .hardware,
    title: "The descriptor names two different guest systems",
    severity: .info,
    basis: .practice(
      "vSphere takes `vmw:osType`, other products the CIM number `ovf:id`; people read the "
        + "Description."),
    why: "Which devices, drivers and settings the machine gets depends on the guest system. With "
      + "two names it depends on the product which of them counts.",
    fix: "Write the system that is installed into `vmw:osType`, `ovf:id` and Description.",
    triggering: [
      Example(
        replacing: "Ubuntu Linux (64-bit)", with: "Debian GNU/Linux 12 (64-bit)"),
      Example(replacing: #"ovf:id="94""#, with: #"ovf:id="70""#, caption: "Windows by its number"),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "vmx-13", new: "vmx-19"),
          Example.Edit(old: "ubuntu64Guest", new: "windows2019srv_64Guest"),
          Example.Edit(old: #"ovf:id="94""#, new: #"ovf:id="112""#),
          Example.Edit(
            old: "Ubuntu Linux (64-bit)", new: "Microsoft Windows Server 2022 (64-bit)"),
        ], [], documented: false),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "ubuntu64Guest", new: "ubuntuGuest"),
          Example.Edit(old: #"ovf:id="94""#, new: #"ovf:id="93""#),
        ], [], documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "ubuntu64Guest", new: "otherLinux64Guest"),
          Example.Edit(old: #"ovf:id="94""#, new: #"ovf:id="101""#),
        ], [], caption: "a general type covers the system that the Description names"),
      Example(
        .folder,
        edits: [
          Example.Edit(old: "ubuntu64Guest", new: "windows9Server64Guest"),
          Example.Edit(old: #"ovf:id="94""#, new: #"ovf:id="112""#),
          Example.Edit(
            old: "Ubuntu Linux (64-bit)", new: "Microsoft Windows Server 2019 (64-bit)"),
        ], [], caption: "vSphere's type is for Windows Server 2016 and later", documented: false),
    ]
  ) { checked, findings in
    let envelope = checked.envelope
    for system in envelope.virtualSystems {
      guard let guest = system.operatingSystem else { continue }
      let description = GuestName(describedBy: guest, envelope)
      let number = GuestName(numberOf: guest)
      let type = GuestName(typeOf: guest)
      // CIM's list is older than most systems, whose versions it therefore does not tell.
      let pairs = [(type, description, true), (type, number, false), (number, description, false)]
      for case (let first?, let second?, let comparingVersions) in pairs
      where first.identity.contradicts(second.identity, comparingVersions: comparingVersions) {
        findings.add(
          "\(system.title) has two guest systems: \(first.words), \(second.words)",
          at: first.place, expected: second.text, found: first.text)
        break
      }
    }
  }
}

/// A name of the guest system, with what it says.
private struct GuestName {
  let words: String
  let text: String
  let identity: GuestIdentity
  let place: Place

  init(words: String, text: String, identity: GuestIdentity, place: Place) {
    self.words = words
    self.text = text
    self.identity = identity
    self.place = place
  }

  /// The name that the Description says; nil where it is empty.
  init?(describedBy guest: OperatingSystem, _ envelope: Envelope) {
    guard let message = guest.description else { return nil }
    let text = envelope.text(of: message)
    if text.isEmpty { return nil }
    self.init(
      words: "the Description says '\(text)'", text: text, identity: GuestIdentity(text: text),
      place: message.place)
  }

  /// The name that CIM's number stands for; nil for a number without a name.
  init?(numberOf guest: OperatingSystem) {
    guard let id = guest.id, let name = guest.cimName else { return nil }
    self.init(
      words: "the number \(id.text) is \(name)", text: id.text,
      identity: GuestIdentity(text: name), place: id.place)
  }

  /// The name that vSphere's type stands for; nil for a type that is not known.
  init?(typeOf guest: OperatingSystem) {
    guard let type = guest.vmwareType, let identity = guest.vmwareIdentity else { return nil }
    self.init(
      words: "the type '\(type.text)' is \(identity.title)", text: type.text, identity: identity,
      place: type.place)
  }
}
