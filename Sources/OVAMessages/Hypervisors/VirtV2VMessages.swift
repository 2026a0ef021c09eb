extension MessageSource {
  /// virt-v2v.
  static let virtV2V = MessageSource(
    id: "virt-v2v", title: "virt-v2v",
    messages: [
      ImporterMessage(
        "more than one .ovf file was found in …",
        means: "The package has two descriptors; early releases also count `._` files of macOS.",
        rules: ["several-descriptors", "apple-double-member"],
        conditions: ["v2v-ovf-count"]),
      ImporterMessage(
        "no .ovf file was found in …",
        means: "The package has no descriptor, or one with the extension in upper case.",
        rules: ["descriptor-missing", "upper-case-extension"],
        conditions: ["v2v-ovf-count"]),
      ImporterMessage(
        "corrupt OVA: checksum of disk … does not match manifest …",
        means: "A digest of the manifest differs from the file's.",
        rules: ["manifest-digest-mismatch"],
        conditions: ["v2v-manifest-digest"]),
      ImporterMessage(
        "OVF references file ‘…’ which was not found in the OVA archive",
        also: ["file ‘…’ not found in the ova"],
        means: """
          An href is no member of the archive: it is missing, begins with `./`, is written with \
          escapes or lies there in chunks.
          """,
        rules: ["file-missing", "dot-prefix", "href-not-uri", "chunk-missing"],
        conditions: ["v2v-dot-slash"]),
      ImporterMessage(
        "error parsing disk fileRef",
        means: "A disk has no file, or its reference leads nowhere.",
        rules: ["disk-dangling-fileref", "disk-empty-fileref"],
        conditions: ["v2v-blank-disk"]),
      ImporterMessage(
        "no href in ovf:File (id=…)",
        means: "A File has no href.",
        rules: ["file-missing-href"]),
      ImporterMessage(
        "unsupported compression in OVF: …",
        means: "A file's compression is neither gzip nor identity; an empty attribute counts.",
        rules: ["compression-unknown"],
        conditions: ["v2v-compression-value"]),
      ImporterMessage(
        "could not parse disk rasd:HostResource from OVF document",
        means: "A drive's HostResource is neither `ovf:/disk/ID` nor `/disk/ID`.",
        rules: ["host-resource-malformed", "disk-without-backing"],
        conditions: ["v2v-host-resource"]),
      ImporterMessage(
        "unknown Config:firmware value … (expected \"bios\" or \"efi\")",
        means: "The firmware is written otherwise than `bios` or `efi`.",
        rules: ["setting-unknown"],
        conditions: ["v2v-firmware-value"]),
      ImporterMessage(
        "references a file outside the archive",
        means: "An href leads out of the package.",
        rules: ["href-unsafe", "member-name-unsafe", "link-member"],
        conditions: ["v2v-href-escape"]),
      ImporterMessage(
        "Formats which we currently understand for '-i ova' are",
        also: [
          "unsupported file format. Formats which we currently understand for '-i ova' are: …"
        ],
        means: """
          The file is neither a tar archive, plain or compressed, nor a zip file nor a folder.
          """,
        rules: ["archive-not-tar", "package-empty"]),
      ImporterMessage(
        "error uncompressing …, see earlier error messages",
        also: ["error unpacking …, see earlier error messages"],
        means: "A compressed file is damaged or not compressed, or the archive is damaged.",
        rules: ["gzip-damaged", "gzip-missing", "member-truncated"]),
      ImporterMessage(
        "failed to parse line returned by tar: \"…\"",
        also: ["invalid offset returned by tar", "invalid size returned by tar"],
        role: .elsewhere,
        means: """
          The output of tar, which it reads, was in another language; or a name has blanks at \
          its beginning.
          """,
        fix: "Run virt-v2v with `LC_ALL=C`, or use a newer release.",
        conditions: ["v2v-name-blank"]),
      ImporterMessage(
        "unable to parse line from manifest file: \"…\"",
        means: """
          A line of the manifest is malformed or of an algorithm other than SHA-1 and SHA-256; the \
          file is then not verified.
          """,
        rules: [
          "manifest-line-malformed", "manifest-checksum-list", "manifest-algorithm-rare",
          "manifest-algorithm-label",
        ],
        conditions: ["v2v-manifest-skipped"]),
      ImporterMessage(
        "manifest has a checksum for non-existent file …",
        means: "The manifest lists a file that is not there.",
        rules: ["manifest-entry-without-file"],
        conditions: ["v2v-manifest-absent-file"]),
      ImporterMessage(
        "could not parse ovf:Name from OVF document",
        means: """
          The descriptor has no machine directly in an envelope of OVF 1: it is of another \
          version, or the machine is in a collection.
          """,
        rules: [
          "envelope-namespace-unknown", "content-missing", "element-namespace-foreign",
          "machine-collection",
        ],
        conditions: ["v2v-structure"]),
      ImporterMessage(
        "ova disk has no parent controller",
        means: "A disk hangs on no controller.",
        rules: ["disk-without-parent"],
        conditions: ["v2v-parent-type"]),
      ImporterMessage(
        "ova disk has an unknown VMware controller type (…)",
        means: "A disk's parent is no IDE, SCSI or SATA controller.",
        rules: ["parent-not-controller"],
        conditions: ["v2v-parent-type"]),
      ImporterMessage(
        "no root device found",
        also: ["inspection could not detect the source guest"],
        means: """
          No operating system was found on the disks: one piece of a chunked disk was taken for \
          the whole, or the guest is unknown.
          """,
        rules: ["chunk-missing", "chunks-undeclared"],
        conditions: ["v2v-chunk"]),
    ])
}
