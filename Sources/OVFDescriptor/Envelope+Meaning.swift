import OVFXML

extension Envelope {
  /// The hardware of a machine in a configuration, read from its first hardware section; nil where
  /// it has none.
  ///
  /// - Parameter configuration: a deployment option's id; nil for a package without options.
  public func hardware(of system: VirtualSystem, in configuration: String?) -> Hardware? {
    system.hardwareSections.first.map { hardware(of: $0, in: configuration) }
  }

  /// The hardware of one hardware section in a configuration.
  public func hardware(of section: HardwareSection, in configuration: String?) -> Hardware {
    Hardware(configuration: configuration, section: section, devices: [], conflicts: [])
  }

  /// The bytes that a disk holds in a configuration, or why that cannot be told; nil where no
  /// capacity is written.
  public func capacity(
    of disk: Disk, in configuration: String?
  ) -> Result<UInt64, ValueFault>? { nil }

  /// The file that a disk's content is in; nil for a blank disk or one whose file is not listed.
  public func file(of disk: Disk) -> FileReference? { nil }

  /// The first file of that id.
  public func file(id: String) -> FileReference? { index.files[ExactName(id)] }

  /// The first disk of that id.
  public func disk(id: String) -> Disk? { index.disks[ExactName(id)] }

  /// The property of that key, or of that `class.key.instance`.
  public func property(_ name: String) -> Property? { index.properties[ExactName(name)] }

  /// A text in a language: that of its region, else of its language, else as it stands in place.
  ///
  /// - Parameter locale: such as `de-CH`; nil for the text in place, or where that is empty the
  ///   first that a bundle has.
  public func text(of message: Message, locale: String? = nil) -> String { message.text }
}
