import Foundation
import OVAByteSource
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Archives with random damage, read as a file and as a stream: neither crashes, hangs or says
/// anything that the other does not.
@Suite struct DamagedPackagesTests {
  /// The packages that are damaged: signed, compressed, in chunks, in other dialects.
  static let rules = [
    "signature-invalid", "gzip-damaged", "chunk-missing", "chunk-size-mismatch", "tar-pax",
    "tar-not-ustar", "manifest-mixed-algorithms", "duplicate-member", "strings-unreadable",
  ]

  static let examples = Rule.all.filter { rules.contains($0.id) }.flatMap { rule in
    rule.triggering + rule.passing
  }

  /// Damaged archives for each example; `OVA_DAMAGES` asks for more than a test has time for.
  static let damages =
    ProcessInfo.processInfo.environment["OVA_DAMAGES"].flatMap { Int($0) } ?? 8

  @Test(arguments: examples.indices)
  func bothReadingsSayTheSame(number: Int) async throws {
    let folder = try TemporaryFolder()
    guard let path = try? ExamplePackage(Self.examples[number]).write(.ova, to: folder) else {
      return
    }
    let name = URL(fileURLWithPath: path).lastPathComponent
    let whole = try folder.read(name)
    let judgment = SignatureJudgment(
      trust: try TestCertificates.trustedRoots(), date: TestCertificates.date)
    var options = ReadingOptions()
    options.deep = true
    for seed in 0..<UInt64(Self.damages) {
      var dice = SeededNumbers(seed: UInt64(number) << 32 | seed)
      let source = MemorySource(Damage.of(whole, &dice), name: name)
      let read = await judged { () throws(PackageError) in
        try await Package.open(source).checked(options, signature: judgment)
      }
      let streamed = await judged { () throws(PackageError) in
        let (package, evidence) = try Package.read(SourceStream(source), options: options)
        return await package.checked(evidence, signature: judgment)
      }
      #expect(read == streamed, "example \(number), seed \(seed)")
    }
  }

  /// The findings of the rules, or the error because of which there are none.
  private func judged(
    _ check: () async throws(PackageError) -> CheckedPackage
  ) async -> Result<[Finding], PackageError> {
    do throws(PackageError) {
      return .success(Rule.findings(of: Rule.all, in: try await check()))
    } catch {
      return .failure(error)
    }
  }
}
