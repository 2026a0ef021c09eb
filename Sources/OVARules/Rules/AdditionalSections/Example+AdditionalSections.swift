/// Examples of the sections that version 2 added.
extension Example {
  /// An example in which a section that may be skipped is added to the envelope.
  init(
    inEnvelope name: String, _ attributes: String = "", _ children: String = "",
    caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      adding: Self.section(name, attributes, children), before: "  <VirtualSystem ",
      caption: caption, documented: documented, fileID: fileID, line: line,
      column: column)
  }

  /// An example in which a section that may be skipped is added to the machine.
  init(
    inMachine name: String, _ attributes: String = "", _ children: String = "",
    caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      adding: Self.section(name, attributes, children), before: "    <OperatingSystemSection ",
      caption: caption, documented: documented, fileID: fileID, line: line,
      column: column)
  }

  /// An example in which the machine stands in a collection with a section that may be skipped.
  init(
    inCollection name: String, _ attributes: String = "", _ children: String = "",
    caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      .folder,
      edits: [
        Edit(
          old: "  <VirtualSystem ",
          new: "  <VirtualSystemCollection ovf:id=\"site\">\n    <Info>A site</Info>\n"
            + Self.section(name, attributes, children) + "  <VirtualSystem "),
        Edit(old: "</Envelope>", new: "</VirtualSystemCollection>\n</Envelope>"),
      ], [], caption: caption, documented: documented, fileID: fileID, line: line,
      column: column)
  }

  /// The text of a section that may be skipped.
  static func section(_ name: String, _ attributes: String, _ children: String) -> String {
    let inside = children.isEmpty ? "" : "      \(children)\n"
    let more = attributes.isEmpty ? "" : " \(attributes)"
    return "    <\(name) ovf:required=\"false\"\(more)>\n      <Info>More</Info>\n\(inside)"
      + "    </\(name)>\n"
  }
}
