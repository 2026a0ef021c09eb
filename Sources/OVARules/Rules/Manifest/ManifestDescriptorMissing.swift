import OVABasics
import OVAIntegrity
import OVAPackage

extension Rule {
  /// The manifest does not list the descriptor.
  static let manifestDescriptorMissing = Rule(
    id: "manifest-descriptor-missing",
    group: .manifest,
    title: "The manifest does not list the descriptor",
    severity: .warning,
    basis: .practice("every product lists the descriptor, and the standard's example does"),
    why: "The descriptor decides what is imported. One that is not in the manifest can be changed "
      + "without anybody noticing, in a signed package too.",
    fix: "Run `ova manifest PATH`, which lists the descriptor, too.",
    triggering: [
      Example(
        .ova, .content("web.mf", .text("SHA256(web-disk1.vmdk)= {sha256:web-disk1.vmdk}\n")))
    ],
    passing: [
      .sound(.ova),
      Example(
        .ova, .sealManifest, .text("web.mf", replacing: "(web.ovf)", with: "(old.ovf)"),
        caption: "a descriptor that was renamed is said by manifest-entry-without-file"),
    ]
  ) { checked, findings in
    let package = checked.package
    guard let manifest = package.manifest, !manifest.manifest.entries.isEmpty else { return }
    let name = package.descriptor.path?.name ?? package.descriptor.name
    let isRenamed = checked.manifestLines.contains { line in
      line.entry.fileName.isDescriptorName && line.subject.kind == .nothing
    }
    guard !isRenamed, !checked.hasNamelessLines,
      !checked.isListed(href: name, package.descriptor)
    else { return }
    findings.add(
      "'\(name)' has no entry in the manifest", at: manifest.file.place,
      expected: "an entry for '\(name)'")
  }
}
