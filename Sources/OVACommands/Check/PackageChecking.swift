import OVABasics
import OVAByteSource
import OVAPackage
import OVARemote
import OVAReport
import OVARules
import OVATargets

/// The way in which each package of a run is checked.
struct PackageChecking: Sendable {
  let options: ReadingOptions
  let judgment: SignatureJudgment
  let targets: [Target]
  /// The rules that judge: every rule, and those of the configuration's policy.
  let rules: [Rule]

  /// Checks what lies at a path or URL.
  func result(of path: String, progress: ProgressLine? = nil) -> CheckResult {
    let name = PackageName(text: path)
    if name.isRemote {
      do throws(PackageError) {
        return try RemoteInput.onceMoreIfChanged { () throws(PackageError) in
          try result(ofRemote: name, progress: progress)
        }
      } catch {
        return CheckResult(path: name.plain, failure: error)
      }
    }
    do throws(PackageError) {
      let package = try Package.open(path)
      progress?.begin(path, bytes: package.files.reduce(0) { $0 &+ $1.size })
      let checked = package.checkedOnThisThread(options, signature: judgment) {
        progress?.add($0)
      }
      return try result(path, checked)
    } catch {
      return CheckResult(path: path, failure: error)
    }
  }

  private func result(
    ofRemote name: PackageName, progress: ProgressLine?
  ) throws(PackageError) -> CheckResult {
    switch try RemoteInput.open(name.text) {
    case .package(let package):
      progress?.begin(name.plain, bytes: package.files.reduce(0) { $0 &+ $1.size })
      let checked = package.checkedOnThisThread(options, signature: judgment) {
        progress?.add($0)
      }
      return try result(name.plain, checked)
    case .stream(let stream):
      RemoteInput.tellStreamed(stream)
      progress?.begin(name.plain, bytes: stream.size)
      let (package, evidence) = try Package.read(stream, options: options) { bytes in
        progress?.add(UInt64(bytes.count))
      }
      let checked = package.checkedOnThisThread(
        evidence, schemas: options.schemas, signature: judgment)
      return try result(name.plain, checked)
    }
  }

  /// Checks standard input as it passes.
  func result(
    ofStream stream: StreamOptions, copy: StreamCopy?, progress: ProgressLine? = nil
  ) -> CheckResult {
    let name = (stream.name ?? StreamOptions.standardInput).text
    progress?.begin(name, bytes: nil)
    do throws(PackageError) {
      let input = DescriptorStream(descriptor: 0, name: name)
      let (package, evidence) = try Package.read(input, options: options) { bytes in
        copy?.write(bytes)
        progress?.add(UInt64(bytes.count))
      }
      let checked = package.checkedOnThisThread(
        evidence, schemas: options.schemas, signature: judgment)
      return try result(name, checked)
    } catch {
      return CheckResult(path: name, failure: error)
    }
  }

  private func result(
    _ path: String, _ checked: CheckedPackage
  ) throws(PackageError) -> CheckResult {
    let findings = Rule.findings(of: rules, in: checked)
    try checked.package.confirmUnchanged()
    return CheckResult(
      path: path, checked: checked, findings: findings,
      fixable: RepairForecast.fixable(in: checked, findings: findings),
      targets: TargetAnswer.answers(for: targets, of: checked, findings: findings))
  }
}
