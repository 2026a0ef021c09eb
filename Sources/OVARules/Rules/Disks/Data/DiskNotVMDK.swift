import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// The descriptor says VMDK, and the file is something else.
  static let diskNotVMDK = Rule(
    id: "disk-not-vmdk",
    group: .disks,
    title: "A disk's file is not a VMDK",
    severity: .error,
    version: 2,
    basis: .clause("DSP0243 9.1"),
    why: "`ovf:format` tells the importer how to read the file. A raw image, a web page or a Git "
      + "LFS pointer under the name of a VMDK ends in \"invalid sparse VMDK header\".",
    fix: "Put the real disk in its place, or convert it: `qemu-img convert -O vmdk -o "
      + "subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`; then correct sizes "
      + "and manifest: `ova fix PATH --accept-content --write NEW.ova`.",
    triggering: [
      Example(.ova, .content("web-disk1.vmdk", .text("<!DOCTYPE html><html></html>"))),
      Example(
        .ova,
        .content(
          "web-disk1.vmdk",
          .text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"))),
      Example(.ova, .content("web-disk1.vmdk", .bytes([]))),
      Example(
        .ova,
        .content("web-disk1.vmdk", .text("/annex/objects/SHA256E-s512--00.vmdk\n")),
        caption: "git-annex's pointer to a file that was not fetched"),
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    let isOVirt = checked.package.envelope.dialect == .oVirt
    for disk in checked.package.disks where disk.claimsVMDK {
      // oVirt writes this value for every disk; what it is, `volume-format` says.
      if isOVirt,
        disk.disk.format?.text.lowercased().hasSuffix("/specifications/vmdk.html#sparse")
          ?? false
      {
        continue
      }
      guard let content = checked.content(of: disk), !content.format.isVMDK,
        content.format != .gzip || disk.reference.isGzip
      else { continue }
      let format = content.format
      findings.add(
        "'\(disk.reference.reference.href?.text ?? "")' is said to be a VMDK and looks like "
          + format.name,
        at: disk.filePlace, expected: "a VMDK", found: format.name,
        fix: format.isPlaceholder
          ? "Fetch the file that the pointer stands for: `git lfs pull` or `git annex get`." : nil)
    }
  }
}

extension PackageDisk {
  /// True if the descriptor says that the file is a VMDK, or says nothing and its name does.
  var claimsVMDK: Bool {
    if let format = self.disk.format?.text, !format.isEmpty {
      return format.lowercased().containsBytes("vmdk") || format.lowercased() == "streamoptimized"
    }
    return reference.reference.href?.text.lowercased().hasSuffix(".vmdk") ?? false
  }

  /// The file that findings about its bytes point at.
  var filePlace: Place { reference.filePlace }
}
