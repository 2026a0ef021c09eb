import OVABasics
import OVAByteSource
import OVAPackage
import OVFDescriptor
import OVFXML
import VirtualDisks

extension FixPlanning {
  // MARK: - Disks

  /// Cuts off the zeros behind the end of streamed disks, which VMware's readers leave out of their
  /// digests.
  mutating func planDisks(_ layout: inout PackageLayout) throws(PackageError) {
    var details = StepDetails()
    let indices = Dictionary(
      layout.entries.enumerated().map { ($1.path, $0) }
    ) { first, _ in first }
    for disk in package.disks {
      guard case .disk(let content)? = disk.content, let rest = content.bytesAfterStream, rest > 0,
        rest < content.fileSize, disk.reference.reference.compression?.text != "gzip",
        let path = disk.reference.file?.path, let index = indices[path],
        !layout.entries[index].isCut
      else { continue }
      let source = layout.entries[index].source
      let end = source.size >= rest ? source.size - rest : 0
      guard end > 0, source.size == content.fileSize else { continue }
      do throws(ByteSourceError) {
        guard try source.isZero(from: end) else { continue }
      } catch {
        throw PackageError(error)
      }
      layout.entries[index].source = SliceSource(source, start: 0, size: end, name: source.name)
      details.append("\(rest) zero bytes behind the end of '\(path.text)' are cut off")
    }
    let signed = package.manifest == nil ? [] : ["the disks' digests in the manifest"]
    add(.cutDiskPadding, details, invalidates: details.isEmpty ? [] : signed)
  }

  // MARK: - The descriptor

  /// Edits the descriptor step by step, each on what the one before made of it.
  mutating func planDescriptor(_ layout: inout PackageLayout, drops: Set<FixPlan.Part>) {
    // It is read again after an edit.
    guard !package.isLarge else {
      return refuse(
        package.descriptor.place,
        "it is not edited: with a second copy of its contents the package would take more memory "
          + "than the limit 'heldBytes' of \(Limits().heldBytes)")
    }
    var envelope = package.envelope
    planSizes(&layout, envelope)
    reread(&envelope, layout)
    if drops.contains(.nvram) {
      planNVRAM(&layout, envelope)
      reread(&envelope, layout)
    }
    // In other dialects the schema is another.
    guard envelope.dialect == .ovf1 || envelope.dialect == .ovf2 else { return }
    do throws(EditRefusal) {
      let items = try OrderEdit.items(layout.descriptor, of: envelope)
      edit(&layout, items.bytes, .reorderItemChildren, items.details)
    } catch {
      refuse(package.descriptor.place, "items are not put in order: \(error.reason)")
    }
    guard envelope.mayHaveMisplacedParts else { return }
    do throws(EditRefusal) {
      let parts = try OrderEdit.parts(layout.descriptor)
      edit(&layout, parts.bytes, .reorderSections, parts.details)
    } catch {
      refuse(package.descriptor.place, "sections are not put in order: \(error.reason)")
    }
  }

  private func reread(_ envelope: inout Envelope, _ layout: PackageLayout) {
    guard editsDescriptor else { return }
    let again = try? Envelope.read(
      layout.descriptor, name: envelope.place.file, limits: Limits()
    ) { _ in nil }
    if let again { envelope = again }
  }

  private mutating func edit(
    _ layout: inout PackageLayout, _ bytes: [UInt8], _ kind: FixPlan.Step.Kind,
    _ details: StepDetails
  ) {
    guard bytes != layout.descriptor else { return }
    layout.descriptor = bytes
    editsDescriptor = true
    let signed = package.manifest == nil ? [] : ["the descriptor's digest in the manifest"]
    add(kind, details, invalidates: signed)
  }

  private mutating func planSizes(_ layout: inout PackageLayout, _ envelope: Envelope) {
    var sizes: [Int: UInt64] = [:]
    var details = StepDetails()
    let sources = Dictionary(layout.entries.map { ($0.path, $0.source.size) }) { first, _ in first }
    let cut = layout.cutPaths
    let vouching = Vouching(checked)
    for (number, reference) in package.references.enumerated() {
      let size: UInt64
      switch reference.target {
      case .file(let file):
        size = file.path.flatMap { sources[$0] } ?? file.size
      case .chunks(let chunks) where chunks.missing.isEmpty:
        // Where the chunks are not of the declared size it is not known which number is wrong.
        guard chunks.areWhole(reference.reference.chunkSize?.value) else { continue }
        size = chunks.size
      default: continue
      }
      guard let written = reference.reference.size, written.value != size else { continue }
      let isCut = reference.file?.path.map(cut.contains) ?? false
      if !isCut, let reason = vouching.doubt(about: reference, declared: written.value, size) {
        refuse(reference.reference.place, "ovf:size is not corrected: \(reason)")
        continue
      }
      sizes[number] = size
      details.append(
        "ovf:size of '\(reference.reference.href?.text ?? "")': \(written.text) becomes \(size)")
    }
    guard !sizes.isEmpty else { return }
    do throws(EditRefusal) {
      edit(
        &layout, try SizeEdit(sizes: sizes).edited(layout.descriptor, of: envelope),
        .correctSizes, details)
    } catch {
      refuse(package.descriptor.place, "ovf:size is not corrected: \(error.reason)")
    }
  }

  private mutating func planNVRAM(_ layout: inout PackageLayout, _ envelope: Envelope) {
    do throws(EditRefusal) {
      guard let result = try NVRAMEdit.edited(layout.descriptor, of: envelope) else {
        refuse(package.descriptor.place, "nothing in it names an NVRAM file")
        return
      }
      let others = package.references.enumerated().filter { !result.files.contains($0.offset) }
        .compactMap { $0.element.file?.path }
      let gone = Set(
        package.references.enumerated().filter { result.files.contains($0.offset) }
          .compactMap { $0.element.file?.path }
      ).subtracting(others)
      layout.entries.removeAll { gone.contains($0.path) }
      edit(&layout, result.bytes, .dropNVRAM, result.details)
    } catch {
      refuse(package.descriptor.place, "the NVRAM file is not taken out: \(error.reason)")
    }
  }
}

/// The evidence that files have the right sizes: sound disks, and digests that fit.
private struct Vouching {
  /// The disks by the references that they lie in.
  private let disks: [ObjectIdentifier: PackageDisk]
  /// The files whose digests are those of the manifest.
  private let fitting: Set<PackagePath>

  init(_ checked: CheckedPackage) {
    disks = Dictionary(
      checked.package.disks.map { (ObjectIdentifier($0.reference), $0) }
    ) { first, _ in first }
    fitting = Set(
      (checked.manifestFacts?.lines ?? []).compactMap { line in
        guard case .fits = line.comparison, case .file(let file)? = line.subject.target else {
          return nil
        }
        return file.path
      })
  }

  /// Returns the reason why a file's own size may be the wrong one of the two: it is cut short, or may be.
  func doubt(
    about reference: ResolvedReference, declared: UInt64?, _ size: UInt64
  ) -> String? {
    if case .disk(let disk)? = disks[ObjectIdentifier(reference)]?.content {
      return disk.diagnostics.contains { $0.weight == .damage } ? "the disk is damaged" : nil
    }
    guard let declared, size < declared, let path = reference.file?.path else { return nil }
    return fitting.contains(path) ? nil : "the file is shorter, and nothing vouches for it"
  }
}

extension Envelope {
  /// True if a look at the order of its parts is worth the cost: cheap to ask, and true whenever
  /// something may be out of place.
  fileprivate var mayHaveMisplacedParts: Bool {
    func isUnordered(_ names: [String], _ ranks: [String: Int]) -> Bool {
      let found = names.map { ranks[$0] ?? ($0.hasSuffix("Section") ? 2 : 3) }
      return found != found.sorted()
    }
    let machine = ["Info": 0, "Name": 1]
    return isUnordered(
      children.map(\.name.local),
      ["References": 0, "VirtualSystem": 3, "VirtualSystemCollection": 3, "Strings": 4])
      || virtualSystems.contains { isUnordered($0.children.map(\.name.local), machine) }
      || collections.contains { isUnordered($0.children.map(\.name.local), machine) }
      || allSections.contains { $0.info != nil && !$0.infoIsFirst }
      || virtualSystems.flatMap(\.hardwareSections).contains { section in
        guard let system = section.system, let first = section.items.map(\.place).min() else {
          return false
        }
        return system.place > first
      }
  }
}

extension ByteSource {
  /// Returns whether all bytes from an offset on are zero.
  fileprivate func isZero(from start: UInt64) throws(ByteSourceError) -> Bool {
    var offset = start
    while offset < size {
      let piece = try bytes(at: offset, count: 1 << 20)
      guard !piece.isEmpty, piece.allSatisfy({ $0 == 0 }) else { return false }
      offset += UInt64(piece.count)
    }
    return true
  }
}

extension Chunks {
  /// Returns whether all pieces but the last have the declared size, and the last no more.
  fileprivate func areWhole(_ declared: UInt64?) -> Bool {
    guard let declared, let last = pieces.last else { return false }
    return pieces.dropLast().allSatisfy { $0.file.size == declared } && last.file.size <= declared
  }
}
