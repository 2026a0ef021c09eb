import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest writes a file's name otherwise than the descriptor.
  static let manifestNameSpelling = Rule(
    id: "manifest-name-spelling",
    group: .manifest,
    title: "The manifest writes a file's name otherwise",
    severity: .error,
    basis: .clause("DSP0243 5.1"),
    why: "An entry has the name that the descriptor's reference has, letter for letter. Importers "
      + "find no entry for the file under `./name`, the path of the machine that built it, another "
      + "letter case or other code points, and refuse the package. It is told here which file is "
      + "meant, and its digest is compared.",
    fix: "Run `ova manifest PATH`, which writes the names as the descriptor does; a signed package "
      + "is signed again with `--sign`.",
    triggering: [
      Example(.ova, .text("web.mf", replacing: "(web", with: "(./web")),
      Example(
        .ova, .text("web.mf", replacing: "(web", with: "(C:\\build\\out\\web"),
        caption: "the path of the machine that made it"),
      Example(.ova, .text("web.mf", replacing: "(web.ovf)", with: "(Web.OVF)")),
      Example(
        .ova, .text("web.mf", replacing: "(web.ovf)", with: "(\"web.ovf\")"), documented: false),
      Example(
        .ova,
        edits: [Example.Edit(old: "web-disk1.vmdk", new: "wei\u{DF}-\u{E4}.vmdk")],
        [
          .rename("web-disk1.vmdk", to: "wei\u{DF}-\u{E4}.vmdk"),
          .text("web.mf", replacing: "\u{E4}", with: "a\u{308}"),
        ], caption: "the same letters of other code points"),
    ],
    passing: [
      .sound(.ova), .sound(.folder),
      Example(
        .ova, .sealManifest, .text("web.mf", replacing: "(web.ovf)", with: "(old.ovf)"),
        caption: "a name that is like no file's is said by manifest-entry-without-file",
        documented: false),
    ]
  ) { checked, findings in
    let lines = checked.manifestLines.filter { !$0.subject.spelling.told.isEmpty }
    for (spelling, lines) in Dictionary(grouping: lines, by: \.subject.spelling.told) {
      guard let first = lines.first, let target = first.subject.target else { continue }
      let expected = target.name.differing(from: first.entry.fileName)
      let found = first.entry.fileName.differing(from: target.name)
      findings.add(
        "the manifest writes '\(target.name)' as '\(first.entry.fileName)', "
          + spelling.words.joined(separator: " and ") + lines.count.andOthers,
        at: first.entry.place, expected: expected, found: found)
    }
  }
}

extension NameSpelling {
  /// The differences that this rule reports: percent signs and encodings have rules of their own.
  fileprivate var told: NameSpelling { subtracting([.percent, .encoding]) }

  fileprivate var words: [String] {
    let all: [(NameSpelling, String)] = [
      (.enclosed, "with quotes or blanks around it"),
      (.dots, "with './' or the like in it"),
      (.backslashes, "with backslashes"),
      (.otherFolder, "with the path of another folder"),
      (.letterCase, "in another letter case"),
      (.normalization, "in another Unicode normalization"),
      (.cut, "with its end cut off"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
