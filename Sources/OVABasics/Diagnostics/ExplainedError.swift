/// An error with what was being done, to what, why it failed and how to fix it.
///
/// Callers switch on `code` and never parse text. What modules throw is `Explained`, each with codes
/// of its own; this is the view of all of them.
public protocol ExplainedError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure of one module.
  associatedtype Code: RawRepresentable<String>, Hashable, Sendable

  /// The kind of failure; stable, for programs.
  var code: Code { get }
  /// The action that failed, in the infinitive: "read member 'disk1.vmdk'".
  var doing: String { get }
  /// The cause, with the operating system's or library's own words where there are any.
  var reason: String { get }
  /// The place of the failure.
  var place: Place { get }
  /// The way to fix it, as an instruction.
  var fix: String? { get }
}

extension ExplainedError {
  /// One line: place, what, why; a second with the fix. A line break in a name is escaped.
  public var description: String {
    let what = "\(place.description.forDisplay): cannot \(doing): \(reason)"
    return fix.map { "\(what)\n  fix: \($0)" } ?? what
  }
}

/// The error of one module: its kinds of failure are `Code`.
public struct Explained<Code>: ExplainedError, Hashable
where Code: RawRepresentable<String> & Hashable & Sendable {
  /// The kind of failure.
  public let code: Code
  /// The work that failed, as it stands behind "cannot".
  public let doing: String
  /// The cause.
  public let reason: String
  /// The place of the failure.
  public let place: Place
  /// The fix; nil where none is known.
  public let fix: String?

  /// Makes an error from its parts.
  public init(code: Code, doing: String, reason: String, place: Place, fix: String? = nil) {
    self.code = code
    self.doing = doing
    self.reason = reason
    self.place = place
    self.fix = fix
  }

  /// Tells another module's failure as one of this module: the same words, a code of this one.
  public init(_ error: some ExplainedError, as code: Code, doing: String? = nil) {
    self.init(
      code: code, doing: doing ?? error.doing, reason: error.reason, place: error.place,
      fix: error.fix)
  }
}
