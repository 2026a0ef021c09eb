import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor

/// Gathers the steps of a plan.
struct FixPlanning {
  let checked: CheckedPackage
  private var package: Package { checked.package }
  private var steps: [FixPlan.Step] = []
  private(set) var refusals: [FixPlan.Refusal] = []
  private var editsDescriptor = false
  private let index: ManifestIndex

  init(_ checked: CheckedPackage) {
    self.checked = checked
    index = ManifestIndex(checked.package)
  }

  var isBlocked: Bool { refusals.contains(where: \.isBlocking) }

  /// The steps in the order of their kinds.
  var ordered: [FixPlan.Step] {
    FixPlan.Step.Kind.allCases.flatMap { kind in steps.filter { $0.kind == kind } }
  }

  private mutating func add(
    _ kind: FixPlan.Step.Kind, _ details: [String], invalidates: [String] = []
  ) {
    guard !details.isEmpty else { return }
    steps.append(FixPlan.Step(kind: kind, details: details, invalidates: invalidates))
  }

  private mutating func refuse(_ place: Place, _ reason: String, blocks: Bool = false) {
    refusals.append(FixPlan.Refusal(place: place, reason: reason, isBlocking: blocks))
  }

  // MARK: - What cannot be repaired

  /// What no new archive can make good.
  mutating func findBlocks() {
    var seen: Set<PackagePath> = []
    for file in package.files where !file.isAppleDouble {
      switch file.kind {
      case .file: break
      case .folder: continue
      case .link:
        refuse(file.place, "it is a link, and what it stands for is not known", blocks: true)
        continue
      case .special(let kind):
        refuse(file.place, "it is a \(kind), and no file", blocks: true)
        continue
      }
      guard let path = file.path else {
        refuse(file.place, "its name leads out of the package", blocks: true)
        continue
      }
      if !seen.insert(path).inserted {
        refuse(file.place, "its name is there twice; which one counts is not known", blocks: true)
      }
      if file.storedSize < file.size {
        refuse(
          file.place,
          "\(file.size - file.storedSize) of its \(file.size) bytes are missing", blocks: true)
      }
      if let failure = checked.evidence.files[path]?.failure {
        refuse(file.place, "it cannot be read: \(failure.reason)", blocks: true)
      }
    }
    for reference in package.references {
      let href = reference.reference.href?.text.inert ?? ""
      switch reference.target {
      case .missing:
        refuse(reference.reference.place, "the file '\(href)' is not there", blocks: true)
      case .chunks(let chunks) where !chunks.missing.isEmpty:
        refuse(reference.reference.place, "chunks of '\(href)' are not there", blocks: true)
      case .unsafe, .leadsOut, .notAFile, .unreadable, .unclear:
        refuse(reference.reference.place, "'\(href)' leads to no file of the package")
      case .file, .chunks, .remote: continue
      }
    }
    for fact in package.archiveFacts {
      switch fact.kind {
      case .badChecksum, .damaged, .truncatedHeader, .negativeSize:
        refuse(fact.place, "the archive is damaged; what follows cannot be read", blocks: true)
      default: continue
      }
    }
  }

  // MARK: - Sizes

  mutating func planSizes(_ layout: inout PackageLayout) {
    var sizes: [Int: UInt64] = [:]
    var details: [String] = []
    for (number, reference) in package.references.enumerated() {
      let size: UInt64
      switch reference.target {
      case .file(let file): size = file.size
      case .chunks(let chunks) where chunks.missing.isEmpty: size = chunks.size
      default: continue
      }
      guard let written = reference.reference.size, written.value != size else { continue }
      sizes[number] = size
      details.append(
        "ovf:size of '\(reference.reference.href?.text ?? "")': \(written.text) becomes \(size)")
    }
    guard !sizes.isEmpty else { return }
    do throws(SizeEdit.Refusal) {
      layout.descriptor = try SizeEdit(sizes: sizes)
        .edited(layout.descriptor, of: package.envelope)
      editsDescriptor = true
      let signed = package.manifest == nil ? [] : ["the descriptor's digest in the manifest"]
      add(.correctSizes, details, invalidates: signed)
    } catch {
      refuse(package.descriptor.place, "ovf:size is not corrected: \(error.reason)")
    }
  }

  // MARK: - Names and order

  mutating func planNames(_ layout: PackageLayout) {
    guard package.isArchive else { return }
    let files = package.files
    add(.dropAppleDouble, files.filter(\.isAppleDouble).map { "'\($0.writtenName)' goes" })
    add(
      .dropFolders,
      files.filter { $0.kind == .folder && !$0.isAppleDouble }.map { "'\($0.writtenName)' goes" })
    add(
      .cleanNames,
      files.compactMap { file in
        guard file.kind == .file, !file.isAppleDouble, let path = file.path,
          !path.text.utf8.elementsEqual(file.writtenName.utf8)
        else { return nil }
        return "'\(file.writtenName)' becomes '\(path.text)'"
      })
  }

  mutating func planOrder(_ names: [String]) {
    guard package.isArchive else {
      add(.plainArchive, ["the loose files become one archive"])
      return
    }
    let planned = names.compactMap { try? PackagePath.read($0, limits: Limits()).get() }
    let known = Set(planned)
    let now = package.files.filter { $0.kind == .file }.compactMap(\.path).filter(known.contains)
    let kept = Set(now)
    let wanted = planned.filter(kept.contains)
    if now != wanted {
      add(.reorder, ["the order becomes: " + names.joined(separator: ", ")])
    }
    add(.plainArchive, archiveReasons())
  }

  /// What a plain archive would not have.
  private func archiveReasons() -> [String] {
    var reasons: [String] = []
    for file in package.files where file.kind == .file && !file.isAppleDouble {
      guard let member = file.member, member.dialect != .ustar,
        member.size <= TarWriter.largestUstarSize, member.rawName.count <= 100
      else { continue }
      reasons.append("'\(file.writtenName)' is written as \(member.dialect.rawValue)")
    }
    for fact in package.archiveFacts {
      switch fact.kind {
      case .endBlocks(let count): reasons.append("\(count) of the 2 blocks that end it are there")
      case .dataAfterEnd(let bytes, _): reasons.append("\(bytes) bytes follow its end")
      case .zerosAfterEnd(let bytes): reasons.append("\(bytes) zero bytes follow its end")
      case .oddLength: reasons.append("its length is no multiple of 512")
      case .globalHeader: reasons.append("it has a header for all members")
      case .strayExtension: reasons.append("it ends in an extension without a member")
      default: continue
      }
    }
    return reasons
  }

  // MARK: - Manifest and certificate

  /// Why the manifest has to be written anew; nothing when it is as it should be.
  func manifestFaults(_ layout: PackageLayout, _ algorithm: DigestAlgorithm) -> [String] {
    guard let own = package.manifest else { return ["there is none yet"] }
    let manifest = own.manifest
    var reasons: [String] = []
    if !own.hasBaseName { reasons.append("its name becomes '\(layout.manifestName)'") }
    if manifest.algorithms != [algorithm] {
      let found = manifest.algorithms.sorted().map(\.name).joined(separator: ", ")
      reasons.append("its digests become \(algorithm.name) (they are \(found))")
    }
    let lax = manifest.entries.count { !$0.isStrict } + manifest.blankLines
    if lax > 0 { reasons.append("lines that are not in the standard's form: \(lax)") }
    let faults = manifest.faults.count + manifest.faultsDropped
    if faults > 0 { reasons.append("lines that say nothing: \(faults)") }
    if editsDescriptor { reasons.append("the descriptor changes") }
    for (path, name) in files(layout) {
      let entries = index.entries(for: path)
      if entries.isEmpty { reasons.append("'\(name)' is not listed") }
      if entries.count > 1 { reasons.append("'\(name)' is listed \(entries.count) times") }
      if isContradicted(path) { reasons.append("the digest of '\(name)' is another") }
    }
    for entry in index.withoutFile {
      reasons.append("'\(entry.fileName)' is listed and not there")
    }
    return reasons
  }

  mutating func replaceManifest(_ reasons: [String], _ algorithm: DigestAlgorithm) {
    let dropped = package.certificate.map { "the signature of '\($0.file.name)'" }
    add(.rewriteManifest, reasons, invalidates: dropped.map { [$0] } ?? [])
    guard let certificate = package.certificate else { return }
    add(
      .dropCertificate, ["'\(certificate.file.name)' goes: it signs the manifest as it was"],
      invalidates: ["the proof of who made the package"])
  }

  /// The files whose bytes the manifest contradicts, the descriptor among them.
  func contradicted(_ layout: PackageLayout) -> [PackageFile] {
    files(layout).compactMap { path, _ in isContradicted(path) ? package.file(at: path) : nil }
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

  private func isContradicted(_ path: PackagePath) -> Bool {
    guard let facts = checked.manifestFacts else { return false }
    return (facts.contradictions + facts.notComparable).contains { $0.file?.path == path }
  }
}

extension PackageFile {
  /// Whether it is the second half of a macOS file, which no package means.
  package var isAppleDouble: Bool {
    writtenName.lastComponent.utf8.starts(with: "._".utf8)
  }
}
