import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  static let contentLibraryConditions: [TargetCondition] = [
    TargetCondition(
      "cl-digest", "a digest in the manifest that is not the file's", .fails,
      "The item appears, and its transfer fails.", fix: TargetFix.digest,
      basis: .documented("Broadcom KB 406641"), triggering: .damaged
    ) { $0.contradictions() },
    TargetCondition(
      "cl-name-length", "a name of more than 80 characters", .loss, "The name is cut or refused.",
      fix: "Give the item a shorter name.", basis: .source("VMware's make_vcsp_2022.py"),
      triggering: .files(.ova, .archive(.named(String(repeating: "w", count: 81) + ".ova")))
    ) { view in
      let name = view.itemName
      return name.unicodeScalars.count > 80
        ? [Hit(view.package.descriptor.place, found: name)] : []
    },
    TargetCondition(
      "cl-cert-issuer", "a certificate", .note,
      "vCenter shows \"certificate not trusted\" unless it knows the issuer.",
      fix: "Add the issuer to vCenter's trusted certificates.",
      basis: .source("scripts that leave certificates out"),
      triggering: .files(.ova, .sign(.selfSigned))
    ) { view in view.package.certificate.map { [Hit($0.file.place)] } ?? [] },
    TargetCondition(
      "cl-security-policy", "no signature, or one that cannot be verified", .unknown,
      "A library with a security policy refuses it.",
      fix: "Sign the package, or import it into a library without a policy.",
      basis: .source("govmomi security_policy_id"),
      dependsOn: "whether the library has a security policy", triggering: .sound(),
      passing: .files(.ova, .sign(.trustedAuthority))
    ) { view in
      guard let certificate = view.package.certificate else {
        return [Hit(view.package.descriptor.place, found: "no signature")]
      }
      return view.checked.signature?.signature == .valid
        ? [] : [Hit(certificate.file.place, found: "a signature that is not verified")]
    },
    TargetCondition(
      "cl-ova-as-file", "an archive", .unknown,
      "A subscriber that gets the archive as one file lists the item and cannot deploy it.",
      fix: "Publish the descriptor and the disks as files of an OVF item.",
      basis: .reported("terraform-provider-vsphere#1228"),
      dependsOn: "whether the published library holds the archive as one file",
      triggering: .sound(), passing: .sound(.folder)
    ) { view in view.package.isArchive ? [Hit(view.package.descriptor.place)] : [] },
    TargetCondition(
      "cl-name-twice", "a name that another item of the library may have", .unknown,
      "The import stops: two items of one library cannot have the same name.",
      fix: "Give the item a name of its own.", basis: .documented("findbugzero 90707"),
      dependsOn: "whether the library has an item of this name", triggering: .sound(), passing: nil
    ) { view in [Hit(view.package.descriptor.place, found: view.itemName)] },
  ]

  static let esxiHostConditions: [TargetCondition] = [
    TargetCondition(
      "esx-options", "deployment options", .loss, "The options are not offered.",
      fix: TargetFix.oneOption, basis: .reported("govmomi#487"), triggering: .moreProcessors
    ) { $0.options },
    TargetCondition(
      "esx-properties", "properties that users set", .loss,
      "A host without vCenter does not pass them on to the guest.",
      fix: "Import through vCenter, or inject the properties.", basis: .unsure("recalled"),
      triggering: .sound(),
      passing: .edit("userConfigurable=\"true\"", "userConfigurable=\"false\"")
    ) { view in
      view.envelope.products.flatMap(\.properties)
        .filter { $0.userConfigurable?.value == true }
        .map { Hit($0.place, found: $0.key?.text) }
    },
    TargetCondition(
      "esx-size-old-client", "a package of more than 1 GB", .fails,
      "The client in the browser breaks the upload off.",
      fix: "Use ovftool or govc.", basis: .reported("photon-controller#78"),
      releases: "6.0", at: "6.0",
      triggering: .files(.ova, .add("data.iso", .filled(with: 0, count: (1 << 30) + 512)))
    ) { view in
      guard view.release?.version == "6.0" else { return [] }
      let size: UInt64 = view.package.files.reduce(0) {
        $0.addingReportingOverflow($1.size).partialValue
      }
      return size > 1 << 30 ? [view.whole] : []
    },
  ]

  static let vssConditions: [TargetCondition] = [
    TargetCondition(
      "vss-extension", "a package that is neither `.ova` nor `.ovf`", .fails,
      "The service takes `.ova`, or `.ovf` with its disks.", fix: "Name the archive `.ova`.",
      basis: .documented("the description of its API"),
      triggering: .files(.ova, .archive(.named("web.tar")))
    ) { view in
      let path = view.package.path.lowercased()
      return path.hasSuffix(".ova") || path.hasSuffix(".ovf") || !view.package.isArchive
        ? [] : [Hit(view.package.descriptor.place, found: view.package.path)]
    },
    TargetCondition(
      "vss-host", "the release of the hosts behind the service", .unknown,
      "The service's hosts are not documented; these conditions are those of the release named.",
      fix: "Name the hosts' release, as in `vss-8.0u2`.", basis: .unsure("not documented"),
      triggering: .sound(), passingAt: "8.0u2"
    ) { view in view.isReleaseAssumed ? [view.whole] : [] },
  ]

  /// govc's own checks before an upload.
  static let govc = TargetProduct(
    id: "govc", title: "govc, before the upload",
    basis: "govmomi fd061606 (2026-08): ovf/importer",
    conditions: [
      TargetCondition(
        "govc-encoding", "a descriptor that declares another encoding than UTF-8", .fails,
        "It cannot be read: \"encoding declared but Decoder.CharsetReader is nil\".",
        fix: TargetFix.utf8, basis: .source("govmomi ovf.go"),
        triggering: .edit("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""),
        passing: .edit("encoding=\"UTF-8\"", "encoding=\"utf-8\"")
      ) { $0.encodingBeyondGo },
      TargetCondition(
        "govc-manifest-entry", "a file that the manifest does not list", .note,
        "With `-m`, the import fails after the file was uploaded.",
        fix: "Recreate the manifest when the files are known to be right.",
        triggering: .files(
          .ova,
          .content("web.mf", .text("SHA256(web.ovf)= " + String(repeating: "0", count: 64) + "\n")))
      ) { $0.unlistedFiles },
      TargetCondition(
        "govc-sha1-case", "a SHA-1 digest in upper case", .note,
        "With `-m`, the comparison fails: that of SHA-1 is exact.",
        fix: "Write the digest in lower case.",
        triggering: .files(
          .ova, .algorithm("SHA1"),
          .content("web.mf", .text("SHA1(web.ovf)= " + String(repeating: "A", count: 40) + "\n")))
      ) { view in
        view.entries {
          $0.claim.algorithm == .sha1 && $0.digestText.contains { $0.isUppercase }
        }
      },
      TargetCondition(
        "govc-glob-name", "an href with `[` or a backslash", .fails,
        "The href is taken for a pattern, which does not match itself.", fix: TargetFix.plainName,
        triggering: .diskNamed("web[1].vmdk")
      ) { view in
        view.references { ($0.reference.href?.text ?? "").contains { "[\\".contains($0) } }
      },
      TargetCondition(
        "govc-glob-wildcard", "an href with `*` or `?`", .loss,
        "The href is taken for a pattern: another member that it matches may be uploaded.",
        fix: TargetFix.plainName, triggering: .diskNamed("web*.vmdk")
      ) { view in
        view.references { ($0.reference.href?.text ?? "").contains { "*?".contains($0) } }
      },
      TargetCondition(
        "govc-base-name", "two members of one name in different folders", .loss,
        "The first of them is uploaded for both.", fix: "Give every file a name of its own.",
        triggering: .files(.ova, .add("extra/web-disk1.vmdk", .text("x")))
      ) { view in
        var seen: Set<String> = []
        return view.members { file in
          let name = file.writtenName.split(separator: "/").last.map(String.init) ?? ""
          return !seen.insert(name).inserted
        }
      },
    ])
}

extension TargetView {
  /// The name that an item of a library gets: the file's without its extension.
  var itemName: String {
    let name = package.path.split(separator: "/").last.map(String.init) ?? ""
    return name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
      .joined(separator: ".")
  }
}
