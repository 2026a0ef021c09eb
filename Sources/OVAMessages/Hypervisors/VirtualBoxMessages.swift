extension MessageSource {
  /// VirtualBox.
  static let virtualBox = MessageSource(
    id: "virtualbox", title: "VirtualBox",
    messages: [
      ImporterMessage(
        "Appliance file must have .ovf extension",
        also: ["Appliance file must have .ovf or .ova extension"],
        means: "The file has another extension than .ovf or .ova.",
        rules: ["archive-name-not-ova"]),
      ImporterMessage(
        "Root element in OVF file must be 'Envelope'",
        means: "The descriptor is something else, such as a web page or a pointer of Git LFS.",
        rules: ["descriptor-not-ovf"]),
      ImporterMessage(
        "Error reading namespace URI in 'Envelope' element, line …",
        means: "The envelope has no namespace.",
        rules: ["envelope-namespace-unknown", "descriptor-not-ovf"]),
      ImporterMessage(
        "missing or invalid attribute '…' in 'File' element, line …",
        means: "A File has no href.",
        rules: ["file-missing-href"]),
      ImporterMessage(
        "cannot find References/File element for ID \"…\" referenced by 'Disk' element, line …",
        means: "A Disk refers to a File that is not listed, or its reference is empty.",
        rules: ["disk-dangling-fileref", "disk-empty-fileref", "references-missing"]),
      ImporterMessage(
        "missing or invalid attribute '…' in 'DiskSection' element, line …",
        means: """
          A Disk lacks its id or format, or its capacity is not a plain number: a property, a \
          fraction, nothing.
          """,
        rules: [
          "disk-missing-id", "disk-missing-format", "disk-missing-capacity", "disk-bad-capacity",
          "disk-unresolved-capacity",
        ],
        conditions: ["vb-disk-attributes"]),
      ImporterMessage(
        "element 'Section' has no 'type' attribute, line …",
        means: "A section of OVF 0.9 lacks its type.",
        rules: ["element-namespace-foreign", "prefix-undeclared"]),
      ImporterMessage(
        "CPU count … is larger than …, line …",
        means: "The machine has 65535 processors or more.",
        rules: ["item-value-malformed", "family-limit-exceeded"],
        conditions: ["vb-cpu-count"]),
      ImporterMessage(
        "Invalid allocation unit \"…\" specified with memory size item, line …",
        means: """
          VirtualBox knows six spellings of the memory's unit and refuses all others, also legal \
          ones such as `byte*2^20`; a missing unit too.
          """,
        rules: ["memory-units-missing", "unit-nonstandard"],
        conditions: ["vb-memory-unit"]),
      ImporterMessage(
        "Host resource of type \"Other Storage Device (20)\" is supported with SATA AHCI",
        also: [
          "is supported with SATA AHCI controllers only, line …",
          "is supported with SATA AHCI or Virtio-SCSI or NVMe controllers only, line … (subtype:…)",
        ],
        means: "A storage controller has a subtype that this release of VirtualBox does not know.",
        rules: ["storage-subtype-unknown"],
        conditions: ["vb-type20"]),
      ImporterMessage(
        "Unknown resource type … in hardware item, line …",
        means: """
          The machine requires a device that this release of VirtualBox cannot make, such as the \
          TPM and NVRAM (32768) that VirtualBox 7 writes.
          """,
        rules: ["item-type-unknown", "device-required-rare"],
        conditions: ["vb-item-type"]),
      ImporterMessage(
        "Disk item with instance ID \"…\" specifies invalid parent \"…\", line …",
        means: "A drive's parent is absent or is no IDE, SCSI or SATA controller.",
        rules: ["parent-dangling", "parent-not-controller", "disk-without-parent"],
        conditions: ["vb-parent"]),
      ImporterMessage(
        "Disk item with instance ID \"…\" specifies invalid host resource \"…\", line …",
        means: "A drive's HostResource is absent, malformed or leads nowhere.",
        rules: ["host-resource-malformed", "host-resource-dangling", "disk-without-backing"],
        conditions: ["vb-host-resource"]),
      ImporterMessage(
        "missing or invalid 'ovf:id' attribute in operating system section element, line …",
        means: "The number of the operating system is not a number of zero or more.",
        rules: ["operating-system-id-malformed"],
        conditions: ["vb-os-id"]),
      ImporterMessage(
        "Empty element ResourceType under … element, line …",
        means: "An Item has no resource type.",
        rules: ["item-type-missing"],
        conditions: ["vb-item-type-missing"]),
      ImporterMessage(
        "Element InstanceID is absent under … element, line …",
        means: "A controller has no instance id.",
        rules: ["item-instance-id-missing"],
        conditions: ["vb-instance-id"]),
      ImporterMessage(
        "OVA '…' does not contain an .ovf-file",
        means: "The archive has no descriptor.",
        rules: ["descriptor-missing"]),
      ImporterMessage(
        "VERR_TAR_UNEXPECTED_EOS",
        also: ["Error reading OVA '…' (VERR_TAR_UNEXPECTED_EOS)"],
        means: "The archive is cut short.",
        rules: ["member-truncated", "header-truncated", "end-blocks-missing"]),
      ImporterMessage(
        "VERR_TAR_UNSUPPORTED_PAX_TYPE",
        means: "The archive has extended headers (pax).",
        rules: ["tar-pax", "tar-global-header"],
        conditions: ["vb-pax"]),
      ImporterMessage(
        "VERR_TAR_UNSUPPORTED_GNU_HDR_TYPE",
        also: ["VERR_TAR_UNSUPPORTED_SOLARIS_HDR_TYPE", "VERR_TAR_MALFORMED_GNU_LONGXXXX"],
        means: """
          The archive has sparse, multi-volume or label members of GNU tar, or headers of Solaris.
          """,
        rules: ["sparse-member", "special-member"],
        conditions: ["vb-tar-extension"]),
      ImporterMessage(
        "VERR_TAR_BAD_CHKSUM_FIELD",
        also: ["VERR_TAR_BAD_NUM_FIELD", "VERR_TAR_NUM_VALUE_TOO_LARGE"],
        means: "A header of the archive is damaged, or a size in it cannot be read.",
        rules: ["header-damaged", "member-size-unreadable"]),
      ImporterMessage(
        "VERR_TAR_NOT_USTAR_V00",
        also: ["VERR_TAR_ZERO_HEADER", "VERR_TAR_EOS_MORE_INPUT"],
        means: "The file is not a tar archive, is one of another kind, or data follows its end.",
        rules: ["archive-not-tar", "data-after-end", "zeros-after-end", "tar-not-ustar"]),
      ImporterMessage(
        "VERR_TAR_UNKNOWN_TYPE_FLAG",
        also: [
          "VERR_TAR_NON_DIR_ENDS_WITH_SLASH", "VERR_TAR_EMPTY_NAME", "VERR_TAR_NAME_TOO_LONG",
          "VERR_TAR_SIZE_NOT_ZERO",
        ],
        means: "The archive has a member that is no ordinary file.",
        rules: ["special-member", "folder-member", "archive-read-with-reservation"]),
      ImporterMessage(
        "Malformed OVA. '…' is not a regular file",
        means: "The archive has a folder, a link or a device.",
        rules: ["folder-member", "link-member", "special-member"],
        conditions: ["vb-nonfile"]),
      ImporterMessage(
        "Unexpected end of OVA package",
        also: ["Unexpected end of OVA / internal error - missing '…'"],
        means: "A disk is not in the archive under its href, or the archive is cut short.",
        rules: ["file-missing", "dot-prefix", "member-truncated", "chunks-undeclared"],
        conditions: ["vb-chunk"]),
      ImporterMessage(
        "Error opening '…' for reading (VERR_FILE_NOT_FOUND)",
        means: "A file beside the descriptor is missing.",
        rules: ["file-missing", "href-not-uri"]),
      ImporterMessage(
        "Failed to parse manifest file '…' for '…' (VERR_PARSE_ERROR): Expected '(' after …",
        means: "A line of the manifest is not in the form `SHA256(name)= digest`.",
        rules: ["manifest-checksum-list", "manifest-line-malformed"]),
      ImporterMessage(
        "Expected ')=' at … on line …",
        also: ["Expected value at … on line …"],
        means: "A line of the manifest is cut short or malformed.",
        rules: ["manifest-line-malformed", "manifest-unreadable"]),
      ImporterMessage(
        "Expected hex digit at … on line …",
        also: ["Malformed value ('…')"],
        means: "A digest of the manifest is too short or not hexadecimal.",
        rules: ["manifest-line-malformed"]),
      ImporterMessage(
        "Line number … is too long",
        means: "The manifest is something else than a manifest.",
        rules: ["manifest-unreadable"]),
      ImporterMessage(
        "RTManifestEntrySetAttr(,'…','…', '…', …) failed on line …: VERR_INVALID_NAME",
        means: "A name in the manifest has parentheses or control characters.",
        rules: ["name-with-parentheses", "name-with-control-characters"]),
      ImporterMessage(
        "Digest mismatch (VERR_NOT_EQUAL): Attribute '…' on '…' does not match",
        also: ["Digest mismatch (VERR_NOT_EQUAL)"],
        means: "A file was changed after the manifest was made, or is damaged.",
        rules: ["manifest-digest-mismatch"]),
      ImporterMessage(
        "was not found in the 2nd manifest",
        also: [
          "Digest mismatch (VERR_NOT_EQUAL): '…' was not found in the 2nd manifest",
          "Attribute '…' on '…' was not found in the 2nd manifest",
        ],
        means: """
          The manifest lists a file that VirtualBox did not read, or uses an algorithm that it \
          does not know.
          """,
        rules: [
          "manifest-entry-without-file", "manifest-algorithm-unknown", "manifest-algorithm-label",
          "manifest-algorithm-rare",
        ]),
      ImporterMessage(
        "was not found in the 1st manifest",
        means: "A disk has no entry in the manifest.",
        rules: ["manifest-entry-missing"],
        conditions: ["vb-manifest-coverage"]),
      ImporterMessage(
        "VERR_MANIFEST_DIGEST_MISMATCH",
        also: ["Could not verify the contents of … against the available files"],
        means: """
          A digest differs from its file's; releases that know only SHA-1 say it of other \
          algorithms.
          """,
        rules: ["manifest-digest-mismatch", "manifest-algorithm-rare"]),
      ImporterMessage(
        "Found .cert-file but no .mf-file for '…'",
        means: "The package has a certificate and no manifest.",
        rules: ["certificate-without-manifest"],
        conditions: ["vb-cert-no-manifest"]),
      ImporterMessage(
        "The manifest signature does not match",
        also: ["VERR_CR_PKIX_SIGNATURE_MISMATCH", "Error validating the manifest signature"],
        means: "The manifest was changed after it was signed.",
        rules: ["signature-invalid"]),
      ImporterMessage(
        "Malformed .cert-file for '…': Signer's certificate not found",
        means: "The certificate file has no certificate in PEM form.",
        rules: ["certificate-unreadable"]),
      ImporterMessage(
        "Could not locate signed digest for '…' in the cert-file for '…'",
        means: "The signature names another manifest.",
        rules: ["signature-manifest-name", "signature-unreadable"]),
      ImporterMessage(
        "Error parsing the .cert-file for '…'",
        also: [
          "Unsupported signed digest type", "Error reading signed manifest digest",
          "Error reading the signer's certificate",
        ],
        means: """
          The signature's line is in another form than the standard's, or its digest is not \
          hexadecimal.
          """,
        rules: [
          "signature-unreadable", "signature-line-form", "signature-unsupported-key",
          "certificate-unreadable",
        ]),
      ImporterMessage(
        "Error reading the PKCS#7/CMS signature from '…'",
        also: ["Failed to validate PKCS#7/CMS signature", "Invalid PKCS#7/CMS"],
        means: "The second signature, in CMS form, cannot be read or does not fit.",
        rules: ["cms-signature-invalid", "cms-signature-unverified"]),
      ImporterMessage(
        "A self signed certificate was used to sign '…'",
        also: [
          "Self signed certificate … is not marked as certificate authority",
          "Verification of the self signed certificate … failed",
        ],
        means: "The signer's certificate is self-signed.",
        rules: ["certificate-self-signed", "certificate-weak-key"]),
      ImporterMessage(
        "The certificate used to sign '…' is not currently valid",
        also: ["is not currently valid"],
        means: "The signer's certificate has expired or is not yet valid.",
        rules: ["certificate-expired", "certificate-not-yet-valid"]),
      ImporterMessage(
        "No trusted certificate paths",
        also: ["Appliance is not signed", "Certificate path validation failed"],
        means: """
          Nobody whom VirtualBox trusts vouches for the signer, or the package is not signed.
          """,
        rules: ["certificate-untrusted"]),
      ImporterMessage(
        "Unsupported format for virtual disk image … in OVF: \"…\"",
        also: ["Could not find a valid medium format for the source disk '…'"],
        means: "A disk's format URI is unknown, and its extension does not help either.",
        rules: ["disk-unknown-format", "disk-format-mismatch"],
        conditions: ["vb-format"]),
      ImporterMessage(
        "Unsupported medium format for disk image '…'",
        also: ["The target disk '…' has no extension"],
        means: "A disk's href has no extension or one that no disk has.",
        rules: ["disk-unknown-format"],
        conditions: ["vb-format", "vb-gzip-suffix"]),
      ImporterMessage(
        """
        Cannot find storage controller with OVF instance ID "…" to which medium "…" should be \
        attached
        """,
        also: [
          "was configured with more than one SATA controller however VirtualBox supports a maximum of one",
          "was configured with more than one SCSI controller however VirtualBox supports a maximum of one",
          "was configured with more than one VirtioSCSI controller however VirtualBox supports a maximum of one",
          "was configured with more than one NVMe controller however VirtualBox supports a maximum of one",
        ],
        means: """
          The machine has a second controller of a kind of which VirtualBox makes only one, and \
          the second has a disk.
          """,
        fix: "Put all disks on the first controller of the kind.",
        conditions: ["vb-controllers"]),
      ImporterMessage(
        "was configured with … CPUs however VirtualBox supports a maximum of … CPUs",
        means: "The machine has more processors than VirtualBox gives; it gets the most there are.",
        fix: "Lower the number of processors if the machine is for VirtualBox."),
      ImporterMessage(
        "was configured with … MB of memory (RAM) however VirtualBox supports a minimum of",
        means:
          "The memory is below 4 MiB, or more than VirtualBox gives; mostly its unit is wrong.",
        rules: ["memory-uneven", "memory-units-missing", "unit-mismatch", "unit-nonstandard"]),
      ImporterMessage(
        "was configured with … network adapters however VirtualBox supports a maximum of",
        means: "The machine has more adapters than VirtualBox gives; the rest is left out.",
        fix: "Remove adapters if the machine is for VirtualBox."),
      ImporterMessage(
        """
        was configured with serial port(s) with "raw file" mode. This setting will not be imported
        """,
        also: [
          "was configured with machine shared folder(s) This setting will not be imported",
          "was configured with a custom NVRAM file path. This setting will not be imported",
        ],
        means: "The setting names a file or folder of the author's computer, and is left out.",
        fix: "Nothing is to be done if the machine starts.", rules: ["nvram-path-absolute"]),
      ImporterMessage(
        "Invalid channel … specified; IDE controllers support only 0, 1 or 2",
        also: ["Illegal channel: '…'. For … controllers the valid values are 0 to …"],
        means: "A drive has a place that its controller does not have.",
        rules: ["slot-out-of-range"],
        conditions: ["vb-ide-address"]),
      ImporterMessage(
        """
        <vbox:Machine> element in OVF contains a medium attachment for the disk image … but the \
        OVF describes no such image
        """,
        also: [
          "contains a medium attachment for the disk image … but the OVF describes no such image"
        ],
        means: """
          The description that VirtualBox adds names a disk that the DiskSection does not have. \
          Importing as VDI, or with an older release, says the same.
          """,
        rules: ["virtualbox-disk-unmatched"]),
      ImporterMessage(
        "Error initializing gzip decompression for '…'",
        also: [
          "Error occured decompressing '…' to '…'", "Error occurred decompressing '…' to '…'",
        ],
        means: "A file is said to be compressed by gzip and is not, or is damaged.",
        rules: ["gzip-missing", "gzip-damaged"]),
      ImporterMessage(
        "VMDK: Compressed image is corrupted '…' (VERR_ZIP_CORRUPTED)",
        also: ["VMDK: Compressed image is corrupted", "VERR_ZIP_CORRUPTED"],
        means: "A disk is damaged or cut short, most often by a download that did not finish.",
        rules: [
          "disk-grain-damaged", "disk-truncated", "manifest-digest-mismatch", "member-truncated",
        ]),
      ImporterMessage(
        "VERR_VD_VMDK_INVALID_FORMAT",
        means: "A disk's stream breaks off, or has no data where some has to be.",
        rules: [
          "disk-truncated", "disk-header-damaged", "disk-tables-damaged", "disk-trailing-data",
        ]),
      ImporterMessage(
        "VMDK: inconsistency between grain table and backup grain table in '…'",
        also: ["inconsistency between grain table and backup grain table"],
        means: """
          A disk's tables are damaged. On a machine that ran it is the disk of the host that was \
          full.
          """,
        rules: ["disk-tables-damaged"]),
      ImporterMessage(
        "VMDK: incorrect magic in sparse extent header in '…'",
        also: ["VERR_VD_VMDK_INVALID_HEADER"],
        means: "The file is not a VMDK.",
        rules: ["disk-not-vmdk", "disk-header-damaged", "gzip-undeclared"]),
      ImporterMessage(
        "VMDK: corrupted by CR/LF translation in '…'",
        means: "The disk was transferred as text.",
        rules: ["disk-text-mode-damage"]),
      ImporterMessage(
        "VMDK: incorrect version in sparse extent header in '…'",
        also: ["VERR_VD_VMDK_UNSUPPORTED_VERSION"],
        means: "The version in a disk's header is neither 1 nor 3.",
        rules: ["disk-header-damaged", "disk-version-old"]),
      ImporterMessage(
        "VERR_SHARING_VIOLATION opening image file '…'",
        role: .elsewhere,
        means: "A fault of VirtualBox 5.0.24 with compressed disks.",
        fix: "Use a newer release of VirtualBox."),
      ImporterMessage(
        "NVRAM file '…' not found",
        also: ["Failed to open NVRAM"],
        means: "The description that VirtualBox adds names a file of the author's computer.",
        rules: ["nvram-path-absolute"]),
      ImporterMessage(
        "Result Code: E_INVALIDARG (0x80070057)",
        also: ["NS_ERROR_INVALID_ARG"],
        role: .elsewhere,
        means: "It names no cause; often a folder is left from an earlier import.",
        fix: "Remove what is left of earlier imports, or import under another name."),
      ImporterMessage(
        "Result Code: VBOX_E_FILE_ERROR (0x80BB0004)",
        also: ["Component: ApplianceWrap"],
        role: .frame,
        means: "It says that a file could not be read; the line above it names the cause."),
    ])
}
