extension OperatingSystem {
  /// The guest that `vmw:osType` names; nil without it, and for a text that is none of vSphere's.
  public var vmwareIdentity: GuestIdentity? {
    vmwareType.flatMap { GuestIdentity(vmwareType: $0.text) }
  }

  /// The guest that the CIM number names; nil without one that CIM lists.
  public var cimIdentity: GuestIdentity? { cimName.map { GuestIdentity(text: $0) } }
}

extension Envelope {
  /// The guest's name: the text of the descriptor, a producer's code or CIM's name, whichever says
  /// most. A general "Other" or "Linux" gives way to the name of one system.
  ///
  /// - Parameter locale: the language of the text; see `text(of:locale:)`.
  /// - Returns: nil where nothing is said.
  public func guestName(of guest: OperatingSystem, locale: String? = nil) -> String? {
    let described = guest.description.map { text(of: $0, locale: locale) }.flatMap {
      $0.isEmpty ? nil : $0
    }
    if let described, !Self.isGeneral(described) { return described }
    let virtualBox = guest.virtualBoxType.map { GuestIdentity(text: $0.text) }
    for identity in [guest.vmwareIdentity, virtualBox] {
      if let identity, identity.isSpecific { return identity.title }
    }
    if let name = guest.cimName, GuestIdentity(text: name).isSpecific { return name }
    return described ?? guest.vmwareIdentity?.title ?? virtualBox?.title ?? guest.cimName
      ?? guest.id.map { "CIM \($0.text)" }
  }

  /// Returns whether a text names no system, or any of a kind.
  private static func isGeneral(_ text: String) -> Bool {
    let identity = GuestIdentity(text: text)
    if identity.isSpecific { return false }
    let lower = text.lowercased()
    if ["other", "unknown", "unspecified", "generic", "none"].contains(where: lower.hasPrefix) {
      return true
    }
    // "Linux", "Linux 64-bit", "Windows"; but "Talos Linux" is a system of its own.
    return identity.family != nil && (lower.hasPrefix("linux") || lower == "windows")
  }
}
