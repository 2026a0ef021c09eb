extension MessageSource {
  /// Messages about the choices of a deployment, the upload and the hosts.
  static let vCenterOnDeployment: [ImporterMessage] = [
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
  ]
}
