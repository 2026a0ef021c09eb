/// A package with the evidence of its reading pass: all that rules judge.
public struct CheckedPackage: Sendable {
  /// The package.
  public let package: Package
  /// What reading its bytes has shown.
  public let evidence: Evidence

  /// Puts both together.
  public init(package: Package, evidence: Evidence) {
    self.package = package
    self.evidence = evidence
  }
}

extension Package {
  /// Reads the package's bytes once, as far as the options want.
  /// - Parameters:
  ///   - options: what is computed.
  ///   - progress: told how many bytes were read, after each piece and from any thread.
  public func checked(
    _ options: ReadingOptions = ReadingOptions(),
    progress: @escaping @Sendable (UInt64) -> Void = { _ in }
  ) -> CheckedPackage {
    CheckedPackage(
      package: self,
      evidence: ReadingPass(package: self, options: options, progress: progress).evidence())
  }
}
