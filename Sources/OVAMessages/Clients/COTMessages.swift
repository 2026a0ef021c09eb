extension MessageSource {
  /// Common OVF Tool (COT).
  static let cot = MessageSource(
    id: "cot", title: "Common OVF Tool (COT)",
    messages: [
      ImporterMessage(
        "This file may have been tampered with!",
        also: ["The … checksum for file '…' is expected to be: … but is actually: …"],
        means: """
          A digest differs. COT also says it of SHA-256 in a package of OVF 1.x, which it compares \
          as SHA-1.
          """,
        rules: ["manifest-digest-mismatch", "manifest-algorithm-rare"]),
      ImporterMessage(
        "OVF file … found, but is not the first file in the TAR as it should be",
        means: "The descriptor is not the archive's first file.",
        rules: ["descriptor-not-first"]),
      ImporterMessage(
        "TAR file does not seem to contain any .ovf file",
        also: ["Could not untar file", "No files to untar", "is not a valid TAR file"],
        means: "The file is not a tar archive or has no descriptor.",
        rules: ["descriptor-missing", "upper-case-extension", "archive-not-tar"]),
      ImporterMessage(
        "Tar file contains malicious/unsafe file path '…'!",
        means: "A member's name leads out of the package.",
        rules: ["member-name-unsafe"]),
      ImporterMessage(
        "File has an Envelope but it is in unknown namespace '…'",
        also: ["expected top-level element Envelope but found … instead"],
        means: "The envelope's namespace is unknown, or the descriptor is something else.",
        rules: ["envelope-namespace-unknown", "descriptor-not-ovf"]),
      ImporterMessage(
        "OVF descriptor is invalid: Unknown profile(s) … for Item instance …",
        also: ["Data conflict for instance …"],
        means: """
          An Item belongs to a configuration that is not declared, or Items with one id contradict \
          each other.
          """,
        rules: ["configuration-undeclared", "instance-id-conflict", "instance-id-duplicate"]),
      ImporterMessage(
        "The manifest lists file '…' but the OVF descriptor does not reference it",
        also: [
          "The OVF descriptor references file '…' but the manifest does not list it",
          "The manifest does not list the OVF descriptor",
        ],
        means: "The manifest and the References do not list the same files.",
        rules: [
          "manifest-entry-without-file", "manifest-entry-missing", "manifest-descriptor-missing",
        ]),
      ImporterMessage(
        "Malformed OVF? Found Disk with fileRef … but no corresponding File with id …",
        means: "A Disk refers to a File that is not listed.",
        rules: ["disk-dangling-fileref"]),
      ImporterMessage(
        "Found disk Item … but no controller Item as its parent?",
        also: ["No parent controller for device?"],
        means: "A drive hangs on no controller.",
        rules: ["parent-dangling", "disk-without-parent"]),
      ImporterMessage(
        "Mandatory element <…> not found under <…>",
        also: ["Found multiple matching <…> children"],
        means: "A section is absent or there twice.",
        rules: [
          "content-missing", "references-missing", "hardware-missing", "section-duplicate",
          "hardware-alternatives-ambiguous",
        ]),
      ImporterMessage(
        "The size of file '…' is expected to be … bytes, but is actually … bytes",
        also: ["File '…' referenced in the OVF descriptor does not exist"],
        means: "A file is missing or has another size than declared.",
        rules: ["file-size-mismatch", "file-missing"]),
    ])
}
