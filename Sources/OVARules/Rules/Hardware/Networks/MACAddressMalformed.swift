import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An adapter's fixed address is none.
  static let macAddressMalformed = Rule(
    id: "mac-address-malformed",
    group: .hardware,
    title: "An adapter's address is no MAC address",
    severity: .warning,
    basis: .clause("DSP0243 8.3"),
    why: "The Address of an Ethernet adapter is its fixed MAC address. A product that cannot read "
      + "it refuses the adapter or takes an address of its own.",
    fix: "Write twelve hexadecimal digits such as `00:50:56:01:02:03`, or delete the element so "
      + "that the platform chooses.",
    triggering: [Example(.folder, edits: [.address("00:50:56:01:02")], [])],
    passing: [
      .sound(.folder), Example(.folder, edits: [.address("00:50:56:01:02:03")], []),
      Example(.folder, edits: [.address("00-50-56-01-02-03")], [], documented: false),
      Example(.folder, edits: [.address("005056010203")], [], documented: false),
    ]
  ) { checked, findings in
    for item in checked.items where item.resourceType?.value == 10 {
      guard let address = item.macAddress, address.text.macDigits == nil else { continue }
      findings.add(
        "the address of \(item.title) is '\(address.text)'", at: address.place,
        expected: "twelve hexadecimal digits", found: address.text)
    }
  }
}

extension String {
  /// The twelve digits of a MAC address in lower case; nil for what is none.
  var macDigits: String? {
    let digits = lowercased().filter { !":-.".contains($0) }
    return digits.utf8.count == 12 && digits.allSatisfy(\.isHexDigit) ? digits : nil
  }
}

extension Example.Edit {
  /// The adapter has a fixed address.
  static func address(_ text: String) -> Self {
    Self(
      old: "        <rasd:AutomaticAllocation>true",
      new: "        <rasd:Address>\(text)</rasd:Address>\n"
        + "        <rasd:AutomaticAllocation>true")
  }
}
