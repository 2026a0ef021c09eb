import OVAArchive
import OVABasics
import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  static let virtualBoxArchive: [TargetCondition] = [
    TargetCondition(
      "vb-extension", "a name that ends neither in `.ovf` nor in `.ova`", .fails,
      "The file is refused.", fix: "Name the archive `.ova`.",
      triggering: .files(.ova, .archive(.named("web.tar")))
    ) { view in
      let path = view.package.path.lowercased()
      guard view.package.isArchive, !path.hasSuffix(".ova"), !path.hasSuffix(".ovf"), path != "-"
      else { return [] }
      return [Hit(view.package.descriptor.place, found: view.package.path)]
    },
    TargetCondition(
      "vb-pax", "an extended header (pax)", .fails,
      "The archive is refused: VERR_TAR_UNSUPPORTED_PAX_TYPE.", fix: TargetFix.ustar,
      triggering: .files(.ova, .dialect("web-disk1.vmdk", .pax)),
      passing: .files(.ova, .dialect("web-disk1.vmdk", .gnu))
    ) { view in
      view.members { $0.member?.dialect == .pax }
        + view.archiveDiagnostics { if case .globalHeader = $0 { true } else { false } }
    },
    TargetCondition(
      "vb-tar-extension", "a sparse member, or one of a kind that tar alone knows", .fails,
      "The archive is refused.",
      fix:
        "Unpack the archive with GNU tar (`tar -xf PATH`), which fills the holes, and write the package "
        + "again from its descriptor: `ova pack DESCRIPTOR -o NEW.ova`.",
      triggering: .files(.ova, .add("hole", .text("x")), .kind("hole", .sparse))
    ) { view in
      view.members {
        switch $0.member?.kind {
        case .sparse?, .other?: true
        default: false
        }
      }
    },
    TargetCondition(
      "vb-tar-header", "a damaged header, or a member without a name", .fails,
      "The archive is refused.", fix: "Fetch the package again, or write the archive anew.",
      triggering: .files(.ova, .add("last", .text("x")), .header("last", .wrongChecksum))
    ) { view in
      view.archiveDiagnostics {
        switch $0 {
        case .badChecksum, .damaged, .emptyName, .unreadableSize, .negativeSize: true
        default: false
        }
      }
    },
    TargetCondition(
      "vb-tar-mode", "a mode whose bits for the kind of file contradict the member's type", .fails,
      "The archive is refused: VERR_TAR_MODE_WITH_TYPE.", fix: TargetFix.ustar,
      triggering: .files(
        .ova, .header("web-disk1.vmdk", .mode(0o040_755))),
      passing: .files(.ova, .header("web-disk1.vmdk", .mode(0o100_644)))
    ) { view in
      view.members { file in
        guard let kind = file.member?.kind.modeBits, let mode = view.writtenMode(of: file) else {
          return false
        }
        return mode & 0o170_000 != 0 && mode & 0o170_000 != kind
      }
    },
    TargetCondition(
      "vb-tar-long-name", "a long name (GNU) that VirtualBox does not read", .fails,
      "The archive is refused: its header has to be named `././@LongLink`, and the name has to be "
        + "shorter than 4 KiB.", fix: TargetFix.shortName,
      basis: .unsure("the name of the header by reading, the length recalled"),
      triggering: .files(
        .ova, .add(longName, .text("x")), .header(longName, .gnuLongName(header: "LongLink"))),
      passing: .files(
        .ova, .add(longName, .text("x")), .header(longName, .gnuLongName(header: "././@LongLink")))
    ) { view in
      view.members { file in
        guard let member = file.member, let name = view.gnuHeaderName(of: member) else {
          return false
        }
        return member.rawName.count >= 4096 || !name.elementsEqual("././@LongLink".utf8)
      }.map { Hit($0.place, found: $0.found.map { String($0.prefix(80)) }) }
    },
    TargetCondition(
      "vb-tar-tail", "data behind the archive's end", .fails,
      "The archive is refused when the reader gets there.",
      fix: "Write the archive anew: `ova fix PATH --write NEW.ova`.",
      triggering: .files(.ova, .archive(.followed(by: Array(repeating: 1, count: 512))))
    ) { view in
      view.archiveDiagnostics {
        switch $0 {
        case .dataAfterEnd: true
        case .zerosAfterEnd(let bytes): bytes > 130 * 512
        default: false
        }
      }
    },
    TargetCondition(
      "vb-nonfile", "a folder, link or device in the archive", .fails,
      "The archive is refused when the member is met while disks are looked for.",
      fix: "Remove the member: `ova fix PATH --write NEW.ova`.",
      triggering: .files(.ova, .add("extra", .text("")), .kind("extra", .folder))
    ) { view in
      view.members {
        switch $0.member?.kind {
        case .folder?, .symbolicLink?, .hardLink?, .device?, .fifo?: true
        default: false
        }
      }
    },
    TargetCondition(
      "vb-second-ovf", "more than one descriptor", .loss, "The first is taken.",
      fix: "Leave one descriptor in the archive.",
      triggering: .files(.ova, .add("other.ovf", .text("<Envelope/>")))
    ) { view in
      Array(view.members { $0.writtenName.lowercased().hasSuffix(".ovf") }.dropFirst())
    },
    TargetCondition(
      "vb-foreign-mf", "a manifest or certificate of another name before the descriptor", .loss,
      "It is taken for the package's.", fix: TargetFix.order,
      triggering: .files(
        .ova, .add("other.mf", .text("x\n")), .order(["other.mf", "web.ovf", "web.mf"])),
    ) { view in
      let name = view.package.descriptor.writtenName.dropLast(4)
      return view.membersBeforeDescriptor.filter { file in
        let lower = file.writtenName.lowercased()
        return (lower.hasSuffix(".mf") || lower.hasSuffix(".cert"))
          && !file.writtenName.hasPrefix(name + ".")
      }.map { Hit($0.place, found: $0.writtenName) }
    },
    TargetCondition(
      "vb-apple-double", "a `._` file of macOS before the descriptor", .fails,
      "It is taken for the descriptor.", fix: "Remove it: `ova fix PATH --write NEW.ova`.",
      triggering: .files(
        .ova, .add("._web.ovf", .text("x")), .order(["._web.ovf", "web.ovf"]))
    ) { view in
      view.firstDescriptorIsOther { $0.lowercased().hasSuffix(".ovf") }
        .filter { $0.found?.split(separator: "/").last?.hasPrefix("._") ?? false }
    },
  ]

  private static let longName = "notes/" + String(repeating: "long/", count: 30) + "notes.txt"

  static let virtualBoxManifest: [TargetCondition] = [
    TargetCondition(
      "vb-manifest-grammar", "a line of the manifest that is not `ALG (name) = digest`", .fails,
      "The manifest is refused.",
      fix: "Recreate the manifest when the files are known to be right.",
      triggering: .files(
        .ova, .content("web.mf", .text(String(repeating: "0", count: 64) + "  web.ovf\n")))
    ) { view in view.entries { $0.form != .standard } + view.manifestDiagnostics },
    TargetCondition(
      "vb-manifest-label", "a manifest with algorithms that VirtualBox does not know", .fails,
      "The digests are kept as unknown text and never compare.",
      fix: "Recreate the manifest with SHA-256 when the files are known to be right.",
      basis: .unsure("by reading"), triggering: .files(.ova, .algorithm("SHA384"))
    ) { view in
      let known: Set<String> = ["MD5", "SHA1", "SHA256", "SHA512"]
      let entries = view.entries
      guard !entries.isEmpty,
        !entries.contains(where: { known.contains($0.algorithmText.uppercased()) })
      else { return [] }
      return view.manifest
    },
    TargetCondition(
      "vb-manifest-coverage", "a disk that the manifest does not list", .fails,
      "The import ends with \"Digest mismatch\".",
      fix: "Recreate the manifest when the files are known to be right.",
      triggering: .files(
        .ova,
        .content("web.mf", .text("SHA256(web.ovf)= " + String(repeating: "0", count: 64) + "\n")))
    ) { view in
      guard let manifest = view.package.manifest?.manifest else { return [] }
      return view.diskFiles { resolved in
        resolved.file != nil
          && manifest.entries(for: resolved.reference.href?.text ?? "").entries.isEmpty
      }
    },
    TargetCondition(
      "vb-digest", "a digest in the manifest that is not the file's", .fails,
      "The import ends with \"Digest mismatch\".", fix: TargetFix.digest, triggering: .damaged
    ) { $0.contradictions() },
    TargetCondition(
      "vb-cert-no-manifest", "a certificate without a manifest", .fails, "The archive is refused.",
      fix: "Remove the certificate, or add the manifest that it signs.",
      triggering: .files(.ova, .sign(.selfSigned), .remove("web.mf"))
    ) { view in
      guard view.package.isArchive, view.package.manifest == nil,
        let certificate = view.package.certificate
      else { return [] }
      return [Hit(certificate.file.place)]
    },
    TargetCondition(
      "vb-cert-trust", "a certificate", .note,
      "VirtualBox warns of one that is self-signed, expired or untrusted.",
      fix: "Sign with a certificate of a trusted authority.",
      triggering: .files(.ova, .sign(.selfSigned))
    ) { view in view.package.certificate.map { [Hit($0.file.place)] } ?? [] },
  ]
}

extension ArchiveMember.Kind {
  /// The bits that POSIX has for the kind in a file's mode; nil where tar has several kinds in one.
  fileprivate var modeBits: Int? {
    switch self {
    case .file, .hardLink, .sparse: 0o100_000
    case .folder: 0o040_000
    case .symbolicLink: 0o120_000
    case .fifo: 0o010_000
    case .device, .other: nil
    }
  }
}

extension TargetView {
  /// The mode field of a member's header, with all its bits; nil where the header cannot be read.
  fileprivate func writtenMode(of file: PackageFile) -> Int? {
    guard case .archive(let archive) = package.form, let member = file.member,
      member.dataOffset >= 512, let block = archive.block(at: member.dataOffset - 512)
    else { return nil }
    let digits = block[100..<108].filter { $0 != 0x20 && $0 != 0 }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }

  /// The name of the header that holds a member's long name; nil where it has none.
  fileprivate func gnuHeaderName(of member: ArchiveMember) -> [UInt8]? {
    guard case .archive(let archive) = package.form, member.dataOffset >= 1024,
      member.headerOffset < member.dataOffset - 512,
      let block = archive.block(at: member.headerOffset), block[156] == UInt8(ascii: "L")
    else { return nil }
    return Array(block.prefix(100).prefix { $0 != 0 })
  }
}
