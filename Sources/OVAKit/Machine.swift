/// One virtual machine of a package, with its hardware in one configuration.
public struct Machine: Sendable {
  /// The name for people; the id where there is none, and an empty text without either.
  public let name: String
  /// The guest operating system for people; nil where the descriptor does not name it.
  public let guest: String?
  /// The hardware; nil for a machine without a hardware section.
  public let hardware: Hardware?
  /// The machine as the descriptor has it.
  public let system: VirtualSystem
}

extension Package {
  /// Lists the machines with their hardware.
  /// - Parameter configuration: the id of a deployment option; the package's default when nil.
  public func machines(in configuration: String? = nil) -> [Machine] {
    envelope.virtualSystems.map { system in
      let name = system.name.map { envelope.text(of: $0) } ?? ""
      return Machine(
        name: name.isEmpty ? system.id?.text ?? "" : name,
        guest: system.operatingSystem.flatMap { envelope.guestName(of: $0) },
        hardware: envelope.hardware(
          of: system, in: configuration ?? envelope.defaultConfiguration),
        system: system)
    }
  }
}
