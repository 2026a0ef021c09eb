public import OVABasics
import OVAByteSource
import OVAConcurrency
public import OVAIntegrity
public import OVFXML

/// A package with the evidence of its reading pass: all that rules judge.
public struct CheckedPackage: Sendable {
  /// The package.
  public let package: Package
  /// The results of reading the package's bytes.
  public let evidence: Evidence
  /// The report on its signature; nil without a certificate file or without a manifest.
  public let signature: SignatureReport?
  /// The diagnostics of the user's schemas on the descriptor, or the error because of which there
  /// are none; nil where no schemas were given.
  public let schema: Result<[SchemaDiagnostic], XMLError>?
  /// The lines of the manifest compared with the bytes; nil without a manifest.
  public let manifestFacts: ManifestFacts?
  /// Results that several rules need.
  package let resultCache = ResultCache()

  /// Puts all together.
  public init(
    package: Package, evidence: Evidence, signature: SignatureReport? = nil,
    schema: Result<[SchemaDiagnostic], XMLError>? = nil
  ) {
    self.package = package
    self.evidence = evidence
    self.signature = signature
    self.schema = schema
    manifestFacts = ManifestFacts(package, evidence)
  }
}

extension CheckedPackage {
  /// True if the digests of the manifest were computed and every one of them was compared.
  public var areDigestsVerified: Bool {
    evidence.digestsComputed && manifestFacts?.isFullyCompared ?? false
  }
}

extension Package {
  /// Reads the package's bytes once, as far as the options want, and verifies its signature.
  ///
  /// The signature needs no bytes but those of manifest and certificate, and is verified whatever
  /// the options say.
  /// - Parameters:
  ///   - options: what is computed.
  ///   - judgment: whom to trust, and at what time.
  ///   - progress: called with the number of bytes read, after each piece and from any thread.
  public func checked(
    _ options: ReadingOptions = ReadingOptions(),
    signature judgment: SignatureJudgment = SignatureJudgment(),
    progress: @escaping @Sendable (UInt64) -> Void = { _ in }
  ) async -> CheckedPackage {
    // Reading blocks its thread for long, which tasks must not do to the threads that they share.
    let work: @Sendable (CancelFlag) -> CheckedPackage = { _ in
      self.checkedOnThisThread(options, signature: judgment, progress: progress)
    }
    // A cancelled caller needs no speed, and a pool without threads is better than none.
    return (try? await WorkPool.reading.run(work)) ?? work(CancelFlag())
  }

  /// Reads the package's bytes once, as far as the options want, and verifies its signature, on the
  /// calling thread and threads of the pool for reading; returns when all is done.
  /// - Parameters:
  ///   - options: what is computed.
  ///   - judgment: whom to trust, and at what time.
  ///   - progress: called with the number of bytes read, after each piece and from any thread.
  package func checkedOnThisThread(
    _ options: ReadingOptions, signature judgment: SignatureJudgment = SignatureJudgment(),
    progress: @escaping @Sendable (UInt64) -> Void = { _ in }
  ) -> CheckedPackage {
    let pass = ReadingPass(package: self, options: options, progress: progress)
    return checkedOnThisThread(
      pass.evidence() ?? .none, schemas: options.schemas, signature: judgment)
  }

  private func validate(_ schemas: SchemaFolder) -> Result<[SchemaDiagnostic], XMLError> {
    let limits = Limits()
    let name = descriptor.place.file
    guard let source = descriptor.source,
      let bytes = try? source.allBytes(limit: limits.descriptorBytes, named: "descriptorBytes")
    else {
      return .failure(
        XMLError(
          .schema, doing: "validate the document", reason: "its bytes are no longer at hand",
          place: descriptor.place, fix: "check the file itself instead of a stream"))
    }
    do throws(XMLError) {
      return .success(try schemas.validate(bytes, name: name, limits: limits))
    } catch {
      return .failure(error)
    }
  }

  /// Reads the package's bytes on the calling thread, as far as the options want.
  /// - Parameters:
  ///   - options: what is computed.
  ///   - progress: called with the number of bytes read, after each piece and from any thread.
  ///   - isStopped: asked before each mebibyte, from any thread; once true it must stay so.
  /// - Returns: nil when it was stopped.
  package func evidence(
    _ options: ReadingOptions, progress: @escaping @Sendable (UInt64) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool
  ) -> Evidence? {
    ReadingPass(package: self, options: options, progress: progress, isStopped: isStopped)
      .evidence()
  }

  /// The package with what was seen of its bytes, and its signature verified on the calling thread.
  package func checkedOnThisThread(
    _ evidence: Evidence, schemas: SchemaFolder? = nil,
    signature judgment: SignatureJudgment = SignatureJudgment()
  ) -> CheckedPackage {
    let signature =
      certificate == nil || manifest == nil
      ? nil : runOnThisThread { await self.verifySignature(judgment) }
    return CheckedPackage(
      package: self, evidence: evidence, signature: signature, schema: schemas.map(validate))
  }

  /// The package with what was seen while it passed, and its signature verified.
  public func checked(
    _ evidence: Evidence, schemas: SchemaFolder? = nil,
    signature judgment: SignatureJudgment = SignatureJudgment()
  ) async -> CheckedPackage {
    let work: @Sendable (CancelFlag) -> CheckedPackage = { _ in
      self.checkedOnThisThread(evidence, schemas: schemas, signature: judgment)
    }
    return (try? await WorkPool.reading.run(work)) ?? work(CancelFlag())
  }

  private func verifySignature(_ judgment: SignatureJudgment) async -> SignatureReport? {
    guard let certificate, let manifest else { return nil }
    return await certificate.contents.verify(
      manifestBytes: manifest.bytes, manifestName: manifest.file.path?.name ?? manifest.file.name,
      trust: judgment.trust, at: judgment.date, soonDays: judgment.soonDays)
  }
}
