/// A name as a key: equal and hashed by its bytes, not by canonical equivalence.
package struct ExactName: Hashable, Sendable {
  /// The name.
  package let name: String

  /// Makes a key of a name.
  package init(_ name: String) { self.name = name }

  package static func == (a: ExactName, b: ExactName) -> Bool { a.name.isExactly(b.name) }

  package func hash(into hasher: inout Hasher) { name.hashBytes(into: &hasher) }
}
