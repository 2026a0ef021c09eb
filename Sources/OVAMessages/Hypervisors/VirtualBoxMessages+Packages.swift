extension MessageSource {
  /// The messages about the archive, the manifest and the certificate.
  static let virtualBoxOnPackages: [ImporterMessage] = [
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
  ]
}
