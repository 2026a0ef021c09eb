/// An error that says what was being done, to what, why it failed and how to mend it.
///
/// Each module throws one struct that conforms; callers switch on `code` and never parse text.
public protocol ExplainedError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure of one module.
  associatedtype Code: RawRepresentable<String>, Hashable, Sendable

  /// What kind of failure this is; stable, for programs.
  var code: Code { get }
  /// What could not be done, in the infinitive: "read member 'disk1.vmdk'".
  var doing: String { get }
  /// The cause, with the operating system's or library's own words where there are any.
  var reason: String { get }
  /// Where it happened.
  var place: Place { get }
  /// What the reader can do about it.
  var fix: String? { get }
}

extension ExplainedError {
  /// One line: place, what, why; a second with the fix.
  public var description: String {
    let what = "\(place): cannot \(doing): \(reason)"
    return fix.map { "\(what)\n  fix: \($0)" } ?? what
  }
}
