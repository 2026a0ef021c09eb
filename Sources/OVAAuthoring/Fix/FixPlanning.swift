import OVAArchive
import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVFDescriptor

/// Gathers the steps of a plan.
struct FixPlanning {
  let checked: CheckedPackage
  var package: Package { checked.package }
  private var steps: [FixPlan.Step] = []
  private(set) var refusals: [FixPlan.Refusal] = []
  /// True if the descriptor's bytes are to be others.
  var editsDescriptor = false

  init(_ checked: CheckedPackage) { self.checked = checked }

  var isBlocked: Bool { refusals.contains(where: \.isBlocking) }

  /// The steps in the order of their kinds.
  var ordered: [FixPlan.Step] {
    FixPlan.Step.Kind.allCases.flatMap { kind in steps.filter { $0.kind == kind } }
  }

  mutating func add(
    _ kind: FixPlan.Step.Kind, _ details: [String], invalidates: [String] = []
  ) {
    guard !details.isEmpty else { return }
    steps.append(FixPlan.Step(kind: kind, details: details, invalidates: invalidates))
  }

  mutating func add(
    _ kind: FixPlan.Step.Kind, _ details: StepDetails, invalidates: [String] = []
  ) {
    add(kind, details.all, invalidates: invalidates)
  }

  mutating func refuse(_ place: Place, _ reason: String, blocks: Bool = false) {
    refusals.append(FixPlan.Refusal(place: place, reason: reason, isBlocking: blocks))
  }

  // MARK: - What cannot be repaired

  /// Finds the faults that no new archive can make good.
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
      if file.name.utf8.contains(where: { $0 < 0x20 }) {
        refuse(file.place, "its name has characters that no manifest can hold", blocks: true)
      }
      if let raw = file.member?.rawName, String(validating: raw, as: UTF8.self) == nil {
        refuse(file.place, "its name is not UTF-8; what it is to be is not known", blocks: true)
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
      let href = reference.reference.href?.text.forDisplay ?? ""
      switch reference.target {
      case .missing:
        refuse(reference.reference.place, "the file '\(href)' is not there", blocks: true)
      case .chunks(let chunks) where !chunks.missing.isEmpty:
        refuse(reference.reference.place, "chunks of '\(href)' are not there", blocks: true)
      case .leadsOut, .notAFile, .unreadable:
        refuse(
          reference.reference.place, "'\(href)' leads to no file that can be packed", blocks: true)
      case .unsafe, .unclear:
        refuse(reference.reference.place, "'\(href)' leads to no file of the package")
      case .file, .chunks, .remote: continue
      }
    }
    for diagnostic in package.archiveDiagnostics {
      switch diagnostic.kind {
      case .badChecksum, .damaged, .truncatedHeader, .negativeSize, .unreadableSize:
        refuse(
          diagnostic.place, "the archive is damaged; what follows cannot be read", blocks: true)
      default: continue
      }
    }
  }

  // MARK: - Names and order

  mutating func planNames(_ layout: PackageLayout) {
    guard package.isArchive else { return }
    var (doubles, folders, names) = (StepDetails(), StepDetails(), StepDetails())
    for file in package.files {
      if file.isAppleDouble {
        doubles.append("'\(file.writtenName)' is left out")
      } else if file.kind == .folder {
        folders.append("'\(file.writtenName)' is left out")
      } else if file.kind == .file, let path = file.path,
        !path.text.utf8.elementsEqual(file.writtenName.utf8)
      {
        names.append("'\(file.writtenName)' becomes '\(path.text)'")
      }
    }
    add(.dropAppleDouble, doubles)
    add(.dropFolders, folders)
    add(.cleanNames, names)
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
      let shown = names.prefix(StepDetails.most).joined(separator: ", ")
      let more = names.count - StepDetails.most
      add(.reorder, ["the order becomes: " + shown + (more > 0 ? ", and \(more) more" : "")])
    }
    add(.plainArchive, archiveReasons())
  }

  /// Returns the properties of the archive that a plain one would not have.
  private func archiveReasons() -> StepDetails {
    var reasons = StepDetails()
    for file in package.files where file.kind == .file && !file.isAppleDouble {
      guard let member = file.member, member.dialect != .ustar,
        TarWriter.fitsUstar(name: file.path?.text ?? file.writtenName, size: member.size)
      else { continue }
      reasons.append("'\(file.writtenName)' is written as \(member.dialect.rawValue)")
    }
    for diagnostic in package.archiveDiagnostics {
      switch diagnostic.kind {
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
}
