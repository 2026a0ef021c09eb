import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
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
        "govc-manifest-entry", "a file that the manifest does not list", .unknown,
        "With `-m`, the import fails after the file was uploaded.",
        fix: "Recreate the manifest when the files are known to be right.",
        dependsOn: "whether govc is given `-m`",
        triggering: .files(
          .ova,
          .content("web.mf", .text("SHA256(web.ovf)= " + String(repeating: "0", count: 64) + "\n"))),
        version: 2
      ) { $0.unlistedFiles },
      TargetCondition(
        "govc-sha1-case", "a SHA-1 digest in upper case", .unknown,
        "With `-m`, the comparison fails: that of SHA-1 is exact.",
        fix: "Write the digest in lower case.", dependsOn: "whether govc is given `-m`",
        triggering: .files(
          .ova, .algorithm("SHA1"),
          .content("web.mf", .text("SHA1(web.ovf)= " + String(repeating: "A", count: 40) + "\n"))),
        version: 2
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
