/// A small package that shows a rule at work: its tests, and the example on its page.
///
/// An example is described by its differences from one sound package (``SoundPackage``), so that a
/// reader sees only what matters.
public struct Example: Sendable {
  /// A piece of the descriptor that is written otherwise.
  public struct Edit: Sendable, Hashable {
    /// The text in the sound descriptor.
    public let old: String
    /// The text that stands there instead.
    public let new: String

    /// A piece and what stands in its place.
    package init(old: String, new: String) {
      self.old = old
      self.new = new
    }
  }

  /// The forms of packages on disk.
  public enum Form: Sendable, Hashable {
    /// A tar archive.
    case ova
    /// Files in a folder.
    case folder
  }

  /// The form of the package.
  public var form: Form
  /// The edits of the descriptor.
  public var edits: [Edit]
  /// The changes of the files after the edits, in this order.
  public var changes: [Change]
  /// A line that says what is shown; nil when edits and changes speak for themselves.
  public var caption: String?
  /// True if the rule's page shows it; corner cases are only tested.
  public var documented: Bool
  /// The line of its source, so that a failing test points at it.
  package let line: UInt
  /// The module and file, as test frameworks want it.
  package let fileID: String
  /// The column.
  package let column: UInt

  /// An example in which one piece of the descriptor is written otherwise.
  package init(
    _ form: Form = .folder, replacing old: String, with new: String, _ changes: Change...,
    caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      form, edits: [Edit(old: old, new: new)], changes, caption: caption, documented: documented,
      fileID: fileID, line: line, column: column)
  }

  /// An example in which files are changed and the descriptor is sound.
  package init(
    _ form: Form, _ changes: Change..., caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      form, edits: [], changes, caption: caption, documented: documented,
      fileID: fileID, line: line, column: column)
  }

  /// An example with all its parts.
  package init(
    _ form: Form, edits: [Edit], _ changes: [Change], caption: String? = nil,
    documented: Bool = true, fileID: String = #fileID,
    line: UInt = #line, column: UInt = #column
  ) {
    self.form = form
    self.edits = edits
    self.changes = changes
    self.caption = caption
    self.documented = documented
    self.fileID = fileID
    self.line = line
    self.column = column
  }

  /// The sound package itself.
  package static func sound(
    _ form: Form = .ova, fileID: String = #fileID, line: UInt = #line,
    column: UInt = #column
  ) -> Example {
    Example(
      form, edits: [], [], caption: "the sound package", documented: false,
      fileID: fileID, line: line, column: column)
  }
}
