import Foundation
import OVATestSupport
import Testing

@Suite(.enabled(if: OVATool.canBeTraced, "strace is not there or may not trace"))
struct CostTests {
  /// The system calls of one run.
  private func calls(_ arguments: [String]) throws -> [Substring] {
    let (result, lines) = try OVATool.traced(
      arguments, calls: "openat,read,pread64,lseek,close,dup")
    #expect(result.status == 0, "\(result.errorText)")
    return lines
  }

  @Test func inspectingFourGigabytesReadsHeadersOnly() throws {
    let folder = try TemporaryFolder()
    let path = try fourGigabytes(in: folder)
    let calls = try calls(["inspect", path])
    let reads = calls.filter { $0.contains("pread64(") }.compactMap { line in
      line.split(separator: "=").last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    }
    #expect(reads.count < 60)
    #expect(reads.reduce(0, +) < 1 << 20)
    #expect(calls.contains { $0.contains("big.ova") })
  }

  @Test func aPackageWithoutASignatureDoesNotCostTheSystemsCertificates() throws {
    let calls = try calls(["check", OVATool.sample("good/web.ova")])
    #expect(calls.contains { $0.contains("good/web.ova") })
    #expect(!calls.contains { $0.contains("/etc/ssl/certs") || $0.contains("/etc/pki") })
  }

  @Test func packagesOfOneFolderShareOneListingOfIt() throws {
    let folder = try TemporaryFolder()
    let text = try String(
      contentsOfFile: OVATool.sample("good/database/database.ovf"), encoding: .utf8)
    let paths = try (0..<20).map { try folder.write(text, to: "\($0).ovf") }
    #expect(try folder.settle())
    let (result, lines) = try OVATool.traced(["check"] + paths, calls: "getdents64")
    #expect(result.text.contains("file-missing"))
    let listings = lines.count { $0.contains(folder.path) }
    #expect((1...20).contains(listings))
  }

  /// An archive whose disk is 4 GiB long.
  private func fourGigabytes(in folder: TemporaryFolder) throws -> String {
    func sample(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/database/\(name)"))))
    }
    var archive = TarBuilder()
    archive.file("database.ovf", try sample("database.ovf"))
    let disk = "database-disk1.vmdk"
    return try folder.write(
      archive, ending: TarBuilder.Header(disk, size: 4 << 30),
      Array(try sample(disk).prefix(65_536)), to: "big.ova")
  }
}
