import Foundation
import OVATestSupport
import Testing

/// Tests of the output on terminals of 80 and 120 columns.
@Suite struct TerminalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var files = try PackageFiles()
    // A long name of wide, combining and narrow characters, which findings name.
    let name = String(repeating: "資料", count: 20) + "e\u{301}💾" + String(repeating: "x", count: 60)
    files.replace("web-disk1.vmdk", "\(name).vmdk", in: "web.ovf")
    try folder.write(files.archive(), to: "長い名前の仮想アプライアンス-web.ova")
  }

  private var path: String { "長い名前の仮想アプライアンス-web.ova" }

  @Test(arguments: [80, 120])
  func `no line is wider than the terminal, and nothing is cut`(columns: Int) throws {
    let shown = try Terminal.run(columns: columns, "out", ["check", path], in: folder.path)
    #expect(shown.status == 1)
    let lines = shown.text.split(separator: "\n")
    #expect(lines.count > 5)
    for line in lines {
      #expect(Terminal.cells(line) <= columns, "\(line)")
    }
    #expect(lines.contains { Terminal.cells($0) > columns - 16 })
    let plain = try OVATool.run("check", path, in: folder.path)
    #expect(plain.text.split(separator: "\n").contains { Terminal.cells($0) > 200 })
    func letters(_ text: String) -> String {
      var text = text
      while let start = text.firstIndex(of: "\u{1B}"),
        let end = text[start...].firstIndex(of: "m")
      {
        text.removeSubrange(start...end)
      }
      return text.filter { !$0.isWhitespace && $0 != "^" }
    }
    #expect(letters(shown.text) == letters(plain.text))
  }

  /// The commands that write text for people, on the package with the long names.
  private static let textCommands = [
    ["inspect"], ["inspect", "-v"], ["check", "--target", "all"], ["fix"], ["spec"],
    ["diff", OVATool.sample("good/web.ova")],
  ]

  @Test(arguments: textCommands, [80, 120])
  func `every text about a package keeps to the terminal's width`(
    command: [String], columns: Int
  ) throws {
    let shown = try Terminal.run(columns: columns, "out", command + [path], in: folder.path)
    #expect([0, 1].contains(shown.status))
    let lines = shown.text.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(Terminal.cells(line) <= columns, "\(line)") }
  }

  @Test(
    arguments: [
      ["rules"], ["explain", "manifest-digest-mismatch"], ["explain", "vb-pax"],
      ["explain", "--messages", "all"], ["version"], ["config"], ["--help"], ["check", "--help"],
    ], [80, 120])
  func `every text of the tool itself keeps to the terminal's width`(
    command: [String], columns: Int
  ) throws {
    let shown = try Terminal.run(
      columns: columns, "out", command, in: folder.path,
      environment: ["OVA_CHECK_BASELINE": String(repeating: "資料/", count: 40)])
    #expect(shown.status == 0)
    let lines = shown.text.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(Terminal.cells(line) <= columns, "\(line)") }
  }

  @Test func `COLUMNS says how wide lines are, where it is set`() throws {
    let result = try OVATool.run("check", path, in: folder.path, environment: ["COLUMNS": "60"])
    let lines = result.text.split(separator: "\n")
    #expect(lines.allSatisfy { Terminal.cells($0) <= 60 })
    for value in ["", "0", "-3", "x", "99999999999999999999"] {
      let plain = try OVATool.run(
        "check", path, in: folder.path, environment: ["COLUMNS": value])
      #expect(plain.text.split(separator: "\n").contains { Terminal.cells($0) > 200 }, "\(value)")
    }
  }

  /// The commands that take long, on files of the folder, and what their line says.
  private static let longCommands: [(name: String, arguments: [String], verb: String)] = [
    ("check", ["check", "tree"], "checking"),
    ("check -", ["check", "-"], "checking"),
    ("check --deep", ["check", "--deep", "tree/big.ova"], "checking"),
    ("fix", ["fix", "tree/big.ova", "--write", "fixed.ova", "--algorithm", "sha512"], "checking"),
    ("pack", ["pack", "package", "-o", "packed.ova"], "checking"),
    ("unpack", ["unpack", "tree/big.ova", "-C", "out"], "unpacking"),
    ("manifest", ["manifest", "tree/big.ova", "--algorithm", "sha1"], "checking"),
    ("disk --deep", ["disk", "--deep", "package/web-disk1.vmdk"], "reading"),
    (
      "scan", ["scan", "tree", "--data-store", "ds", "--settle", "0", "--db", "c.sqlite"],
      "looking"
    ),
    (
      "catalog export", ["catalog", "export", "tree", "--data-store", "ds"], "exporting"
    ),
    ("catalog import", ["catalog", "import", "records.json", "--db", "i.sqlite"], "records"),
  ]

  private func prepare() throws {
    let archive = OVATool.sample("good/web.ova")
    let bytes = Array(try Data(contentsOf: URL(filePath: archive)))
    let name = String(repeating: "長い", count: 30)
    try folder.write(bytes, to: "tree/\(name).ova")
    try folder.write(bytes, to: "tree/big.ova")
    _ = try PackageFiles().write(to: folder, "package")
    try FileManager.default.createDirectory(
      atPath: folder.path("out"), withIntermediateDirectories: true)
    let records = try OVATool.run(
      "catalog", "export", "tree", "--data-store", "ds", in: folder.path)
    try folder.write(records.output, to: "records.json")
  }

  @Test(arguments: 0..<longCommands.count, [80, 120])
  func `every long command tells its progress on one line of the terminal`(
    index: Int, columns: Int
  ) throws {
    let command = Self.longCommands[index]
    try prepare()
    let input = command.name == "check -" ? try folder.read("tree/big.ova") : []
    let shown = try Terminal.run(
      columns: columns, "err", command.arguments, in: folder.path, input: input)
    #expect(shown.status == 0, "\(command.name): \(shown.text)")
    let text = shown.text
    #expect(text.contains(command.verb), "\(command.name): \(text.debugDescription)")
    // The line is written over, and taken away at the end.
    #expect(!text.contains("\n"), "\(command.name): \(text.debugDescription)")
    #expect(text.hasSuffix("\r\u{1B}[K"), "\(command.name): \(text.debugDescription)")
    for line in text.components(separatedBy: "\r\u{1B}[K") {
      #expect(Terminal.cells(line) < columns, "\(command.name): \(line)")
    }
  }

  @Test(arguments: 0..<longCommands.count)
  func `progress is for terminals alone`(index: Int) throws {
    let command = Self.longCommands[index]
    try prepare()
    let input = command.name == "check -" ? try folder.read("tree/big.ova") : []
    let result = try run(OVATool.path, command.arguments, in: folder.path, input: input)
    #expect(result.status == 0, "\(command.name): \(result.errorText)")
    #expect(result.errorText.isEmpty, "\(command.name)")
    let dumb = try Terminal.run(
      columns: 80, "err", ["check", "tree"], in: folder.path, environment: ["TERM": "dumb"])
    #expect(dumb.output.isEmpty)
  }

  @Test func `results and progress do not mix on one terminal`() throws {
    try prepare()
    let shown = try Terminal.run(
      columns: 80, "out,err", ["check", "--color", "never", "tree", "tree"], in: folder.path)
    var lines = [""]
    // What is left when a terminal has obeyed.
    for part in shown.text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(part.components(separatedBy: "\r\u{1B}[K").last ?? "")
    }
    let plain = try OVATool.run(
      "check", "tree", "tree", in: folder.path, environment: ["COLUMNS": "80"])
    #expect(lines.dropFirst().joined(separator: "\n") == plain.text)
  }
}
