import OVARules

extension FollowedFix {
  /// Archives and their names, and the manifest's.
  static let package: [FollowedFix] = [
    Self("archive-not-tar", .run("mv web.ova web.gz && gunzip web.gz && mv web web.ova")),
    Self(
      "descriptor-missing", .add("web.ovf", .text(descriptor)),
      .files(.order(["web.ovf", "web.mf", "web-disk1.vmdk"]))),
    Self("several-descriptors", .remove("old.ovf"), .manifest),
    Self("upper-case-extension", .rename("web.OVF", to: "web.ovf"), .manifest),
    Self("upper-case-extension", example: 2, .rename("web.MF", to: "web.mf"), .manifest),
    Self("base-name", .rename("other.mf", to: "web.mf")),
    Self("foreign-member", .remove("README.md"), .manifest),
    Self("archive-name-not-ova", .run("mv web.tar web.ova")),
    Self("archive-name-not-ova", example: 2, .run("mv web.ovf web.ova")),
    Self("duplicate-member", .remove("web-disk1.vmdk")),
    Self("name-case-clash", .rename("Web-disk1.vmdk", to: "other.vmdk"), .manifest),
    Self("name-case-clash", example: 2, .rename("Bu\u{308}ro.iso", to: "other.iso"), .manifest),
    Self("name-not-ascii", .rename("übung.iso", to: "uebung.iso"), .manifest),
    Self(
      "name-not-utf8", .files(.header("uebung.iso", .name(Array("uebung.iso".utf8)))), .manifest),
    Self("name-with-control-characters", .rename("a\nb.iso", to: "ab.iso"), .manifest),
    Self("name-needs-quoting", .rename("My VM.iso", to: "My-VM.iso"), .manifest),
    Self("name-needs-quoting", example: 2, .rename("-rf.iso", to: "rf.iso"), .manifest),
    Self(
      "name-case-clash", example: 4, .remove("Web-disk1.vmdk")),
    Self("special-member", .remove("dev")),
    Self("member-name-unsafe", .rename("../../etc/cron.d/web", to: "web.txt"), .manifest),
    Self("member-name-unsafe", example: 2, .rename("/etc/cron.d/web", to: "web.txt"), .manifest),
    Self(
      "manifest-name-decoded", .replace("web%20disk.vmdk", "web-disk.vmdk"),
      .rename("web disk.vmdk", to: "web-disk.vmdk"), .manifest),
  ]

  /// Signatures and certificates.
  static let certificate: [FollowedFix] = [
    Self(
      "certificate-unreadable", example: 2,
      .files(.text("web.cert", replacing: "---- END", with: "-----END"))),
    Self(
      "signature-manifest-name", .files(.text("web.cert", replacing: "(old.mf)", with: "(web.mf)"))),
    Self("signature-line-form", .run(relabeling)),
    Self("signature-line-form", example: 2, .run(relabeling)),
    Self("certificate-untrusted", .remove("web.cert"), .files(.sign(.trustedAuthority))),
  ]

  /// The command that the fix of a signature's label names, on the certificate of an archive.
  private static let relabeling = """
    mkdir out && tar -xf web.ova -C out && cd out
    sed -i '1s/^[^(]*(/SHA256(/' web.cert
    tar --format=ustar -cf ../web.ova web.ovf web.mf web.cert web-disk1.vmdk
    """
}
