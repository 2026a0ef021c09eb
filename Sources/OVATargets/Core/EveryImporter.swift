import OVAArchive
import OVAPackage
import OVARules

extension TargetProduct {
  /// The conditions that hold for every product that imports packages. It is no target of its own.
  public static let everyImporter = TargetProduct(
    id: "any", title: "Every importer",
    basis: "no importer makes a disk of bytes that are not there",
    conditions: [
      TargetCondition(
        "any-file-missing", "a disk whose file is not in the package", .fails,
        "There is nothing to make the disk of.",
        fix: "Add the file, or take the disk out of the descriptor.",
        triggering: .files(.ova, .remove("web-disk1.vmdk"))
      ) { view in
        view.diskFiles { resolved in
          switch resolved.target {
          case .missing, .unsafe, .leadsOut, .notAFile: true
          case .chunks(let chunks):
            !chunks.missing.isEmpty || chunks.pieces.count < chunks.expectedCount ?? 0
          case .file, .unreadable, .remote, .unclear: false
          }
        }
      },
      TargetCondition(
        "any-truncated", "an archive that ends before its last file does", .fails,
        "The rest of the file is not there.", fix: "Fetch the package again.",
        triggering: .files(.ova, .archive(.shortened(by: 30_000)))
      ) { view in
        view.members { $0.member?.isTruncated ?? false }
      },
      TargetCondition(
        "any-error", "errors of its own", .unknown,
        "What the product makes of them was not seen.", fix: "Fix what `ova check` says.",
        triggering: .edit("<rasd:Parent>3<", "<rasd:Parent>77<")
      ) { view in
        view.errors.map { Hit($0.place, found: $0.rule) }.unique
      },
    ])
}
