public import OVABasics

/// A name of an element or attribute: what counts is namespace and local part, not the prefix.
public struct XMLName: Hashable, Sendable {
  /// The part after the colon.
  public let local: String
  /// The namespace's URI; empty where there is none.
  public let namespace: String
  /// The prefix as written; empty where there is none. Two names that differ in it are equal.
  public let prefix: String

  /// Makes a name.
  public init(_ local: String, namespace: String = "", prefix: String = "") {
    self.local = local
    self.namespace = namespace
    self.prefix = prefix
  }

  /// Equal when namespace and local part are, byte by byte.
  public static func == (a: XMLName, b: XMLName) -> Bool {
    a.local.isExactly(b.local) && a.namespace.isExactly(b.namespace)
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(local)
    hasher.combine(namespace)
  }
}

extension XMLName: CustomStringConvertible {
  /// The name as written, `prefix:local`.
  public var description: String { prefix.isEmpty ? local : "\(prefix):\(local)" }

  /// The name with its namespace spelled out, `{uri}local`.
  public var expanded: String { namespace.isEmpty ? local : "{\(namespace)}\(local)" }
}

/// An attribute of an element.
public struct XMLAttribute: Hashable, Sendable {
  /// The name; an attribute without prefix has no namespace.
  public let name: XMLName
  /// The value, normalized as XML says, character references resolved.
  public let value: String
  /// The line that the value begins on, from 1.
  public let line: Int
  /// The column of its element, where that has one and is on the same line.
  public let column: Int?

  /// Returns the place in a file of that name.
  public func place(in file: String) -> Place { Place(file, line: line, column: column) }
}

/// An element with all that is below it.
public final class XMLTreeElement: Hashable, Sendable {
  /// The name.
  public let name: XMLName
  /// The attributes in document order; declarations of namespaces are not among them.
  public let attributes: [XMLAttribute]
  /// The child elements in document order.
  public let children: [XMLTreeElement]
  /// The character data directly inside, joined, as written with all blanks.
  public let text: String
  /// The line of the start tag's `<`, from 1.
  public let line: Int
  /// The column of the start tag's `<` in characters, from 1, where another element begins before it
  /// on the same line; line and column tell the elements of a document apart.
  public let column: Int?
  /// The prefixes declared on this very element, for values that are qualified names.
  public let declarations: [String: String]

  init(
    name: XMLName, attributes: [XMLAttribute], children: [XMLTreeElement], text: String, line: Int,
    column: Int?, declarations: [String: String]
  ) {
    self.name = name
    self.attributes = attributes
    self.children = children
    self.text = text
    self.line = line
    self.column = column
    self.declarations = declarations
  }

  /// Returns the place in a file of that name.
  public func place(in file: String) -> Place { Place(file, line: line, column: column) }

  /// The attribute of that name, or nil.
  public func attribute(_ local: String, namespace: String = "") -> XMLAttribute? {
    attributes.first { $0.name.local.isExactly(local) && $0.name.namespace.isExactly(namespace) }
  }

  /// The text without the blanks around it.
  public var trimmedText: String { text.trimmingBlanks }

  /// Equal when everything in them is.
  public static func == (a: XMLTreeElement, b: XMLTreeElement) -> Bool {
    a === b
      || a.name == b.name && a.attributes == b.attributes && a.children == b.children
        && a.text == b.text && a.line == b.line && a.column == b.column
        && a.declarations == b.declarations
  }

  /// Hashes line and column, by which those of one document differ.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(column)
  }
}
