import Glibc
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVFDescriptor
import OVFXML
import VirtualDisks

/// Puts a package together from a descriptor and the files around it.
struct Assembly {
  let path: String
  let form: Package.Form
  let table: any FileTable
  let descriptor: PackageFile
  let others: [PackageFile]
  let limits: Limits
  /// The parts that are parsed already.
  var parsed = ParsedParts()
  /// The contents of disks that are known already.
  var contents: [PackagePath: PackageDisk.Content] = [:]

  /// Puts together the package whose members these are, in an archive's order, wherever they came
  /// from.
  /// - Parameter start: the archive's bytes, or the first of them; its name is the package's path.
  static func package(
    ofMembers files: [PackageFile], form: Package.Form, start: any ByteSource, limits: Limits,
    parsed: ParsedParts = ParsedParts(), contents: [PackagePath: PackageDisk.Content] = [:]
  ) throws(PackageError) -> Package {
    let descriptors = files.filter { $0.kind == .file && $0.name.isDescriptorName }
    guard let descriptor = descriptors.first else {
      throw .noDescriptor(in: files, path: start.name, source: start)
    }
    return try Assembly(
      path: start.name, form: form, table: ArchiveTable(files), descriptor: descriptor,
      others: Array(descriptors.dropFirst()), limits: limits, parsed: parsed, contents: contents
    ).package(allFiles: files)
  }

  /// Reads what is small and resolves the rest.
  /// - Parameter allFiles: every member of an archive; nil for a folder, whose other files do not
  ///   belong to the package.
  func package(allFiles: [PackageFile]?) throws(PackageError) -> Package {
    let folder = descriptor.path?.folder ?? ""
    var resolution = Resolution(table: table, folder: folder, limits: limits)
    if case .folder = form {
      let name = descriptor.path?.name ?? descriptor.writtenName
      resolution.isLibraryItem = LibraryName.withoutIdentifier(name) != nil
    }
    let (envelope, file) = try readDescriptor(resolution)
    let references = resolution.resolve(envelope.files)
    let manifest = try readManifest(folder)
    let certificate = try readCertificate(folder)
    let assembly = DiskAssembly(
      envelope: envelope, references: references, table: table, limits: limits,
      contents: contents)
    let disks = assembly.disks()
    let files =
      allFiles ?? folderFiles(file, references, manifest?.file, certificate?.file, disks)
    let package = Package(
      path: path, form: form, descriptor: file, envelope: envelope, files: files,
      references: references, manifest: manifest, certificate: certificate, disks: disks,
      images: assembly.images(),
      otherDescriptors: others, lookalikes: allFiles == nil ? lookalikes(of: files) : [],
      limits: limits)
    // What seems to be missing may be where the system could not look.
    if let failure = table.lookupFailure { throw PackageError(failure) }
    return package
  }

  /// Files beside the package's own whose names some systems take for theirs.
  private func lookalikes(of files: [PackageFile]) -> [Package.Lookalike] {
    let own = Set(files.compactMap { $0.path.map { ExactName($0.text) } })
    var folders: [String: [String: [String]]] = [:]
    return files.flatMap { file -> [Package.Lookalike] in
      guard let path = file.path else { return [] }
      let similar = folders[path.folder] ?? table.similarNames(in: path.folder)
      folders[path.folder] = similar
      return (similar[path.name.foldedName] ?? [])
        .map { path.folder.isEmpty ? $0 : "\(path.folder)/\($0)" }
        .filter { !own.contains(ExactName($0)) }
        .map { Package.Lookalike(file: file, name: $0) }
    }
  }

  /// The descriptor's content, and its file with the bytes at hand, so that they need not be read
  /// again.
  private func readDescriptor(
    _ resolution: Resolution
  ) throws(PackageError) -> (Envelope, PackageFile) {
    var failure: ByteSourceError?
    func bundle(_ reference: FileReference) -> [UInt8]? {
      guard let source = resolution.resolve(reference).file?.source else { return nil }
      do throws(ByteSourceError) {
        return try source.allBytes(limit: limits.bundleBytes, named: "bundleBytes")
      } catch {
        switch error.code {
        case .notFound, .notAFile, .limitExceeded, .passed: break
        case .inputOutput, .permissionDenied, .changed: failure = failure ?? error
        }
        return nil
      }
    }
    let result = try readDescriptor(bundle)
    // Texts that the machine could not read are not missing.
    if let failure { throw PackageError(failure) }
    return result
  }

  private func readDescriptor(
    _ bundle: (FileReference) -> [UInt8]?
  ) throws(PackageError) -> (Envelope, PackageFile) {
    do throws(DescriptorError) {
      if let known = parsed.descriptor, known.file === descriptor {
        return (try known.result.get().envelope(bundle: bundle), descriptor)
      }
    } catch {
      throw PackageError(error, file: descriptor)
    }
    let bytes = try read(descriptor, limit: limits.descriptorBytes, named: "descriptorBytes")
    do throws(DescriptorError) {
      let envelope = try Envelope.read(
        bytes, name: descriptor.place.file, limits: limits, bundle: bundle)
      return (envelope, keeping(bytes))
    } catch {
      throw PackageError(error, file: descriptor)
    }
  }

  private func keeping(_ bytes: [UInt8]) -> PackageFile {
    guard let source = descriptor.source, !source.name.isEmpty else { return descriptor }
    if case .stream = form { return descriptor }
    // In a folder no other reader uses it: what all have is the kept one.
    if case .folder = form { (source as? RememberingSource)?.forget() }
    return descriptor.with(source: MemorySource(bytes, of: source))
  }

  private func readManifest(_ folder: String) throws(PackageError) -> Package.ManifestFile? {
    guard let (file, hasBaseName) = try companion("mf", in: folder) else { return nil }
    guard file.size <= limits.manifestBytes else {
      return Package.ManifestFile(
        file: file,
        manifest: Manifest.read([], name: file.place.file, limits: limits), bytes: [],
        hasBaseName: hasBaseName)
    }
    if let known = parsed.manifest, known.file === file {
      return Package.ManifestFile(
        file: file, manifest: known.manifest, bytes: known.bytes, hasBaseName: hasBaseName)
    }
    let bytes = try read(file, limit: limits.manifestBytes, named: "manifestBytes")
    return Package.ManifestFile(
      file: file, manifest: Manifest.read(bytes, name: file.place.file, limits: limits),
      bytes: bytes, hasBaseName: hasBaseName)
  }

  private func readCertificate(_ folder: String) throws(PackageError) -> Package.SignatureFile? {
    guard let (file, hasBaseName) = try companion("cert", in: folder) else { return nil }
    let most = UInt64(min(file.size, limits.certificateBytes + 1))
    let bytes = try read(
      file, limit: .max, named: "certificateBytes", count: Int(clamping: most))
    return Package.SignatureFile(
      file: file,
      contents: CertificateFile.read(bytes, name: file.place.file, limits: limits),
      hasBaseName: hasBaseName)
  }

  /// The manifest or certificate: the one with the descriptor's base name in any letter case,
  /// else the only one that lies in an archive beside it.
  /// - Throws: `PackageError` when the system does not say whether it is there: a package without its
  ///   manifest would look as if it needed none.
  private func companion(
    _ suffix: String, in folder: String
  ) throws(PackageError) -> (file: PackageFile, hasBaseName: Bool)? {
    let base = (descriptor.path?.name ?? descriptor.writtenName).baseAndExtension.base
    func file(_ name: String) throws(PackageError) -> PackageFile? {
      guard case .success(let path) = PackagePath.read(name, in: folder, limits: limits),
        name.utf8.count <= Int(NAME_MAX)
      else { return nil }
      guard case .unreadable(let error) = table.look(at: path) else {
        return table.file(at: path)
      }
      throw PackageError(
        code: .inputOutput, doing: "look whether there is '\(name)'", reason: error.reason,
        place: descriptor.place)
    }
    for spelling in [suffix, suffix.uppercased()] {
      if let file = try file("\(base).\(spelling)") { return (file, true) }
    }
    guard case .folder = form else {
      let candidates = table.names(in: folder).filter {
        $0.baseAndExtension.suffix == suffix && !$0.hasPrefix("._")
      }
      let sameBase = candidates.first { $0.baseAndExtension.base.equalsIgnoringCase(base) }
      guard let name = sameBase ?? (candidates.count == 1 ? candidates.first : nil) else {
        return nil
      }
      return try file(name).map { ($0, false) }
    }
    return nil
  }

  private func read(
    _ file: PackageFile, limit: UInt64, named name: String, count: Int? = nil
  ) throws(PackageError) -> [UInt8] {
    guard let source = file.source else { return [] }
    do throws(ByteSourceError) {
      if source.size <= limit, !limits.take(count ?? Int(source.size), of: .heldBytes) {
        throw ByteSourceError(
          code: .limitExceeded, doing: "read it whole", reason: limits.excess(of: .heldBytes),
          place: Place(source.name))
      }
      if let count { return try source.bytes(at: 0, count: count) }
      return try source.allBytes(limit: limit, named: name)
    } catch {
      throw PackageError(error)
    }
  }

  /// Returns the files that belong to a package in a folder, each once.
  private func folderFiles(
    _ descriptor: PackageFile, _ references: [ResolvedReference], _ manifest: PackageFile?,
    _ certificate: PackageFile?,
    _ disks: [PackageDisk]
  ) -> [PackageFile] {
    var seen: Set<PackagePath> = []
    let referenced = references.flatMap { reference -> [PackageFile] in
      switch reference.target {
      case .file(let file): [file]
      case .chunks(let chunks): chunks.pieces.map(\.file)
      default: []
      }
    }
    let extents = disks.flatMap(\.neededFiles).compactMap { table.file(at: $0) }
    let all = [descriptor] + [manifest, certificate].compactMap { $0 } + referenced + extents
    return all.filter { file in
      file.path.map { seen.insert($0).inserted } ?? true
    }
  }
}
