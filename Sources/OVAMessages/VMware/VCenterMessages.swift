extension MessageSource {
  /// vCenter and the vSphere Client 6.5 and later.
  static let vCenter = MessageSource(
    id: "vcenter", title: "vCenter and the vSphere Client 6.5 and later",
    messages: [
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
      ImporterMessage(
        "A specified parameter was not correct: ovfSection.info.key",
        also: ["ovfSection.info.key"],
        means: """
          The package names several storage policies of its origin (vmw:StorageGroupSection), \
          which clients built on govmomi, such as Terraform and Packer, send without the first \
          key.
          """,
        rules: ["storage-policy-section"]),
      ImporterMessage(
        "A specified parameter was not correct: cisp.deploymentOption",
        also: ["cisp.deploymentOption"],
        role: .elsewhere,
        means: """
          A deployment option was chosen that the server does not know; a host without vCenter \
          knows none.
          """,
        fix: "Choose an option that the package declares, or import through vCenter.",
        rules: ["option-missing", "configuration-undeclared"]),
      ImporterMessage(
        "A specified parameter was not correct: spec",
        also: ["Required parameter spec is missing"],
        role: .frame,
        means: "The server refused the descriptor and the client did not show why."),
      ImporterMessage(
        "Failed to deploy OVF package",
        also: ["OVF Deployment Failed"],
        translated: ["Échec du déploiement du package OVF"],
        role: .frame,
        means: "It only introduces the cause."),
      ImporterMessage(
        "The task was canceled by a user",
        also: ["The request was aborted: The request was canceled"],
        translated: ["Cette tâche a été annulée par un utilisateur"],
        means: """
          It names no cause. Seen with an image that a CD drive expects, an expired certificate, a \
          wrong file size, and failures of the network.
          """,
        rules: [
          "drive-image-missing", "certificate-expired", "file-size-mismatch", "disk-truncated",
        ]),
      ImporterMessage(
        "File ds:///… was not found",
        also: ["_deviceImage-0.iso"],
        means: """
          A CD drive expects an image that the package does not hold; an installer was mounted \
          when the machine was exported.
          """,
        rules: ["drive-image-missing", "file-missing"]),
      ImporterMessage(
        "The OVF descriptor is not available",
        role: .elsewhere,
        means: """
          Mostly the client did not reach vCenter under the name that its certificate has. \
          Otherwise the archive has no descriptor where it is looked for.
          """,
        fix: "Use vCenter's full host name and trust its certificate, then import again.",
        rules: ["descriptor-in-folder", "upper-case-extension"]),
      ImporterMessage(
        "Property '…' must be configured for the VM to power on",
        means: "A property that users set has no value and may not be empty.",
        rules: ["property-without-value", "property-value-outside-qualifiers"]),
      ImporterMessage(
        "certificate is not trusted",
        also: ["Invalid certificate", "No certificate present"],
        means: """
          The signer's certificate is self-signed, has expired or comes from an unknown issuer, or \
          the signature cannot be read.
          """,
        rules: [
          "certificate-self-signed", "certificate-untrusted", "certificate-expired",
          "certificate-unreadable", "certificate-without-manifest",
        ]),
      ImporterMessage(
        "Specified library item is not an OVF",
        means: "An archive lies in a content library as a plain file.",
        fix: """
          Import the package into the library as an OVF template instead of uploading the .ova as \
          a file.
          """,
        rules: ["archive-name-not-ova"]),
      ImporterMessage(
        "Session has missing file(s)",
        means: "An NVRAM file was not uploaded or is not in the package.",
        rules: ["nvram-file-recent", "file-missing", "nvram-dangling"]),
      ImporterMessage(
        "Invalid configuration for device '…'.' for property 'VirtualVideoCard.videoRamSizeInKB'",
        also: ["VirtualVideoCard.videoRamSizeInKB"],
        means: """
          The machine has more video memory than the host gives: Workstation and Fusion write \
          256 MiB, and ESXi up to 7.0 gives 128 MiB.
          """,
        rules: ["video-memory-large"], conditions: ["vs-video-memory"]),
      ImporterMessage(
        "The specified object /…/nvram could not be found",
        also: ["The specified object /…/nvram was not found"],
        means: """
          The client of vCenter 6.5 does not load a package that has an NVRAM file; ovftool and \
          the host's own client do.
          """,
        fix: "Import with ovftool, or take the NVRAM file out.",
        rules: ["nvram-file-recent", "nvram-dangling", "file-missing"]),
      ImporterMessage(
        "Memory (RAM) size (…) is invalid",
        means: "The memory is not a multiple of 4 MiB, or below 4 MiB.",
        rules: ["memory-uneven", "memory-units-missing", "unit-mismatch", "quantity-zero"],
        conditions: ["vs-memory-uneven"]),
      ImporterMessage(
        "Access to resource settings on the host is restricted to the server that is managing it",
        role: .elsewhere,
        means: """
          The host is managed by a vCenter, and the package sets shares, a reservation or a limit, \
          which the host does not take from anybody else.
          """,
        fix: "Import through that vCenter."),
      ImporterMessage(
        "The provided network mapping between OVF networks and the system network is not supported",
        role: .elsewhere,
        means: """
          A network of the package was mapped to one that the chosen host does not have.
          """,
        fix: "Map the networks to networks of the host or cluster that the machine goes to."),
      ImporterMessage(
        "has no associated network protocol profile",
        also: ["Network '…' has no associated network protocol profile"],
        role: .elsewhere,
        means: """
          The package has an address of its network filled in by vCenter, and the chosen network \
          has no profile that gives one.
          """,
        fix: "Make a network protocol profile for the network, or give the addresses by hand."),
      ImporterMessage(
        "Invalid configuration for device '…'",
        also: ["Invalid Configuration for Device 0"],
        means: """
          It names no cause; 5 stands for an IDE controller. Seen with a CD drive on a SATA \
          controller, with drives in one place, and with networks.
          """,
        rules: ["device-family-too-old", "slot-taken-twice", "parent-not-controller"]),
      ImporterMessage(
        "…vmdk: Service Unavailable",
        role: .elsewhere,
        means: """
          The host did not take the upload; as far as is known that is not a fault of the package.
          """,
        fix: "Try again; look at the host's load and its time."),
      ImporterMessage(
        "lookup *: no such host",
        role: .elsewhere,
        means: """
          A host without vCenter gives `*` as the place to upload to, and the client does not \
          replace it by the host's name.
          """,
        fix: "Use a newer client, or import through vCenter."),
      ImporterMessage(
        "The operation is not allowed in the current state of the host",
        role: .elsewhere,
        means: "The host is in maintenance mode or not licensed for it.",
        fix: "Check the state of the host."),
    ])
}
