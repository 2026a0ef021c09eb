/// The requirements of a configuration on packages, besides being sound.
public struct PackagePolicy: Hashable, Sendable, Codable {
  /// A text of the product that may be required.
  public enum Field: String, Hashable, Sendable, Codable, CaseIterable {
    case product, vendor, version
  }

  /// Limits on a machine, each the most that is allowed; nil for no limit.
  public struct Limits: Hashable, Sendable, Codable {
    /// Virtual processors of one machine.
    public var virtualCPUs: UInt64?
    /// Bytes of memory of one machine.
    public var memory: UInt64?
    /// Disks of one machine.
    public var disks: Int?
    /// Bytes of all disks of the package, as their guests see them.
    public var capacity: UInt64?

    /// No limits.
    public init() {}
  }

  /// The fields that the product must have.
  public var required: [Field] = []
  /// The pattern of the package's name without `.ova` or `.ovf`; nil for any.
  public var name: NameExpression?
  /// The most that a package may have.
  public var limits = Limits()
  /// The networks that the package may ask for; nil for any.
  public var networks: [NamePattern]?
  /// The hardware families, as VirtualSystemType names them; nil for any.
  public var families: [NamePattern]?
  /// The producers of descriptors, as `ova inspect` names them; nil for any.
  public var producers: [NamePattern]?
  /// `bios` or `efi`; nil for any.
  public var firmware: [NamePattern]?
  /// The subjects of signers; nil for any, and for no signature.
  public var signers: [NamePattern]?

  /// Requires nothing.
  public init() {}
}

/// A pattern of a name: `*` stands for any characters, `?` for one. Letter case does not matter.
public struct NamePattern: Hashable, Sendable, Codable {
  /// The pattern as written.
  public let text: String

  /// Wraps a pattern.
  public init(_ text: String) { self.text = text }

  /// Returns whether the whole of a name is meant.
  public func matches(_ name: String) -> Bool {
    let characters = Array(text.lowercased())
    let name = Array(name.lowercased())
    var (inName, inPattern) = (0, 0)
    // The last star, and where in the name it was tried to end: only that one is tried anew.
    var retry: (pattern: Int, name: Int)?
    while inName < name.count {
      if inPattern < characters.count, characters[inPattern] == "*" {
        retry = (inPattern, inName)
        inPattern += 1
      } else if inPattern < characters.count,
        characters[inPattern] == "?" || characters[inPattern] == name[inName]
      {
        inPattern += 1
        inName += 1
      } else if let last = retry {
        retry = (last.pattern, last.name + 1)
        inPattern = last.pattern + 1
        inName = last.name + 1
      } else {
        return false
      }
    }
    return characters[inPattern...].allSatisfy { $0 == "*" }
  }
}

/// A regular expression that a whole name has to match.
public struct NameExpression: Hashable, Sendable, Codable {
  /// The expression as written.
  public let text: String

  /// The reason why a text is no regular expression.
  public struct Fault: Error, Hashable {
    /// The reason in the words of the regular expression library.
    public let reason: String
  }

  /// Reads an expression.
  public init(_ text: String) throws(Fault) {
    do {
      _ = try Regex(text)
    } catch {
      throw Fault(reason: "\(error)")
    }
    self.text = text
  }

  /// Returns whether the whole of a name matches.
  public func matches(_ name: String) -> Bool {
    guard let expression = try? Regex(text) else { return false }
    return (try? expression.wholeMatch(in: name)) != nil
  }
}
