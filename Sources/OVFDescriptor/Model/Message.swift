public import OVABasics

/// A text for people that message bundles may translate (clause 10).
public struct Message: Hashable, Sendable {
  /// The text in place, blanks at the ends removed.
  public let text: String
  /// The key into the message bundles, where the element carries one.
  public let id: SourceValue<String>?
  /// The place of the element.
  public let place: Place
}

/// A message bundle: a `Strings` element in the descriptor or in a file of its own (clause 10).
public struct MessageBundle: Hashable, Sendable {
  /// The language of the texts, `xml:lang`.
  public let language: SourceValue<String>?
  /// The id of the file that holds the texts, for a bundle outside the descriptor.
  public let fileReference: SourceValue<String>?
  /// True if the external file was handed to the reader and read.
  public let isRead: Bool
  /// The texts, in order.
  public let messages: [Entry]
  /// The place of the `Strings` element in the descriptor.
  public let place: Place

  /// One text of a bundle.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public let id: SourceValue<String>?
    /// The text.
    public let text: String
    /// The id of the file that holds the text, for one outside the bundle (OVF 2).
    public let fileReference: SourceValue<String>?
    /// The place, in the descriptor or the bundle's file.
    public let place: Place
  }
}
