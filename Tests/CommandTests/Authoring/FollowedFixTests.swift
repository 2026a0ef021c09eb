import Foundation
import OVARules
import OVATestSupport
import Testing

/// The fixes of rules that are commands, run to the letter on the rules' own examples.
@Suite struct FollowedFixTests {
  /// A command in a rule's fix.
  struct Advice: CustomTestStringConvertible, Sendable {
    let rule: Rule
    let command: String

    var testDescription: String { "\(rule.id): \(command)" }

    /// The commands that begin so, of all rules.
    static func all(beginningWith start: String) -> [Advice] {
      Rule.all.flatMap { rule in
        rule.executedCommands.filter { $0.hasPrefix(start) }
          .map { Advice(rule: rule, command: $0) }
      }
    }
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A key and a certificate that is valid today.
  private static let signer = Result {
    let folder = try TemporaryFolder()
    try run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
        "-days", "400", "-subj", "/CN=Example",
      ], in: folder.path)
    return folder
  }

  /// The findings, at or above a rule's severity, of a check that trusts the test's signer.
  private func left(_ rule: Rule, _ path: String) throws -> [(rule: String, text: String)] {
    let signer = try Self.signer.get()
    let result = try OVATool.run(
      "check", "--format", "json", "--trust", signer.path("cert.pem"), path, in: folder.path)
    let packages = try #require(try result.object()["packages"] as? [[String: Any]])
    let findings = try #require(packages.first?["findings"] as? [[String: Any]])
    let severe = Severity.allCases.filter { $0 >= rule.severity }.map(\.rawValue)
    return findings.compactMap { finding in
      guard severe.contains(finding["severity"] as? String ?? "") else { return nil }
      let id = finding["rule"] as? String ?? ""
      return (id, "\(id): \(finding["message"] ?? "")")
    }
  }

  @Test(
    arguments: Advice.all(beginningWith: "ova "))
  func aCommandOfOvaLeavesNothingOfTheRulesWeight(_ advice: Advice) throws {
    let example = try #require(advice.rule.triggering.first)
    let path = try ExamplePackage(example).write(example.form, to: folder)
    let signer = try Self.signer.get()
    let words = advice.command.split(separator: " ").dropFirst().map { word in
      switch word {
      case "PATH": path
      case "NEW.ova": folder.path("NEW.ova")
      case "KEY": signer.path("key.pem")
      case "CERTIFICATE": signer.path("cert.pem")
      default: String(word)
      }
    }
    // What else is wrong with an example is not the rule's.
    let others = Set(try left(advice.rule, path).map(\.rule)).subtracting([advice.rule.id])
    // What the text says besides the command, where it is an edit that has to come first.
    if let edit = Self.edits[advice.rule.id] {
      let edited = try run("bash", ["-ec", edit], in: folder.path)
      #expect(edited.status == 0, "\(edited.errorText)")
    }
    // A signature that fits is not given up without a word.
    let isSigned = folder.has("web.cert") && !words.contains("--sign")
    let result = try run(OVATool.path, words + (isSigned ? ["--unsigned"] : []))
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    let output = words.contains(folder.path("NEW.ova")) ? folder.path("NEW.ova") : path
    let new = try left(advice.rule, output).filter { !others.contains($0.rule) }.map(\.text)
    #expect(new == [])
  }

  /// Edits that fixes ask for before the manifest is made anew, as commands of the shell.
  private static let edits: [String: String] = [
    "trailing-padding": #"tr -d '\0' < web.ovf > new && mv new web.ovf"#,
    "manifest-referenced": #"sed -i 's|<File ovf:id="file2" ovf:href="web.mf"/>||' web.ovf"#,
    "file-size-mismatch":
      #"sed -i "s|ovf:size=\"1\"|ovf:size=\"$(stat -c %s web-disk1.vmdk)\"|" web.ovf"#,
    "nvram-path-absolute": #"sed -i 's|<NVRAM path="[^"]*"/>||' web.ovf"#,
    "name-with-parentheses": """
    mkdir new && tar -xf web.ova -C new && mv 'new/web (copy).iso' new/web-copy.iso
    tar --format=ustar -C new -cf web.ova web.ovf web.mf web-disk1.vmdk web-copy.iso
    """,
    "disk-not-vmdk": """
    mkdir new && tar -xf web.ova -C new && cd new && qemu-img create -q -f raw disk 64M
    printf data | dd of=disk bs=1M seek=1 conv=notrunc status=none
    qemu-img convert -O vmdk -f raw \\
      -o subformat=streamOptimized,adapter_type=lsilogic disk web-disk1.vmdk
    tar --format=ustar -cf ../web.ova web.ovf web.mf web-disk1.vmdk
    """,
    "disk-version-old": converting,
    "disk-adapter-mismatch": converting,
    "disk-extent-unlisted": """
    qemu-img convert -O vmdk -o subformat=streamOptimized,adapter_type=lsilogic \\
      web-disk1.vmdk NEW.vmdk
    mv NEW.vmdk web-disk1.vmdk && sed -i 's|#monolithicFlat|#streamOptimized|' web.ovf
    """,
    "compression-gzip": """
    mkdir new && tar -xf web.ova -C new && cd new && gunzip < web-disk1.vmdk > disk
    mv disk web-disk1.vmdk && sed -i 's| ovf:compression="gzip"||' web.ovf
    tar --format=ustar -cf ../web.ova web.ovf web.mf web-disk1.vmdk
    """,
  ]

  /// The disk of an archive, converted as the fixes say, in its place.
  private static let converting = """
    mkdir new && tar -xf web.ova -C new && cd new
    qemu-img convert -O vmdk -o subformat=streamOptimized,adapter_type=lsilogic \\
      web-disk1.vmdk NEW.vmdk
    mv NEW.vmdk web-disk1.vmdk
    tar --format=ustar -cf ../web.ova web.ovf web.mf web-disk1.vmdk
    """

  @Test(arguments: Advice.all(beginningWith: "tar "))
  func packingAgainWithTarLeavesNothingOfTheRulesWeight(_ advice: Advice) throws {
    let example = try #require(advice.rule.triggering.first)
    let path = try ExamplePackage(example).write(example.form, to: folder)
    let before = Set(try left(advice.rule, path).map(\.rule)).subtracting([advice.rule.id])
    try run("mkdir", ["out"], in: folder.path)
    try run("tar", ["-xf", path, "-C", "out"], in: folder.path)
    // The folder in which the files of the package lie.
    let inner = advice.command.contains("FOLDER") ? "out/web" : "out"
    let others = try folder.names(inner).filter { !["web.ovf", "web.mf"].contains($0) }
    let words = advice.command.split(separator: " ").dropFirst().flatMap { word -> [String] in
      switch word {
      case "FOLDER": ["web"]
      case "x.ova": [folder.path("new.ova")]
      case "x.ovf": ["web.ovf"]
      case "x.mf": ["web.mf"]
      case "…": others
      default: [String(word)]
      }
    }
    let packed = try run("tar", words, in: folder.path("out"))
    #expect(packed.status == 0, "\(packed.errorText)")
    let new = try left(advice.rule, "new.ova").filter { !before.contains($0.rule) }.map(\.text)
    #expect(new == [])
  }

  @Test func aDiskThatIsConvertedAsTheFixSaysIsSound() throws {
    let rule = try #require(Rule.named("disk-not-vmdk"))
    let commands = rule.fix.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    try #require(commands.count == 2)
    var package = try PackageFiles()
    try run(
      "bash", ["-c", "head -c 300000 /dev/urandom > raw && truncate -s 64M raw"], in: folder.path)
    try run("qemu-img", ["convert", "-O", "qcow2", "raw", "disk.qcow2"], in: folder.path)
    package["web-disk1.vmdk"] = try folder.read("disk.qcow2")
    let path = try package.write(to: folder, "web")
    #expect(try left(rule, path).contains { $0.rule == "disk-not-vmdk" })
    let convert = commands[0].replacing("DISK", with: "web/web-disk1.vmdk")
      .replacing("NEW.vmdk", with: "NEW.vmdk && mv NEW.vmdk web/web-disk1.vmdk")
    let converted = try run("bash", ["-c", convert], in: folder.path)
    #expect(converted.status == 0, "\(converted.errorText)")
    let fix = commands[1].split(separator: " ").dropFirst().map { word in
      word == "PATH" ? path : word == "NEW.ova" ? folder.path("NEW.ova") : String(word)
    }
    let fixed = try run(OVATool.path, fix)
    #expect(fixed.status == 0, "\(fixed.text)")
    let check = try OVATool.run("check", "--fail-on", "info", "NEW.ova", in: folder.path)
    #expect(check.status == 0, "\(check.text)")
  }

  @Test func noFixAdvisesToRenameAFileThatIsThere() throws {
    var package = try PackageFiles()
    package.files = package.files.map {
      ($0.name == "web-disk1.vmdk" ? "web-disk2.vmdk" : $0.name, $0.bytes)
    }
    try folder.write(package.archive(), to: "web.ova")
    let check = try OVATool.run("check", "--format", "json", "web.ova", in: folder.path)
    let packages = try #require(try check.object()["packages"] as? [[String: Any]])
    let findings = try #require(packages.first?["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["rule"] as? String == "file-missing" })
    for finding in findings {
      let fix = try #require(finding["fix"] as? String)
      #expect(fix.range(of: "rename", options: .caseInsensitive) == nil, "\(fix)")
    }
  }
}
