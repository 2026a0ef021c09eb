import Foundation
import OVAAuthoring
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVAReport
import OVARules
import OVATestSupport
import Testing

/// The package of one rule's example, which is repaired.
struct RepairCase: CustomTestStringConvertible, Sendable {
  let rule: Rule
  let number: Int
  let example: Example

  var testDescription: String { "\(rule.id) #\(number)" }

  static let all: [RepairCase] = Rule.all.flatMap { rule in
    rule.triggering.enumerated().compactMap { number, example in
      let isDisturbed = example.changes.contains { change in
        if case .cutWhileChecked = change { true } else { false }
      }
      return isDisturbed ? nil : RepairCase(rule: rule, number: number + 1, example: example)
    }
  }

  /// The example's package, read and judged, and its plan.
  func judged(in folder: TemporaryFolder) async throws -> (CheckedPackage, [Finding])? {
    let built = try ExamplePackage(example)
    guard let package = try? Package.open(try built.write(example.form, to: folder)) else {
      return nil
    }
    return await Self.judge(package)
  }

  static func judge(_ package: Package) async -> (CheckedPackage, [Finding]) {
    var options = ReadingOptions()
    options.always = [FixPlan.algorithm(of: package)]
    let judgment = SignatureJudgment(
      trust: (try? TestCertificates.trustedRoots()) ?? .system, date: TestCertificates.date)
    let checked = await package.checked(options, signature: judgment)
    return (checked, Rule.findings(of: Rule.all, in: checked))
  }
}

/// The plan of every rule's example keeps its word, and nothing gets worse.
@Suite struct RepairTests {
  @Test(arguments: RepairCase.all)
  func whatThePlanMendsIsMendedAndNothingGetsWorse(_ example: RepairCase) async throws {
    let folder = try TemporaryFolder()
    guard let (checked, findings) = try await example.judged(in: folder) else { return }
    let plan = try FixPlan(checked)
    let output = folder.path("repaired.ova")
    let forecast = RepairForecast(plan, findings: findings, name: output)
    guard !plan.isBlocked else {
      #expect(forecast.resolved.isEmpty && forecast.remaining == nil)
      return
    }
    let written = try PackageWriter.write(plan.members, to: output)
    let (repaired, after) = await RepairCase.judge(try written.package())
    let rules = Set(after.map(\.rule))

    // What was foreseen is what came.
    #expect(rules.isDisjoint(with: forecast.resolved))
    if !plan.isEmpty {
      #expect(forecast.remaining.map { Set($0.map(\.rule)) } == rules)
    }
    let claimed = forecast.claims.flatMap(\.rules)
    #expect(Set(claimed) == forecast.resolved && claimed.count == forecast.resolved.count)

    // No error is new.
    let before = Dictionary(grouping: findings.filter { $0.severity == .error }, by: \.rule)
    for (rule, errors) in Dictionary(
      grouping: after.filter { $0.severity == .error }, by: \.rule)
    {
      #expect(errors.count <= before[rule, default: []].count, "\(rule) is new")
    }

    // Every file has the bytes that it had, but for the descriptor and disks with padding.
    let isCut = plan.steps.contains { $0.kind == .cutDiskPadding }
    for file in checked.package.files where file.kind == .file && !file.isAppleDouble {
      let apart = [
        checked.package.descriptor, checked.package.manifest?.file,
        checked.package.certificate?.file,
      ].compactMap { $0?.path }
      guard let path = file.path, !apart.contains(path), let source = file.source else { continue }
      let new = try #require(repaired.package.file(at: path)?.source, "\(path.text) is lost")
      let bytes = try source.allBytes(limit: 1 << 28, named: "test")
      let now = try new.allBytes(limit: 1 << 28, named: "test")
      #expect(isCut ? bytes.starts(with: now) : bytes == now, "\(path.text) is changed")
    }

    // A second repair finds nothing to do.
    let again = try FixPlan(repaired)
    #expect(again.steps.map(\.kind) == [], "\(again.steps)")
  }

  /// Packages in which a line of the manifest, however it is written, does not vouch for the disk.
  enum Contradiction: String, CaseIterable, CustomTestStringConvertible {
    case plain, utf16LittleEndian, utf16BigEndian, dotSlash, windowsPath, absolutePath, otherCase
    case md5, hashTable, cutDigest, longDigest, twoAlgorithms, checksumList, certutil, colons
    case prefixed, percentEncoded, noAlgorithm, notHexadecimal, binaryLine, sha3
    var testDescription: String { rawValue }

    /// The manifest over a descriptor that is right and a disk that is not.
    func manifest(_ descriptor: String, _ disk: String, rightDisk: String) -> [UInt8] {
      let wrong = String(repeating: "ab", count: 32)
      let first = "SHA256(web.ovf)= \(descriptor)\n"
      func line(_ text: String) -> [UInt8] { Array((first + text + "\n").utf8) }
      func wide(_ text: String, bigEndian: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
          let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
          return bigEndian ? bytes.reversed() : bytes
        }
      }
      return switch self {
      case .plain: line("SHA256(\(disk))= \(wrong)")
      case .utf16LittleEndian: wide(first + "SHA256(\(disk))= \(wrong)\n", bigEndian: false)
      case .utf16BigEndian: wide(first + "SHA256(\(disk))= \(wrong)\n", bigEndian: true)
      case .dotSlash: line("SHA256(./\(disk))= \(wrong)")
      case .windowsPath: line("SHA256(C:\\out\\\(disk))= \(wrong)")
      case .absolutePath: line("SHA256(/srv/out/\(disk))= \(wrong)")
      case .otherCase: line("SHA256(\(disk.uppercased()))= \(wrong)")
      case .md5: line("MD5(\(disk))= \(wrong.prefix(32))")
      case .hashTable:
        Array(
          ("Algorithm       Hash                                   Path\n"
            + "---------       ----                                   ----\n"
            + "SHA256          \(descriptor.uppercased())       C:\\out\\web.ovf\n"
            + "SHA256          \(wrong.uppercased())       C:\\out\\\(disk)\n").utf8)
      case .cutDigest: line("SHA256(\(disk))= \(wrong.dropLast(2))")
      case .longDigest: line("SHA256(\(disk))= \(wrong)ab")
      case .twoAlgorithms:
        line("SHA256(\(disk))= \(rightDisk)\nSHA1(\(disk))= \(wrong.prefix(40))")
      case .checksumList: Array("\(descriptor)  web.ovf\n\(wrong)  \(disk)\n".utf8)
      case .certutil:
        line(
          "SHA256 hash of file \(disk):\n\(wrong)\n"
            + "CertUtil: -hashfile command completed successfully.")
      case .colons:
        line("SHA256(\(disk))= \(Array(repeating: "ab", count: 32).joined(separator: ":"))")
      case .prefixed: line("SHA256(\(disk))= 0x\(wrong)")
      case .percentEncoded: line("SHA256(\(disk.replacing("-", with: "%2D")))= \(wrong)")
      case .noAlgorithm: line("(\(disk))= \(wrong)")
      case .notHexadecimal: line("SHA256(\(disk))= \(wrong.dropLast())z")
      case .binaryLine: line("SHA256(\(disk))= \(wrong)\0")
      case .sha3: line("SHA3-256(\(disk))= \(wrong)")
      }
    }
  }

  @Test(arguments: Contradiction.allCases)
  func bytesForWhichTheManifestDoesNotVouchAreInDoubt(_ contradiction: Contradiction) async throws {
    let folder = try TemporaryFolder()
    let sound = try ExamplePackage(.sound(.folder))
    let path = try sound.write(.folder, to: folder)
    let manifest = contradiction.manifest(
      try sha256("web.ovf", in: folder), "web-disk1.vmdk",
      rightDisk: try sha256("web-disk1.vmdk", in: folder))
    try folder.write(manifest, to: "web.mf")
    let (checked, findings) = await RepairCase.judge(try Package.open(path))
    let plan = try FixPlan(checked)
    #expect(!plan.doubts.isEmpty)
    #expect(RepairForecast.fixable(in: checked, findings: findings).isEmpty)
    let remaking = try ManifestRemaking(checked, algorithm: .sha256, signer: nil)
    #expect(!remaking.doubts.isEmpty)
  }

  @Test(arguments: [
    "SHA256(./web-disk1.vmdk)= ", "sha256 (web-disk1.vmdk) = ", "SHA-256(web-disk1.vmdk)= ",
  ])
  func anotherSpellingOfTheRightDigestIsNotInDoubt(_ spelling: String) async throws {
    let folder = try TemporaryFolder()
    let path = try ExamplePackage(.sound(.folder)).write(.folder, to: folder)
    let disk = try sha256("web-disk1.vmdk", in: folder)
    let manifest =
      "SHA256(web.ovf)= \(try sha256("web.ovf", in: folder))\n" + spelling + disk + "\n"
    try folder.write(Array(manifest.utf8), to: "web.mf")
    let (checked, _) = await RepairCase.judge(try Package.open(path))
    #expect(try FixPlan(checked).doubts == [])
  }

  private func sha256(_ name: String, in folder: TemporaryFolder) throws -> String {
    String(try run("sha256sum", [name], in: folder.path).text.prefix(64))
  }
}
