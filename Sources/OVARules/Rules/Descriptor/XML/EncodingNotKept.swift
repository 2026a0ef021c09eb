import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The bytes are not in the encoding that the XML declaration names.
  static let encodingNotKept = Rule(
    id: "encoding-not-kept",
    group: .descriptor,
    title: "The descriptor is not in the encoding that it declares",
    severity: .error,
    version: 2,
    basis: .clause("XML 1.0, 4.3.3"),
    why: "Parsers that believe the declaration stop at the first character or read other letters "
      + "than were meant.",
    fix: "Name the real encoding in the XML declaration, best by saving the file as UTF-8 with "
      + "`encoding=\"UTF-8\"`.",
    triggering: [
      Example(replacing: #"encoding="UTF-8""#, with: #"encoding="UTF-16""#),
      Example(
        .folder,
        edits: [
          Example.Edit(old: #"encoding="UTF-8""#, new: #"encoding="ISO-8859-1""#),
          Example.Edit(old: "About the product", new: "Über das Produkt"),
        ], [], caption: "every parser reads it, with other letters than were meant"),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: #" encoding="UTF-8""#, with: "", caption: "UTF-8 need not be declared"),
      Example(
        replacing: #"encoding="UTF-8""#, with: #"encoding="ISO-8859-1""#,
        caption: "ASCII is the same in both", documented: false),
    ]
  ) { checked, findings in
    for (declared, place) in checked.descriptorDiagnostics({ kind in
      if case .xml(.encodingNotKept(let declared)) = kind { return declared }
      return nil
    }) {
      findings.add(
        "the descriptor declares the encoding '\(declared)' and is in another", at: place,
        found: declared)
    }
    for (declared, place) in checked.descriptorDiagnostics({ kind in
      if case .xml(.encodingDoubtful(let declared)) = kind { return declared }
      return nil
    }) {
      findings.add(
        "the descriptor declares the encoding '\(declared)', and its letters beyond ASCII look like "
          + "UTF-8", at: place, expected: "UTF-8", found: declared, severity: .warning)
    }
  }
}
