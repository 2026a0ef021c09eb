import OVATestSupport
import Testing

/// Tests of a process whose arguments the system does not tell, since `/proc` is hidden.
@Suite struct ArgumentTests {
  /// True if a process can have another `/proc` than this one.
  private static let canHide =
    (try? run("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/proc"]))?.status == 0

  @Test(
    .enabled(if: canHide, "hiding /proc needs root"),
    arguments: ["check missing.ova", "serve --db missing.sqlite", "--version", ""])
  func `without /proc nothing is done, and nothing looks like a success`(line: String) throws {
    let result = try run(
      "unshare",
      ["-m", "sh", "-c", "mount -t tmpfs none /proc; exec '\(OVATool.path)' \(line)"])
    #expect(result.status == 3)
    #expect(result.text.isEmpty)
    #expect(
      result.errorText == """
        ova: the arguments cannot be read: /proc is not mounted
          fix: mount it here: mount -t proc proc /proc

        """)
  }
}
