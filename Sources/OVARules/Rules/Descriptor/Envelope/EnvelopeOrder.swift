import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The envelope's parts are not in the order of the standard.
  static let envelopeOrder = Rule(
    id: "envelope-order",
    group: .descriptor,
    title: "The Envelope's parts are in the wrong order",
    severity: .warning,
    basis: .clause("DSP8023 (the OVF schema), EnvelopeType"),
    why: "The Envelope holds the References, then its sections, then the machine or collection, "
      + "then the message bundles. A reader that goes by the schema refuses another order, and one "
      + "that reads in passing does not know what a later part declares.",
    fix: "Move the part to its place: `ova fix PATH --write NEW.ova`.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "  <References>\n",
            new: "  <Strings xml:lang=\"en\">\n    <Msg ovf:msgid=\"a\">A</Msg>\n  </Strings>\n"
              + "  <References>\n")
        ], []),
      Example(
        adding: "  <vmw:NoteSection ovf:required=\"false\">\n    <Info>Note</Info>\n"
          + "  </vmw:NoteSection>\n", before: "</Envelope>",
        caption: "a section behind the machine", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "  <Strings xml:lang=\"en\">\n    <Msg ovf:msgid=\"a\">A</Msg>\n  </Strings>\n",
        before: "</Envelope>"),
    ]
  ) { checked, findings in
    var latest: (part: EnvelopePart, name: String)?
    for child in checked.envelope.children {
      guard let part = EnvelopePart(child) else { continue }
      if let before = latest, part < before.part {
        findings.add(
          "\(child.name.local) stands behind \(before.name)", at: child.place,
          expected: "References, sections, VirtualSystem or VirtualSystemCollection, Strings")
        return
      }
      latest = (part, child.name.local)
    }
  }
}

/// The parts of an envelope, in their order.
private enum EnvelopePart: Int, Comparable {
  case references, section, content, strings

  init?(_ child: Child) {
    switch child.name.local {
    case "References": self = .references
    case "VirtualSystem", "VirtualSystemCollection": self = .content
    case "Strings": self = .strings
    default:
      guard child.section != nil || child.name.local.hasSuffix("Section") else { return nil }
      self = .section
    }
  }

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
