import Foundation
import OVATestSupport
import Testing

/// A check reads each byte of a package once, whatever is checked; `strace` counts.
@Suite(.enabled(if: OVATool.canBeTraced, "strace is not there or may not trace"))
struct ReadOnceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A package with an ISO image of 6 MB, a disk that gzip has compressed and digests by two
  /// algorithms; in a folder, and as an archive.
  private func package() throws -> (folder: String, archive: String) {
    var package = try PackageFiles()
    let disk = try run("gzip", ["-nc"], input: package["web-disk1.vmdk"]).output
    let size = package["web-disk1.vmdk"].count
    package.replace(
      "ovf:size=\"\(size)\"", "ovf:size=\"\(disk.count)\" ovf:compression=\"gzip\"", in: "web.ovf")
    package.replace(
      "</References>", "<File ovf:id=\"iso\" ovf:href=\"web.iso\"/></References>", in: "web.ovf")
    package["web-disk1.vmdk"] = disk
    package.files.append(("web.iso", (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 * 31) }))
    package["web.mf"] = []
    var lines = ""
    for file in package.files where file.name != "web.mf" {
      let path = try folder.write(file.bytes, to: "web/\(file.name)")
      lines += "SHA256(\(file.name))= \(try run("sha256sum", [path]).text.prefix(64))\n"
      lines += "SHA1(\(file.name))= \(try run("sha1sum", [path]).text.prefix(40))\n"
    }
    package["web.mf"] = Array(lines.utf8)
    try folder.write(package["web.mf"], to: "web/web.mf")
    return (folder.path("web"), try folder.write(package.archive(), to: "web.ova"))
  }

  /// The number of bytes that a deep check reads of each file.
  private func bytesRead(
    _ arguments: [String], input: String = "/dev/null"
  ) throws -> [String: Int] {
    let (result, lines) = try OVATool.traced(
      ["check", "--deep"] + arguments, calls: "read,pread64", input: input)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(!result.text.contains("not verified"))
    var sums: [String: Int] = [:]
    for line in lines {
      guard let start = line.firstIndex(of: "<"), let end = line.firstIndex(of: ">"), start < end,
        let count = line.split(separator: "=").last.flatMap({
          Int($0.trimmingCharacters(in: .whitespaces))
        })
      else { continue }
      sums[String(line[line.index(after: start)..<end]), default: 0] += count
    }
    return sums
  }

  @Test func anArchiveIsReadOnceForAllDigestsGzipAndDisks() throws {
    let archive = try package().archive
    let sums = try bytesRead([archive])
    let size = try folder.read("web.ova").count
    let read = sums[archive] ?? 0
    #expect(read >= 6_000_000)
    #expect(read <= size)
  }

  @Test func theFilesOfAFolderAreReadOnce() throws {
    let web = try package().folder
    let sums = try bytesRead([web])
    for name in ["web.ovf", "web.mf", "web-disk1.vmdk", "web.iso"] {
      #expect(sums["\(web)/\(name)"] == (try folder.read("web/\(name)").count), "\(name)")
    }
  }

  @Test func standardInputIsReadOnceAndNothingElse() throws {
    let archive = try package().archive
    let sums = try bytesRead(["-"], input: archive)
    #expect(sums[archive] == (try folder.read("web.ova").count))
    #expect(!sums.keys.contains { $0.hasPrefix(folder.path) && $0 != archive })
  }
}
