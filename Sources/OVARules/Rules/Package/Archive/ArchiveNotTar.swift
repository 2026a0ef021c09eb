import OVAPackage

extension Rule {
  /// The file is no archive.
  static let archiveNotTar = Rule(
    id: "archive-not-tar",
    group: .package,
    title: "The file is not a tar archive",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why:
      "A package in one file is a tar archive with the descriptor in it. Of anything else importers "
      + "say that it is invalid; what it looks like tells what went wrong.",
    fix: "Fetch the package again, or unpack what it was put into.",
    failures: [.notAnArchive],
    triggering: [
      Example(.ova, .archive(.gzipped)),
      Example(
        .ova, .archive(.replaced(by: Array("<!DOCTYPE html><html><body>404</body></html>".utf8))),
        caption: "a failed download left a page"),
      Example(
        .ova,
        .archive(
          .replaced(by: Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8))),
        caption: "a pointer of Git LFS instead of the file"),
      Example(.ova, .archive(.replaced(by: [0x50, 0x4B, 3, 4])), documented: false),
      Example(.ova, .archive(.replaced(by: Array("KDMV".utf8))), documented: false),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { _, _ in }
}
