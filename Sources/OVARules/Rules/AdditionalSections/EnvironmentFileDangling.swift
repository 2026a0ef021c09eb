import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A file for the environment is none of the references.
  static let environmentFileDangling = Rule(
    id: "environment-file-dangling",
    group: .descriptor,
    title: "A file for the guest is not referenced",
    severity: .error,
    basis: .clause("DSP8023 2.0.1 (the OVF schema), EnvironmentFile_Type"),
    why: "The importer puts the file on the medium that the guest reads at its first boot. Of an "
      + "`ovf:fileRef` that is no id of a File, there is nothing to put there.",
    fix: "List the file in the References and write its id as `ovf:fileRef`.",
    triggering: [
      Example(
        inMachine: "EnvironmentFilesSection", "",
        #"<File ovf:fileRef="keys" ovf:path="keys.txt"/>"#)
    ],
    passing: [
      .sound(.folder),
      .withEnvironmentFile(path: "keys.txt"),
    ]
  ) { checked, findings in
    for (file, place) in checked.envelope.environmentFiles {
      guard let reference = file.fileReference, !reference.text.isEmpty else {
        findings.add(
          "a file of the EnvironmentFilesSection has no fileRef", at: place,
          expected: "the id of a File")
        continue
      }
      guard checked.envelope.file(id: reference.text) == nil else { continue }
      findings.add(
        "a file of the EnvironmentFilesSection names the File '\(reference.text)', which there is not",
        at: reference.place, expected: "the id of a File", found: reference.text)
    }
  }
}

extension Envelope {
  /// The files of all environment sections.
  var environmentFiles: [(file: EnvironmentFile, place: Place)] {
    allSections.flatMap { section -> [(file: EnvironmentFile, place: Place)] in
      guard case .environmentFiles(let files) = section.body else { return [] }
      return files.map { ($0, $0.place) }
    }
  }
}

extension Example {
  /// An example in which a listed file is put into the guest's environment under this path.
  static func withEnvironmentFile(
    path: String, again: Bool = false, fileID: String = #fileID,
    line: UInt = #line, column: UInt = #column
  ) -> Example {
    let entry = "<File ovf:fileRef=\"keys\" ovf:path=\"\(path)\"/>"
    return Example(
      .folder,
      edits: [
        Edit(
          old: "  </References>",
          new: "    <File ovf:id=\"keys\" ovf:href=\"keys.txt\"/>\n  </References>"),
        Edit(
          old: "    <OperatingSystemSection ",
          new: section("EnvironmentFilesSection", "", again ? entry + entry : entry)
            + "    <OperatingSystemSection "),
      ], [.add("keys.txt", .text("keys"))], fileID: fileID, line: line,
      column: column)
  }
}
