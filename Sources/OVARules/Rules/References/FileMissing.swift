import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A file that the descriptor references is not in the package.
  static let fileMissing = Rule(
    id: "file-missing",
    group: .references,
    title: "A referenced file is not in the package",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 7.1"),
    why: "An importer reads the descriptor first and then asks for each file that it names; where "
      + "one is not there the import fails, often after everything before it was uploaded.",
    fix: "Add the file, or take its `File`, the `Disk` that uses it and the Item of that disk out "
      + "of the descriptor and recreate the manifest (`ova manifest`).",
    triggering: [
      Example(.ova, .remove("web-disk1.vmdk")),
      Example(.folder, .remove("web-disk1.vmdk")),
      Example(
        .ova, .rename("web-disk1.vmdk", to: "Web-Disk1.vmdk"),
        caption: "a name in another letter case is another name"),
      Example(
        .ova, .rename("web-disk1.vmdk", to: "my-web-disk1.vmdk"),
        caption: "the name of the appliance was put before it", documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    // Where the archive could not be read to its end, the finding on that names what is lost.
    guard !checked.archiveIsCut else { return }
    let taken = checked.referencedPaths
    for resolved in checked.package.references {
      guard case .missing(let path, let near) = resolved.target else { continue }
      // A name that a template left open is said by href-not-uri.
      if let href = resolved.reference.href?.text, Placeholder.fix(href) != nil,
        href.firstNonURICharacter != nil
      {
        continue
      }
      // What another reference leads to is in its place.
      let names = near.filter { !taken.contains($0.path) }.map(\.name)
      let fix = names.first.map {
        "If '\($0)' is meant, write its name into `ovf:href` and run `ova manifest PATH`; else add "
          + "the file."
      }
      // Strings are equal here whatever their normalization is.
      let isSameLetters = names.first == path.text
      findings.add(
        "'\(path.text)' is referenced and not in the package"
          + (names.isEmpty ? "" : "; there is \(names.map { "'\($0)'" }.joined(separator: ", "))")
          + (isSameLetters ? ", the same letters in another Unicode normalization" : ""),
        at: resolved.reference.place,
        expected: names.first.map { path.text.differing(from: $0) } ?? path.text,
        found: names.first?.differing(from: path.text), fix: fix)
    }
  }
}
