import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// The kind of disk is not the declared one.
  static let diskFormatMismatch = Rule(
    id: "disk-format-mismatch",
    group: .disks,
    title: "A disk is of another kind than the descriptor says",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 9.1"),
    why: "Importers choose the reader by `ovf:format`. A hosted sparse disk declared "
      + "streamOptimized fails on upload, or at power-on with 'unsupported disk type'.",
    fix: "Convert the disk to streamOptimized, or write the kind that it is into `ovf:format`.",
    triggering: [
      Example(
        .ova, edits: [.withoutSize], [.content("web-disk1.vmdk", .shapedDisk(.monolithicSparse))]),
      Example(.ova, replacing: "#streamOptimized", with: "#monolithicSparse"),
      Example(
        .ova,
        replacing: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
        with: "http://www.gnome.org/~markmc/qcow-image-format.html",
        caption: "declared as QCOW2, and it is a VMDK"),
      Example(
        .ova,
        edits: [
          .withoutSize,
          .init(
            old: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
            new: "http://www.gnome.org/~markmc/qcow-image-format.html"),
        ], [.content("web-disk1.vmdk", .text("<!DOCTYPE html><html></html>"))], documented: false),
    ],
    passing: [
      .sound(.ova), .soundFlat, .qcow2(documented: false),
      Example(
        .ova, edits: [.withoutSize, .init(old: "#streamOptimized", new: "#monolithicSparse")],
        [.content("web-disk1.vmdk", .shapedDisk(.monolithicSparse))], documented: false),
    ]
  ) { checked, findings in
    for seen in checked.seenDisks where seen.content.format.isVMDK {
      if !seen.diagnostics(of: .createType).isEmpty {
        findings.add(seen, .createType)
        continue
      }
      guard let format = seen.disk.disk.format, let declared = format.text.vmdkKind,
        let real = seen.content.createType, real != "sparse" || declared == "streamoptimized",
        real.lowercased() != declared
      else { continue }
      let isStream = seen.content.header?.isCompressed ?? false
      findings.add(
        "'\(seen.name)' is \(real), declared is \(format.text)",
        at: format.place, expected: real, found: format.text,
        severity: declared == "streamoptimized" && !isStream ? .error : nil)
    }
    // What is declared as a VMDK and is none is said by disk-not-vmdk.
    for disk in checked.package.disks {
      guard let format = disk.disk.format, let declared = format.text.declaredKind,
        declared != .vmdk, let content = checked.content(of: disk),
        !declared.fits(content.format), content.format != .gzip || disk.reference.isGzip
      else { continue }
      let real = content.format
      findings.add(
        "'\(disk.reference.hrefText)' is \(real.name), declared is \(declared.name)",
        at: format.place, expected: real.name, found: format.text,
        severity: real.isDisk || real.mayBeRaw ? nil : .error,
        fix: real.isPlaceholder
          ? "Fetch the file that the pointer stands for: `git lfs pull` or `git annex get`." : nil)
    }
  }
}
