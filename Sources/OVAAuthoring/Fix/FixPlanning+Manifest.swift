import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVFDescriptor

extension FixPlanning {
  /// Returns the reasons why the manifest has to be written anew; none when it is as it should be.
  func manifestDiagnostics(_ layout: PackageLayout, _ algorithm: DigestAlgorithm) -> StepDetails {
    var reasons = StepDetails()
    guard let own = package.manifest else {
      reasons.append("there is none yet")
      return reasons
    }
    let manifest = own.manifest
    if !own.hasBaseName { reasons.append("its name becomes '\(layout.manifestName)'") }
    if manifest.algorithms != [algorithm] {
      let found = manifest.algorithms.sorted().map(\.name).joined(separator: ", ")
      reasons.append(
        "its digests become \(algorithm.name)" + (found.isEmpty ? "" : " (they are \(found))"))
    }
    if manifest.encoding != .utf8 || manifest.paddingBytes > 0 {
      reasons.append("it becomes plain text in UTF-8")
    }
    let lax = manifest.entries.count { !$0.isStrict } + manifest.blankLines
    if lax > 0 { reasons.append("lines that are not in the standard's form: \(lax)") }
    let spellings = checked.manifestFacts?.lines.count {
      // Both forms of a name with percent signs are in use.
      !$0.subject.spelling.subtracting(.percent).isEmpty
    }
    if let spellings, spellings > 0 {
      reasons.append("names that the descriptor writes otherwise: \(spellings)")
    }
    let diagnostics = manifest.diagnostics.count + manifest.diagnosticsDropped
    if diagnostics > 0 { reasons.append("lines that say nothing: \(diagnostics)") }
    if editsDescriptor { reasons.append("the descriptor changes") }
    let index = ManifestIndex(package)
    let (cut, contradicted) = (layout.cutPaths, contradictedPaths)
    for (path, name) in files(layout) {
      let entries = index.entries(for: path)
      if entries.isEmpty { reasons.append("'\(name)' is not listed") }
      if entries.count > 1 { reasons.append("'\(name)' is listed \(entries.count) times") }
      if cut.contains(path) {
        reasons.append("'\(name)' changes")
      } else if contradicted.contains(path) {
        reasons.append("the digest of '\(name)' is another")
      }
    }
    let kept = Set(files(layout).map(\.path))
    for line in checked.manifestFacts?.lines ?? [] {
      guard case .file(let file)? = line.subject.target, let path = file.path, !kept.contains(path)
      else { continue }
      reasons.append("'\(file.name)' is left out")
    }
    for entry in index.withoutFile {
      reasons.append("'\(entry.fileName)' is listed and not there")
    }
    return reasons
  }

  mutating func replaceManifest(_ reasons: StepDetails, _ algorithm: DigestAlgorithm) {
    let dropped = package.certificate.map { "the signature of '\($0.file.name)'" }
    let invalidates = dropped.map { [$0] } ?? []
    if package.manifest == nil {
      add(.addManifest, ["its digests are \(algorithm.name)"], invalidates: invalidates)
    } else {
      add(.rewriteManifest, reasons.all, invalidates: invalidates)
    }
    guard let certificate = package.certificate else { return }
    add(
      .dropCertificate,
      ["'\(certificate.file.name)' is left out: it signs the manifest as it was"],
      invalidates: ["the proof of who made the package"])
  }

  func certificateBytes() throws(PackageError) -> [UInt8]? {
    guard let source = package.certificate?.file.source else { return nil }
    do throws(ByteSourceError) {
      return try source.allBytes(limit: Limits().certificateBytes, named: "certificateBytes")
    } catch {
      throw PackageError(error)
    }
  }

  /// The files that a manifest lists.
  private func files(_ layout: PackageLayout) -> [(path: PackagePath, name: String)] {
    let own = package.descriptor.path.map { [($0, $0.name)] } ?? []
    return own + layout.entries.map { ($0.path, $0.manifestName) }
  }

  /// The files for whose bytes the manifest does not vouch.
  private var contradictedPaths: Set<PackagePath> {
    guard let facts = checked.manifestFacts else { return [] }
    return Set(
      (facts.contradictions + facts.notComparable).compactMap { line in
        guard case .file(let file)? = line.subject.target else { return nil }
        return file.path
      })
  }
}
