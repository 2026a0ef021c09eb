import OVABasics
import OVAConcurrency
import OVAPackage
import OVAReport

/// A run over packages, several at a time, with results in the order of the packages.
struct CheckRun {
  let checking: PackageChecking
  let stream: StreamOptions
  let copy: StreamCopy?
  /// The confined processes that parse packages; nil where this process does.
  let sandbox: SandboxedCheck?
  let progress: ProgressLine
  /// Packages that are checked at a time.
  let jobs: Int

  /// Checks the packages and hands over each result, on the calling thread.
  func check(_ items: [CheckInputs.Item], _ take: @escaping (CheckResult) -> Void) throws {
    guard jobs > 1, items.count > 1 else {
      for item in items { take(try result(of: item)) }
      return
    }
    let work = OrderedWork<CheckResult>(
      on: WorkPool(name: "checking", threads: jobs), workers: jobs,
      batch: ResultBatch(worthwhile: 1, most: jobs * 8, heaviest: 8 << 20),
      weight: { 1_000 + 1_000 * $0.findings.count }
    ) { $0.forEach(take) }
    do {
      for item in items {
        // There is one standard input, which this thread reads.
        if item.isStandardInput {
          try work.finish()
          take(try result(of: item))
          continue
        }
        let (checking, sandbox, progress) = (checking, sandbox, progress)
        try work.give { try Self.result(of: item, checking, sandbox, progress) }
      }
      try work.finish()
    } catch {
      work.abandon()
      throw error
    }
  }

  private func result(of item: CheckInputs.Item) throws -> CheckResult {
    guard item.isStandardInput, sandbox == nil else {
      return try Self.result(of: item, checking, sandbox, progress)
    }
    defer { progress.finish((stream.name ?? StreamOptions.standardInput).text) }
    return checking.result(ofStream: stream, copy: copy, progress: progress)
  }

  private static func result(
    of item: CheckInputs.Item, _ checking: PackageChecking, _ sandbox: SandboxedCheck?,
    _ progress: ProgressLine
  ) throws -> CheckResult {
    switch item {
    case .unreadable(let error):
      progress.finish(error.place.file)
      return CheckResult(path: error.place.file, failure: error)
    case .package(let path):
      let name = PackageName(text: path)
      defer { progress.finish(name.plain) }
      if let sandbox {
        guard !name.isRemote else {
          return CheckResult(
            path: name.plain,
            failure: PackageError(
              code: .inputUnusable, doing: "check it with --sandbox",
              reason: "a package with a URL has to be fetched, which a sandbox does not allow",
              place: Place(name.plain), fix: "fetch it first, or leave out --sandbox"))
        }
        progress.begin(path, bytes: nil)
        return try sandbox.result(of: path)
      }
      return checking.result(of: path, progress: progress)
    }
  }
}
