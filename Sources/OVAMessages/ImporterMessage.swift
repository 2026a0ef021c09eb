/// A text that an importer prints, what it means and which rules find its cause.
public struct ImporterMessage: Sendable, Hashable {
  /// The meaning of a text for the package.
  public enum Role: String, Sendable {
    /// It names a fault that is in the package, or may be.
    case cause
    /// It only introduces other messages or follows from them.
    case frame
    /// The cause is mostly not a fault of the package.
    case elsewhere
  }

  /// The text as the importer prints it, with `…` where names, numbers and other values stand.
  public let text: String
  /// Other texts of the same meaning, from other releases or places.
  public let spellings: [String]
  /// The text in other languages; they are never more than near to what is searched for.
  public let translations: [String]
  /// The meaning for the package.
  public let role: Role
  /// The cause, in a sentence or two.
  public let meaning: String
  /// The fix where no rule has one.
  public let fix: String?
  /// The ids of the rules that find the cause, the likeliest first.
  public let rules: [String]
  /// The keys of the conditions of `ova check --target` that the message comes from.
  public let conditions: [String]

  package init(
    _ text: String, also spellings: [String] = [], translated translations: [String] = [],
    role: Role = .cause, means meaning: String, fix: String? = nil, rules: [String] = [],
    conditions: [String] = []
  ) {
    self.text = text
    self.spellings = spellings
    self.translations = translations
    self.role = role
    self.meaning = meaning
    self.fix = fix
    self.rules = rules
    self.conditions = conditions
  }
}
