import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A note is longer than Cloud Director takes.
  static let annotationTooLong = Rule(
    id: "annotation-too-long",
    group: .descriptor,
    title: "An annotation is longer than 255 characters",
    severity: .info,
    basis: .practice(
      "Cloud Director refuses it with \"OVF descriptor file size cannot be greater than "
        + "12,582,912 bytes\" (wazuh-packages)."),
    why: "Cloud Director makes the annotation the description of the template, which has 255 "
      + "characters at most. A longer one stops the upload, with a message that names another "
      + "cause; vSphere takes it.",
    fix:
      "Shorten the annotation to 255 characters, and say the rest in the ProductSection's texts.",
    triggering: [
      Example(annotation: String(repeating: "A web server. ", count: 20)),
      Example(
        annotation: String(repeating: "\u{e9}", count: 256), caption: "256 characters",
        documented: false),
    ],
    passing: [
      .sound(.folder), Example(annotation: "A web server."),
      Example(
        annotation: String(repeating: "\u{e9}", count: 255),
        caption: "characters count, not bytes", documented: false),
    ]
  ) { checked, findings in
    for section in checked.envelope.allSections {
      guard case .annotation(let message?) = section.body else { continue }
      let length = checked.envelope.text(of: message).unicodeScalars.count
      guard length > 255 else { continue }
      findings.add(
        "the Annotation has \(length) characters", at: message.place, expected: "255 at most",
        found: "\(length)")
    }
  }
}

extension Example {
  /// An example with a note on the machine.
  fileprivate init(
    annotation text: String, caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      adding: "    <AnnotationSection>\n      <Info>A note</Info>\n      <Annotation>\(text)"
        + "</Annotation>\n    </AnnotationSection>\n", before: "    <VirtualHardwareSection ",
      caption: caption, documented: documented, fileID: fileID, line: line,
      column: column)
  }
}
