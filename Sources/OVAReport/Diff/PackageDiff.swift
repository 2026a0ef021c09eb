package import OVABasics
package import OVAPackage
import OVFDescriptor

/// The differences between two packages: product, hardware, disks, files, properties.
package struct PackageDiff: Sendable {
  /// Something that one of them has, or that they have differently.
  package struct Difference: Hashable, Sendable {
    /// `hardware`, `disk`, `file`, …
    package let section: String
    /// The name of the fact: `web memory`.
    package let name: String
    /// The value in the first package; nil where it is not.
    package let before: String?
    /// The value in the second package; nil where it is not.
    package let after: String?
  }

  /// The differences, in the order of the first package's facts.
  package let differences: [Difference]

  package init(_ first: Package, _ second: Package) {
    let (a, b) = (
      PackageFactLines(first, beside: second).lines, PackageFactLines(second, beside: first).lines
    )
    let later = Dictionary(b.map { ($0.key, $0.value) }) { first, _ in first }
    let earlier = Set(a.map(\.key))
    var differences: [Difference] = []
    for line in a {
      if let parent = line.parent, later[parent] == nil { continue }
      let after = later[line.key]
      if after?.utf8.elementsEqual(line.value.utf8) != true {
        differences.append(
          Difference(
            section: line.key.section, name: line.key.name, before: line.value, after: after))
      }
    }
    for line in b where !earlier.contains(line.key) {
      if let parent = line.parent, !earlier.contains(parent) { continue }
      differences.append(
        Difference(
          section: line.key.section, name: line.key.name, before: nil, after: line.value))
    }
    self.differences = Self.withoutDescriptor(differences, first, second)
  }

  /// The differences without the descriptor's size and digest where these follow from what differs
  /// in it; where nothing does, its bytes are compared.
  private static func withoutDescriptor(
    _ differences: [Difference], _ first: Package, _ second: Package
  ) -> [Difference] {
    let (before, after) = (first.descriptor, second.descriptor)
    let isOfDescriptor = { (difference: Difference) in
      difference.section == "file" && difference.name.utf8.elementsEqual(before.name.utf8)
        && difference.after != nil && difference.before != nil
    }
    let others = differences.filter { !isOfDescriptor($0) }
    if others.contains(where: { $0.section != "file" }) { return others }
    guard others.count == differences.count, let old = first.descriptorBytes,
      let new = second.descriptorBytes, old != new
    else { return differences }
    return differences + [
      Difference(
        section: "file", name: before.name, before: "\(before.size) bytes",
        after: "\(after.size) bytes, written in another way")
    ]
  }

  /// The text for people: a line a difference.
  package func text(style: Style) -> String {
    differences.map { difference in
      let name = "\(difference.section) \(difference.name)".forDisplay
      switch (difference.before, difference.after) {
      case (let before?, let after?):
        let (old, new) = (Self.excerpt(before, beside: after), Self.excerpt(after, beside: before))
        return style.yellow("~ \(name)") + ": \(old) → \(new)"
      case (let before?, nil):
        return style.red("- \(name)") + ": \(Self.excerpt(before, beside: nil))"
      case (nil, let after):
        return style.green("+ \(name)") + ": \(Self.excerpt(after ?? "", beside: nil))"
      }
    }.joined(separator: "\n")
      + (differences.isEmpty
        ? "no differences (files were compared by size, and by the digests of manifests)\n" : "\n")
  }

  /// The text, or of a long one the part in which it begins to differ from the other.
  private static func excerpt(_ text: String, beside other: String?) -> String {
    let most = 100
    let scalars = Array(text.unicodeScalars)
    guard scalars.count > most else { return text.forDisplay }
    var start = 0
    if let other {
      let same = zip(scalars, other.unicodeScalars).prefix { $0 == $1 }.count
      start = max(0, min(same - 20, scalars.count - most))
    }
    let end = min(start + most, scalars.count)
    var part = String.UnicodeScalarView()
    part.append(contentsOf: scalars[start..<end])
    return (start > 0 ? "…" : "") + String(part).forDisplay + (end < scalars.count ? "…" : "")
  }

  /// The document for programs.
  package func json(_ first: String, _ second: String) -> JSON {
    [
      "schema": "ovakit/diff/1.0", "first": .string(first), "second": .string(second),
      "differences": .list(differences) {
        [
          "section": .string($0.section), "name": .string($0.name), "before": .text($0.before),
          "after": .text($0.after),
        ]
      },
    ]
  }
}
