import OVAArchive
import OVABasics
import OVAPackage

extension Rule {
  /// Members are written as GNU tar or older tools do.
  static let tarNotUstar = Rule(
    id: "tar-not-ustar",
    group: .package,
    title: "The archive is not in the ustar form",
    severity: .info,
    basis: .clause("DSP0243 5.3"),
    why: "The standard asks for POSIX ustar. Importers read the plain headers of GNU tar as well, "
      + "and files above 8 GiB do not fit into ustar; few read them in any form but GNU's.",
    fix: "Pack with `ova fix PATH --write NEW.ova` or `tar --format=ustar`.",
    triggering: [
      Example(.ova, .dialect("web-disk1.vmdk", .gnu)),
      Example(
        .ova, .header("web-disk1.vmdk", .base256Size),
        caption: "the size in base-256, as GNU tar writes it from 8 GiB on"),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    let package = checked.package
    let files = package.files.filter { file in
      [.gnu, .v7].contains(file.member?.dialect) && file.member?.kind != .sparse
    }
    guard let first = files.first else { return }
    let large = checked.files { $0 == .base256Size }
    let long = checked.files { $0 == .gnuLongName || $0 == .gnuLongLink }
    let form = files.allSatisfy { $0.member?.dialect == .v7 } ? "Unix V7" : "GNU tar"
    var message = "\(files.count) of \(package.files.count) members are written as \(form) does"
    if !large.isEmpty { message += "; sizes in base-256: \(large.map(\.name).quoted)" }
    if !long.isEmpty { message += "; long names: \(long.map(\.name).quoted)" }
    let unfit = files.filter { !TarWriter.fitsUstar(name: $0.name, size: $0.size) }
    findings.add(
      message, at: first.place, expected: "ustar", found: form, fix: Self.advice(unfit: unfit))
  }

  /// Returns the advice where ustar cannot hold some of the files; nil where it can hold all.
  private static func advice(unfit: [PackageFile]) -> String? {
    guard let first = unfit.first else { return nil }
    let isLarge = first.size > TarWriter.largestUstarSize
    return isLarge
      ? "Nothing: ustar holds no file of 8 GiB or more, such as '\(first.name)', and GNU's form is "
        + "the one that most importers read."
      : "Shorten the name '\(first.name)' to 100 bytes, correct its `ovf:href` and pack again; "
        + "ustar holds no longer one."
  }
}
