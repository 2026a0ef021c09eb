extension Example {
  /// An example in which something is written before the first such text of the descriptor.
  package init(
    adding text: String, before mark: String, caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      .folder, edits: [Edit(old: mark, new: text + mark)], [], caption: caption,
      documented: documented, fileID: fileID, line: line, column: column)
  }

  /// An example in which an item is added to the machine's hardware: the fields of `rasd` by name,
  /// in order.
  package init(
    item attributes: String, _ fields: KeyValuePairs<String, String>,
    caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      adding: Self.item(attributes, fields), before: "    </VirtualHardwareSection>",
      caption: caption, documented: documented, fileID: fileID, line: line,
      column: column)
  }

  /// The same for an item without attributes.
  package init(
    item fields: KeyValuePairs<String, String>, caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      item: "", fields, caption: caption, documented: documented, fileID: fileID,
      line: line, column: column)
  }

  /// The text of an item without attributes.
  package static func item(_ fields: KeyValuePairs<String, String>) -> String { item("", fields) }

  /// The text of an item.
  package static func item(
    _ attributes: String, _ fields: KeyValuePairs<String, String>
  ) -> String {
    let lines = fields.map { "        <rasd:\($0.key)>\($0.value)</rasd:\($0.key)>\n" }
    let start = attributes.isEmpty ? "<Item>" : "<Item \(attributes)>"
    return "      \(start)\n" + lines.joined() + "      </Item>\n"
  }
}
