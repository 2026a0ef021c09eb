/// Something that a reader noticed in its input and read on in spite of; rules judge it.
///
/// All readers report in this one shape: of XML, descriptors, archives, disks, manifests,
/// certificates and compressed files. Each has its own kinds. A diagnostic carries data and no
/// severity: a rule makes a finding of it, with words.
public struct Diagnostic<Kind: DiagnosticKind>: Hashable, Sendable {
  /// The kind of the diagnostic, with the values that belong to it.
  public let kind: Kind
  /// The place: the file, and the line, column or byte offset in it.
  public let place: Place
  /// The circumstances that the reader knows, whatever the kind.
  public let facts: Kind.Facts

  /// Makes a diagnostic from its parts.
  public init(_ kind: Kind, at place: Place, facts: Kind.Facts) {
    self.kind = kind
    self.place = place
    self.facts = facts
  }
}

/// The kinds of diagnostics of one reader.
public protocol DiagnosticKind: Hashable, Sendable {
  /// The type of the facts besides kind and place, whatever the kind; most readers have none.
  associatedtype Facts: Hashable & Sendable = NoFacts
}

/// The facts of diagnostics that need none besides kind and place.
public struct NoFacts: Hashable, Sendable {
  /// The only value.
  public init() {}
}

extension Diagnostic where Kind.Facts == NoFacts {
  /// Makes a diagnostic of a reader whose kinds say all.
  public init(_ kind: Kind, at place: Place) {
    self.init(kind, at: place, facts: NoFacts())
  }
}

extension Diagnostic {
  /// The same, in a file of another name.
  public func renamed(_ file: String) -> Diagnostic {
    Diagnostic(kind, at: place.renamed(file), facts: facts)
  }
}

extension Diagnostic: CustomStringConvertible where Kind: CustomStringConvertible {
  /// The place, and what was noticed there.
  public var description: String { "\(place): \(kind)" }
}
