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
      let name = view.package.path.split(separator: "/").last.map(String.init) ?? ""
      let base = name.split(separator: ".").dropLast().joined(separator: ".")
      return base.unicodeScalars.count > 80
        ? [Hit(view.package.descriptor.place, found: base)] : []
    },
    TargetCondition(
      "cl-cert-issuer", "a certificate", .note,
      "vCenter shows \"certificate not trusted\" unless it knows the issuer.",
      fix: "Add the issuer to vCenter's trusted certificates.",
      basis: .source("scripts that leave certificates out"),
      triggering: .files(.ova, .sign(.selfSigned))
    ) { view in view.package.certificate.map { [Hit($0.file.place)] } ?? [] },
    TargetCondition(
      "cl-security-policy", "no signature", .note,
      "A library with a security policy refuses it; whether it has one is the library's.",
      fix: "Sign the package, or import it into a library without a policy.",
      basis: .source("govmomi security_policy_id"), triggering: .sound(),
      passing: .files(.ova, .sign(.trustedAuthority))
    ) { view in
      guard view.package.certificate == nil else { return [] }
      return [Hit(view.package.descriptor.place)]
    },
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
      "esx-size-old-client", "a package of more than 1 GB", .note,
      "The browser's client of ESXi 6.0 breaks the upload off.",
      fix: "Use ovftool or govc.", basis: .reported("photon-controller#78"), triggering: nil
    ) { view in
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
      triggering: .sound(), passing: nil
    ) { view in view.isReleaseAssumed ? [view.whole] : [] },
  ]

  /// govc's own checks before an upload.
  static let govc = TargetProduct(
    id: "govc", title: "govc, before the upload",
    basis: "govmomi fd061606 (2026-08): ovf/importer",
    conditions: [
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
