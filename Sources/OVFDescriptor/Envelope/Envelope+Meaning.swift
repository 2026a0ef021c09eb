import OVABasics
import OVFXML

extension Envelope {
  /// The hardware of a machine in a configuration, read from its first hardware section; nil where
  /// it has none.
  ///
  /// - Parameter configuration: a deployment option's id; nil for a package without options.
  public func hardware(of system: VirtualSystem, in configuration: String?) -> Hardware? {
    system.hardwareSections.first.map { hardware(of: $0, in: configuration, system: system) }
  }

  /// The hardware of one of a machine's hardware sections in a configuration.
  public func hardware(
    of section: HardwareSection, in configuration: String?, system: VirtualSystem? = nil
  ) -> Hardware {
    let assembly = HardwareAssembly(envelope: self, configuration: configuration)
    // Without its machine a section says less.
    guard let system, configuration == defaultConfiguration else {
      return assembly.hardware(of: section, system: system)
    }
    return usualHardware.hardware(of: section) { assembly.hardware(of: section, system: system) }
  }

  /// The bytes that a disk holds in a configuration, or why that cannot be determined; nil where no
  /// capacity is written.
  public func capacity(
    of disk: Disk, in configuration: String?
  ) -> Result<UInt64, ValueFault>? {
    guard let capacity = disk.capacity else {
      // oVirt counts in GiB.
      return disk.oVirtSize.map { size in
        size.reading.flatMap { ProgrammaticUnit.gibibyte.baseUnits($0) }
      }
    }
    let unit = disk.capacityUnits?.reading ?? .success(.byte)
    return bytes(capacity.reading, unit, in: configuration)
  }

  /// A number as written, with the property that it may name followed.
  func number(
    _ quantity: Result<Disk.Capacity, ValueFault>, in configuration: String?
  ) -> Result<UInt64, ValueFault> {
    quantity.flatMap { quantity in
      switch quantity {
      case .number(let number): return .success(number)
      case .property(let name):
        guard property(name) != nil else { return .failure(.unknownProperty(name)) }
        guard let value = property(name, in: configuration)?.value(for: configuration),
          !value.text.isEmpty
        else { return .failure(.propertyWithoutValue(name)) }
        return Reading.number(value.text)
      }
    }
  }

  func bytes(
    _ quantity: Result<Disk.Capacity, ValueFault>, _ unit: Result<ProgrammaticUnit, ValueFault>,
    in configuration: String?
  ) -> Result<UInt64, ValueFault> {
    number(quantity, in: configuration).flatMap { number in
      unit.flatMap { unit in
        guard unit.base == .byte else { return .failure(.unknownUnit(unit.base.rawValue)) }
        return unit.baseUnits(number)
      }
    }
  }

  /// The file that a disk's content is in; nil for a blank disk or one whose file is not listed.
  public func file(of disk: Disk) -> FileReference? {
    guard let reference = disk.fileReference?.text, !reference.isEmpty else { return nil }
    // oVirt refers to the href.
    return file(id: reference)
      ?? (dialect == .oVirt ? index.filesByHref[ExactName(reference)] : nil)
  }

  /// The first file of that id.
  public func file(id: String) -> FileReference? { index.files[ExactName(id)] }

  /// The first disk of that id.
  public func disk(id: String) -> Disk? { index.disks[ExactName(id)] }

  /// The first property of that key, or of that `class.key.instance`.
  public func property(_ name: String) -> Property? { index.properties[ExactName(name)]?.first }

  /// The first such property that counts in a configuration.
  public func property(_ name: String, in configuration: String?) -> Property? {
    index.properties[ExactName(name)]?.first { $0.applies(to: configuration) }
  }

  /// Resolves a `HostResource` to the disk or file that it names.
  public func backing(of resource: HostResource) -> Device.Backing {
    switch resource {
    case .disk(let id):
      if let disk = disk(id: id) ?? id.percentDecoded.flatMap(disk(id:)) {
        return .disk(disk, file: file(of: disk))
      }
    case .file(let id):
      if let file = file(id: id) ?? id.percentDecoded.flatMap(file(id:)) { return .file(file) }
    case .other(let text):
      guard dialect == .oVirt else { break }
      let image = text.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
      if let disk = image.flatMap(disk(id:)) ?? index.disksByFile[ExactName(text)] {
        return .disk(disk, file: file(of: disk))
      }
    }
    return .unresolved(resource)
  }

  /// A text in a language: that of its region, else of its language, else as it stands in place.
  ///
  /// - Parameter locale: such as `de-CH`; nil for the text in place. Where that is empty, it is
  ///   taken from the bundle of the envelope's language (`en-US` unless said), else the first.
  public func text(of message: Message, locale: String? = nil) -> String {
    guard let id = message.id?.text, let texts = index.texts[ExactName(id)] else {
      return message.text
    }
    func text(in locale: String) -> String? {
      let wanted = LanguageTag(locale)
      return texts.first { $0.language.map(LanguageTag.init) == wanted }?.text
        ?? texts.first { $0.language.map { LanguageTag($0).language } == wanted.language }?.text
    }
    if let locale, let found = text(in: locale) { return found }
    if !message.text.isEmpty { return message.text }
    return text(in: language?.text ?? "en-US") ?? texts.first?.text ?? ""
  }

  /// Returns whether a message key has a text in any bundle.
  public func hasText(id: String) -> Bool { index.texts[ExactName(id)] != nil }
}

/// A language's name as in `xml:lang`: case and the kind of dash do not matter.
private struct LanguageTag: Equatable {
  let tag: String
  var language: String { tag.split(separator: "-").first.map(String.init) ?? tag }

  init(_ text: String) {
    let word = text.trimmingBlanks.split(separator: ".").first.map(String.init) ?? ""
    tag = String(word.lowercased().map { $0 == "_" ? "-" : $0 })
  }
}
