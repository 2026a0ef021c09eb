import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Files whose size is not declared.
  static let fileSizeMissing = Rule(
    id: "file-size-missing",
    group: .references,
    title: "A file's size is not declared",
    severity: .info,
    basis: .practice(
      "ovftool: \"wrong file size specified in OVF descriptor (specified: -1)\"; go-vcloud-director: "
        + "\"file size didn't match described in ovf\"."),
    why: "`ovf:size` may be left out. Importers then show no progress, cannot tell a file that was "
      + "cut short, and a few compare the size all the same and stop. In version 0.9 it is demanded, "
      + "and VMware's products refuse a File without it.",
    fix: "Write `ovf:size` with the file's length in bytes.",
    triggering: [
      Example(replacing: #" ovf:size="SIZE""#, with: ""),
      Example(
        .folder,
        edits: [
          .withoutSize,
          .init(
            old: "  </References>",
            new: "    <File ovf:id=\"nvram\" ovf:href=\"web.nvram\"/>\n  </References>"),
          .extraConfig("nvram", "ovf:/file/nvram"), .family("vmx-14"),
        ], [.add("web.nvram", .text("settings"))], documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: #"ovf:size="SIZE""#, with: #"ovf:size="""#,
        caption: "one that is no number is something else", documented: false),
      Example(
        .folder,
        edits: [
          .init(old: #"href="web-disk1.vmdk" ovf:size="SIZE""#, new: #"href="http://a/d.vmdk""#)
        ], [], caption: "what lies elsewhere may change", documented: false),
    ]
  ) { checked, findings in
    guard checked.envelope.dialect != .oVirt else { return }
    let files = checked.envelope.files.filter { file in
      guard file.size == nil, case .file = file.target else { return false }
      return file.href?.text.isEmpty == false
    }
    guard let first = files.first else { return }
    let names = files.compactMap(\.href?.text)
    findings.add(
      files.count == 1
        ? "the File '\(names.quoted.dropFirst().dropLast())' has no ovf:size"
        : "\(files.count) Files have no ovf:size: \(names.quoted)",
      at: first.place, expected: "ovf:size",
      severity: checked.envelope.dialect == .ovf09 ? .error : nil)
  }
}
