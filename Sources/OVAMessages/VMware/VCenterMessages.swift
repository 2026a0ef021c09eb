extension MessageSource {
  /// vCenter and the vSphere Client 6.5 and later.
  static let vCenter = MessageSource(
    id: "vcenter", title: "vCenter and the vSphere Client 6.5 and later",
    messages: vCenterOnPackages + vCenterOnDeployment)

  /// Messages about the manifest, the certificate and the descriptor.
  private static let vCenterOnPackages: [ImporterMessage] = [
    ImporterMessage(
      "No supported hardware versions among […]; supported: […]",
      also: ["No supported hardware versions among […]"],
      means: "The target runs none of the hardware families that the package lists.",
      rules: [
        "family-recent", "family-virtualbox-only", "family-not-vmware", "family-never-esxi",
      ]),
    ImporterMessage(
      "Invalid OVF checksum algorithm: …",
      also: ["Invalid OVF checksum algorithm"],
      means: """
        The manifest names an algorithm that this release does not accept: SHA-1 is refused by \
        some releases from 6.7 on, SHA-256 by 6.0 and earlier; `SHA2-256` and a blank before the \
        parenthesis by all.
        """,
      rules: [
        "manifest-algorithm-label", "manifest-spacing", "manifest-weak-algorithm",
        "manifest-algorithm-unknown", "manifest-algorithm-rare",
      ]),
    ImporterMessage(
      "Invalid OVF manifest entry",
      translated: [
        "Entrada de manifiesto de OVF no válida", "voce del manifesto OVF non valida",
      ],
      means: """
        A line of the manifest is malformed, the descriptor is not listed, or the manifest lists \
        itself. The same text was seen where an IDE controller of VirtualBox was the cause.
        """,
      rules: [
        "manifest-line-malformed", "manifest-spacing", "manifest-descriptor-missing",
        "manifest-lists-itself", "manifest-digest-mismatch", "ide-controller-subtype",
      ]),
    ImporterMessage(
      "The checksum(s) from the provided manifest file do not match the content of file(s): …",
      also: [
        "invalid_manifest_checksum_mismatch",
        "The checksum(s) from the provided manifest file do not match",
      ],
      means: "A file was changed after the manifest was made, or zeros follow a streamed disk.",
      rules: ["manifest-digest-mismatch", "disk-digest-ambiguous"]),
    ImporterMessage(
      "The provided manifest file is invalid",
      role: .frame,
      means: "It only introduces the message behind it."),
    ImporterMessage(
      "The OVF package is invalid and cannot be deployed",
      role: .frame,
      means: """
        It says nothing by itself; mostly a manifest with SHA-256 digests was given to a client \
        of vSphere 6.0.
        """,
      rules: ["manifest-algorithm-rare", "manifest-line-malformed"]),
    ImporterMessage(
      "Unable to retrieve manifest or certificate file",
      means: """
        The manifest or the certificate stands late in the archive, is empty or has another base \
        name.
        """,
      rules: [
        "manifest-misplaced", "base-name", "manifest-unreadable", "certificate-unreadable",
      ]),
    ImporterMessage(
      "Value ''PIIX4'' of ResourceSubType element not found in []",
      also: [
        "Value ''PIIX3'' of ResourceSubType element not found in []",
        "Value ''ICH6'' of ResourceSubType element not found in []",
      ],
      means: """
        The IDE controller names the chip that VirtualBox emulates; vCenter accepts no subtype \
        there.
        """,
      rules: ["ide-controller-subtype"]),
    ImporterMessage(
      "Value ''…'' of ResourceSubType element not found in […]",
      also: ["of ResourceSubType element not found in"],
      means: """
        The guest system, with this hardware family, does not offer such a controller; the \
        subtype or the guest identifier is wrong.
        """,
      rules: [
        "guest-controller-unsupported", "storage-subtype-unknown", "scsi-subtype-unknown",
        "guest-type-unknown",
      ]),
    ImporterMessage(
      "Value ''…'' of Parent element does not refer to a ref of type DiskControllerReference",
      also: ["does not refer to a ref of type DiskControllerReference"],
      means: """
        A drive's parent is absent or is no controller. In all reports it followed from a \
        controller that an earlier line refuses: fix that one first.
        """,
      rules: [
        "parent-dangling", "parent-not-controller", "ide-controller-subtype",
        "storage-subtype-unknown",
      ]),
    ImporterMessage(
      "Undeclared namespace prefix \"…\"",
      also: [
        "PARSE_ERROR: Parse error: Undeclared namespace prefix \"…\"",
        "'…' is an undeclared namespace",
      ],
      means: "The descriptor uses a namespace prefix that it does not declare.",
      rules: ["prefix-undeclared"]),
    ImporterMessage(
      "PARSE_ERROR",
      means: "The descriptor is not well-formed XML; the text behind it says where.",
      rules: [
        "descriptor-malformed", "encoding-not-kept", "prefix-undeclared", "namespace-fault",
        "doctype-present", "trailing-padding",
      ]),
    ImporterMessage(
      "ATTRIBUTE_REQUIRED",
      means: "A mandatory attribute is absent.",
      rules: [
        "file-missing-id", "file-missing-href", "disk-missing-id", "disk-missing-capacity",
        "disk-missing-format", "property-key-missing", "property-type-missing",
        "network-name-missing", "option-id-missing", "system-id-missing",
      ]),
    ImporterMessage(
      "ATTRIBUTE_ILLEGAL",
      means: """
        An attribute is there that may not be: a disk without a file has a format, a parent or a \
        populated size.
        """,
      rules: ["blank-disk-attributes"]),
    ImporterMessage(
      "ELEMENT_REQUIRED",
      means: "A mandatory element is absent.",
      rules: [
        "references-missing", "content-missing", "hardware-missing", "section-info-missing",
        "system-info-missing", "item-instance-id-missing", "item-type-missing",
        "item-name-missing",
      ]),
    ImporterMessage(
      "ELEMENT_ILLEGAL",
      means: "An element stands where it may not, or is there twice.",
      rules: [
        "section-misplaced", "section-duplicate", "envelope-order", "references-duplicate",
        "content-duplicate", "section-info-not-first", "item-child-order", "element-misplaced",
      ]),
    ImporterMessage(
      "ELEMENT_UNKNOWN",
      means: "An element is unknown to vCenter.",
      rules: ["element-unknown", "item-kind-new", "element-namespace-foreign"]),
    ImporterMessage(
      "SECTION_UNKNOWN",
      means: "A section is required that vCenter does not know.",
      rules: ["section-unknown", "section-newer-version"]),
    ImporterMessage(
      "Issues detected with selected template",
      role: .frame,
      means: """
        It introduces a list with an entry for each fault; -1:-1 means that an entry has no \
        place.
        """),
  ]
}
