import OVABasics
import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML

extension TargetProduct {
  /// VMware Cloud Director, with the client of go-vcloud-director and Terraform.
  static let cloudDirector = TargetProduct(
    id: "vcd", title: "VMware Cloud Director",
    basis: "VMware's documents for 5.5 and 10.0 to 10.5; go-vcloud-director eb95cac (2026-06)",
    releases: TargetRelease.list([
      ("5.5", nil), ("10.0", nil), ("10.4", nil), ("10.4.2", nil), ("10.5", nil),
    ]),
    conditions: [
      TargetCondition(
        "vcd-ovf09", "OVF 0.9", .fails, "Cloud Director reads OVF 1.0 and 1.1.",
        fix: TargetFix.ovf1, triggering: .ovf09
      ) { view in view.namespaceHit(view.namespace == .ovf09) },
      TargetCondition(
        "vcd-ovf-version", "another version than OVF 1", .fails,
        "Cloud Director reads OVF 1.0 and 1.1.", fix: TargetFix.ovf1,
        triggering: .edit("envelope/1\"\n    xmlns:ovf", "envelope/2\"\n    xmlns:ovf")
      ) { view in view.namespaceHit(view.namespace != .ovf1 && view.namespace != .ovf09) },
      TargetCondition(
        "vcd-ovf11", "OVF 1, which may be 1.0 or 1.1", .unknown,
        "OVF 1.1 is turned into 1.0, and what came with 1.1 is lost.",
        fix: "Compare the machine with the package after the import.", releases: "5.5",
        dependsOn: "whether it uses what came with OVF 1.1; both versions have one namespace",
        at: "5.5", triggering: .sound(),
        passing: .edit("envelope/1\"\n    xmlns:ovf", "envelope/2\"\n    xmlns:ovf")
      ) { view in view.release?.order == 0 ? view.namespaceHit(view.namespace == .ovf1) : [] },
      TargetCondition(
        "vcd-options", "deployment options", .loss, "The section is not supported.",
        fix: TargetFix.oneOption, triggering: .moreProcessors
      ) { $0.options },
      TargetCondition(
        "vcd-descriptor-size", "a descriptor of more than 12 MB", .fails,
        "The setting ovf.descriptor.size.max bounds it.", fix: "Shorten the descriptor.",
        triggering: .edit(
          "</Envelope>",
          "</Envelope>\n"
            + String(
              repeating: "<!--" + String(repeating: " ", count: 1 << 20) + "-->\n", count: 12))
      ) { view in
        view.package.descriptor.size > 12 << 20
          ? [Hit(view.package.descriptor.place, found: "\(view.package.descriptor.size) bytes")]
          : []
      },
      TargetCondition(
        "vcd-manifest-size", "a manifest of more than 1 MB", .fails, "It is refused.",
        fix: "Leave only the package's files in the manifest.",
        triggering: .files(
          .ova,
          .content(
            "web.mf",
            .text(
              String(
                repeating: "SHA256(web.ovf)= " + String(repeating: "0", count: 64) + "\n",
                count: 13_000))))
      ) { view in
        (view.package.manifest?.file.size ?? 0) > 1 << 20 ? view.manifest : []
      },
      TargetCondition(
        "vcd-schema", "a descriptor that breaks the schema", .fails,
        "Cloud Director validates descriptors.", fix: "Correct what the schema refuses.",
        triggering: .edit(
          memoryDescription + "        " + memoryName,
          memoryName + "        " + memoryDescription
        )
      ) { view in
        if case .success(let diagnostics)? = view.checked.schema, let first = diagnostics.first {
          return [Hit(view.package.descriptor.place, found: first.kind.message)]
        }
        // The order of OVF 0.9 is another.
        return view.namespace != .ovf1
          ? []
          : view.items.filter { item in
            let names = item.fields.filter(\.isKnown).map(\.name.local)
            return names != names.sorted()
          }.map(\.hit)
      },
      TargetCondition(
        "vcd-extraconfig", "advanced settings", .unknown,
        "Only settings on the administrator's list are taken.",
        fix: "Ask the administrator, or remove the settings.",
        triggering: .edit(
          Example.hardwareEnd,
          Example.extraConfig("disk.enableUUID", "true", required: false) + Example.hardwareEnd)
      ) { view in view.extraConfigs.map(\.hit) },
      TargetCondition(
        "vcd-family", "hardware families of VMware", .unknown,
        "The import stops when all of them are above the data center's highest.",
        fix: "Compare the families with the data center's highest.",
        dependsOn: "the highest family of the virtual data center", triggering: .sound(),
        passing: .family("virtualbox-2.2")
      ) { view in view.families.filter { !$0.numbers.isEmpty }.map(\.hit) },
      TargetCondition(
        "vcd-manifest-digest", "a SHA-1 digest in the manifest that is not the file's", .fails,
        "The import stops unless the administrator switched the check off.",
        fix: TargetFix.digest,
        triggering: .files(
          .ova, .algorithm("SHA1"), .sealManifest, .content("web-disk1.vmdk", .flipped(at: -600)))
      ) { view in view.contradictions { $0 == .sha1 } },
      TargetCondition(
        "vcd-manifest-sha2", "a manifest with SHA-256 or SHA-512 digests", .unknown,
        "It is not documented what becomes of them.", fix: TargetFix.ownManifest,
        triggering: .sound(), passing: .withoutManifest
      ) { view in
        view.entries.contains { $0.claim.algorithm == .sha256 || $0.claim.algorithm == .sha512 }
          ? view.manifest : []
      },
      TargetCondition(
        "vcd-tpm-old", "a TPM", .loss, "Releases before 10.4.2 leave it out.",
        fix: TargetFix.afterwards, releases: "before 10.4.2", at: "10.4", triggering: .tpm
      ) { view in (view.release?.order ?? 9) < 3 ? view.tpms : [] },
      TargetCondition(
        "vcd-tpm-new", "a TPM", .loss, "A new TPM is attached, without the old one's content.",
        fix: "Unseal what the guest has sealed to its TPM before the export.",
        releases: "10.4.2 and later", triggering: .tpm
      ) { view in (view.release?.order ?? 9) >= 3 ? view.tpms : [] },
      TargetCondition(
        "vcd-compressed", "a file compressed by gzip", .fails,
        "Release 5.5 takes no compressed packages.",
        fix: "Decompress the file and remove `ovf:compression`.", releases: "5.5", at: "5.5",
        triggering: .gzip
      ) { view in view.release?.order == 0 ? view.references(TargetView.isGzip) : [] },
      TargetCondition(
        "vcd-id-length", "a machine's id of more than 13 characters", .loss,
        "The machine is renamed.", fix: "Shorten the id of the VirtualSystem.", releases: "5.5",
        at: "5.5",
        triggering: .edit(
          "VirtualSystem ovf:id=\"web\"", "VirtualSystem ovf:id=\"web-production-1\"")
      ) { view in
        guard view.release?.order == 0 else { return [] }
        return view.systems.compactMap { system in
          guard let id = system.id, id.text.count > 13 else { return nil }
          return Hit(
            system.place, found: id.text, reads: "\(id.text.prefix(13)) and three digits")
        }
      },
      TargetCondition(
        "vcd-upload-ovf-case", "a descriptor whose extension is not in lower case", .fails,
        "go-vcloud-director and Terraform do not find it.", fix: TargetFix.lowerCase,
        basis: .source("govcd/catalog.go"),
        triggering: .files(.ova, .rename("web.ovf", to: "web.OVF"))
      ) { $0.upperCaseDescriptor },
      TargetCondition(
        "vcd-upload-missing", "a file that is not in the archive", .fails,
        "go-vcloud-director and Terraform stop.", fix: "Put the file into the archive.",
        basis: .source("govcd/catalog.go"), triggering: .files(.ova, .remove("web-disk1.vmdk"))
      ) { view in view.package.isArchive ? view.missingFiles : [] },
      TargetCondition(
        "vcd-upload-size", "a file whose declared size is not its real one", .fails,
        "go-vcloud-director and Terraform stop.", fix: "Write the real size as `ovf:size`.",
        basis: .source("govcd/catalog.go"),
        triggering: .edit("ovf:size=\"SIZE\"", "ovf:size=\"7\"")
      ) { view in view.package.isArchive ? view.wrongSizes : [] },
      TargetCondition(
        "vcd-upload-size-text", "a file size or chunk size that is not a number", .fails,
        "go-vcloud-director and Terraform cannot decode the descriptor.",
        fix: "Write the size in digits, or remove the attribute.",
        basis: .source("govcd/catalog.go"),
        triggering: .edit("ovf:size=\"SIZE\"", "ovf:size=\"large\"")
      ) { view in
        view.references { resolved in
          [resolved.reference.size, resolved.reference.chunkSize].compactMap(\.self)
            .contains { $0.value == nil }
        }
      },
      TargetCondition(
        "vcd-upload-sniff", "a lone descriptor that does not begin with `<?xml`", .fails,
        "go-vcloud-director and Terraform take it for an archive.",
        fix: "Begin the descriptor with an XML declaration.", basis: .source("govcd/catalog.go"),
        triggering: Example(
          .folder,
          edits: [.init(old: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", new: "")], []),
        passing: .sound(.folder)
      ) { view in
        guard !view.package.isArchive, view.firstBytes != Array("<?xml".utf8) else { return [] }
        return [Hit(view.package.descriptor.place)]
      },
    ])

  private static let memoryDescription =
    "<rasd:Description>Memory size</rasd:Description>\n"
  private static let memoryName =
    "<rasd:ElementName>2048 MB of memory</rasd:ElementName>\n"
}
