import OVAByteSource
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// Every example of every rule as an archive, read as a file and as a stream.
@Suite struct StreamAgreementTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: String
    let number: Int
    let example: Example
    var testDescription: String { "\(rule) #\(number)" }
  }

  static let cases = Rule.all.flatMap { rule in
    (rule.triggering + rule.passing).enumerated().map {
      Case(rule: rule.id, number: $0.offset + 1, example: $0.element)
    }
  }

  @Test(arguments: cases) func aStreamHasTheFindingsOfTheFile(_ one: Case) async throws {
    let folder = try TemporaryFolder()
    guard
      let package = try? ExamplePackage(one.example),
      let path = try? package.write(.ova, to: folder)
    else { return }
    var options = ReadingOptions()
    options.deep = true
    let judgment = SignatureJudgment(
      trust: try TestCertificates.trustedRoots(), date: TestCertificates.date)
    let stream = SourceStream(try FileSource(path: path))
    do throws(PackageError) {
      let read = try await Package.open(path).checked(options, signature: judgment)
      let (streamed, evidence) = try Package.read(stream, options: options)
      let passed = await streamed.checked(evidence, signature: judgment)
      let expected = Rule.findings(of: Rule.all, in: read)
      let found = Rule.findings(of: Rule.all, in: passed)
      #expect(found == expected)
    } catch {
      // Nothing can be said of the file; then nothing of the stream either.
      #expect(throws: PackageError.self) { try Package.read(SourceStream(FileSource(path: path))) }
    }
  }
}
