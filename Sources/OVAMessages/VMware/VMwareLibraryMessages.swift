extension MessageSource {
  /// VMware's OVF library (ovftool, ESXi, Workstation, Fusion, govc, Terraform, Ansible, Packer).
  static let vmwareLibrary = MessageSource(
    id: "vmware",
    title:
      "VMware's OVF library (ovftool, ESXi, Workstation, Fusion, govc, Terraform, Ansible, Packer)",
    messages: [
      ImporterMessage(
        "Unsupported hardware family 'vmx-…'",
        also: ["unsupported hardware family vmx-…"],
        means: """
          The package asks for one hardware family only, and the host does not run it: it is newer \
          than the host, or one that no ESXi release runs (vmx-05, vmx-06, vmx-12, vmx-16).
          """,
        rules: ["family-recent", "family-never-esxi"]),
      ImporterMessage(
        "Unsupported hardware family 'virtualbox-…'",
        means: "The package was exported by VirtualBox and names no hardware family of VMware.",
        rules: ["family-virtualbox-only"]),
      ImporterMessage(
        "Unsupported hardware family '…'",
        also: [
          "Unsupported hardware family 'xen-3.0-unknown'",
          "Unsupported hardware family 'hvm-3.0-unknown'",
          "Unsupported hardware family 'DMTF:xen:pv'", "Unsupported hardware family 'qemu'",
        ],
        means: """
          The hardware family belongs to another hypervisor, or several families are written with \
          commas that the reader does not take for separators.
          """,
        rules: ["family-not-vmware", "family-list-separator"]),
      ImporterMessage(
        "Missing child element 'VirtualHardwareSection'",
        means: """
          The machine has no hardware section, or none for a family that the host runs, as in an \
          export of VirtualBox.
          """,
        rules: ["hardware-missing", "family-virtualbox-only"]),
      ImporterMessage(
        "Unsupported element 'StorageItem'",
        also: ["Unsupported element 'EthernetPortItem'"],
        means: """
          The descriptor is OVF 2.0 and writes devices as StorageItem or EthernetPortItem, which \
          VMware's products do not read.
          """,
        rules: ["item-kind-new", "envelope-namespace-unknown"]),
      ImporterMessage(
        "Unsupported element 'Connection'",
        also: [
          "Unsupported element 'Reservation'", "Unsupported element 'Limit'",
          "Unsupported element 'Weight'", "Unsupported element 'Address'",
          "Unsupported element 'Parent'",
        ],
        means: """
          A child of an Item is legal but comes too late: the schema demands the children in \
          alphabetical order.
          """,
        rules: ["item-child-order", "schema-violation"]),
      ImporterMessage(
        "Unsupported element 'Caption'",
        also: [
          "Unsupported element 'InstanceId'", "Unsupported element 'ResourceType'",
          "Unsupported element 'VirtualQuantity'", "Unsupported element 'InstanceID'",
        ],
        means: """
          Items, or their children, are in the namespace of another version of OVF than the \
          envelope.
          """,
        rules: [
          "element-namespace-foreign", "envelope-namespace-unknown", "item-kind-new",
          "item-child-order",
        ]),
      ImporterMessage(
        "Unsupported element 'VirtualSystemOtherConfigurationData'",
        means: """
          The package was exported by XenServer or XCP-ng; their own elements are not marked as \
          optional.
          """,
        rules: ["element-unknown"]),
      ImporterMessage(
        "Unsupported element 'Property'",
        also: ["The OVF package requires support for OVF Properties"],
        role: .elsewhere,
        means: """
          The target is a host without vCenter, which does not take OVF properties. The package is \
          not at fault.
          """,
        fix: """
          Import through vCenter, or with a tool that injects the properties after the import.
          """),
      ImporterMessage(
        "Missing child element '…'",
        means: """
          A mandatory child of an Item, of System, of a section or of the envelope is absent.
          """,
        rules: [
          "item-instance-id-missing", "item-name-missing", "item-type-missing",
          "system-child-missing", "section-info-missing", "references-missing",
        ]),
      ImporterMessage(
        "Missing attribute 'type' on element 'Section'",
        means: """
          A Section of OVF 0.9 stands in an envelope of OVF 1.x, or the prefix of its type is not \
          declared.
          """,
        rules: ["element-namespace-foreign", "prefix-undeclared"]),
      ImporterMessage(
        "Missing attribute '…' on element '…'",
        also: ["OvfMissingAttribute"],
        means: "A mandatory attribute is absent.",
        rules: [
          "file-missing-id", "file-missing-href", "disk-missing-id", "disk-missing-capacity",
          "disk-missing-format", "network-name-missing", "property-key-missing",
          "property-type-missing", "option-id-missing", "system-id-missing",
        ]),
      ImporterMessage(
        "Unsupported section '…'",
        means: """
          A section is required that the target does not know, or it stands where the target does \
          not look for it.
          """,
        rules: ["section-unknown", "section-newer-version", "section-misplaced"]),
      ImporterMessage(
        "Duplicate element 'InstanceID'",
        also: ["Duplicate element '…'"],
        means: """
          Two Items of one configuration have the same instance id; or a section, or a child of a \
          section, is there twice.
          """,
        rules: [
          "instance-id-duplicate", "instance-id-conflict", "section-duplicate",
          "references-duplicate",
        ]),
      ImporterMessage(
        "Could not parse the document: '…'",
        also: ["not well-formed (invalid token)"],
        means: """
          The descriptor is not well-formed XML, is cut short, or is in another encoding than it \
          says. Clients that send something else in its place cause the same text.
          """,
        rules: [
          "descriptor-malformed", "encoding-not-kept", "trailing-padding", "prefix-undeclared",
        ]),
      ImporterMessage(
        "Invalid value '…' for element 'Connection'",
        means: """
          An adapter is connected to a network that the package does not declare. Most often the \
          network is declared and was not mapped to one of the host, which is not a fault of the \
          package.
          """,
        rules: ["network-undeclared", "network-of-the-host"]),
      ImporterMessage(
        "Host did not have any virtual network defined",
        role: .elsewhere,
        means: "No network was mapped, and the host has none of the package's name.",
        fix: "Map each network of the package to one of the host when importing.",
        rules: ["network-of-the-host"]),
      ImporterMessage(
        "Unable to parse '…' for attribute 'key' on element 'Config'",
        translated: ["Analysieren von „…“ für Attribut „key“ des Elements „Config“ nicht möglich"],
        means: """
          The machine has a vmw:Config setting that this vSphere does not know: an error where the \
          setting is required, a warning elsewhere.
          """,
        rules: ["setting-required", "setting-unknown"]),
      ImporterMessage(
        "Unsupported value '…' for attribute 'key' on element 'ExtraConfig'",
        means: "The machine has a required advanced setting that the target does not accept.",
        rules: ["extra-config-refused", "setting-required"]),
      ImporterMessage(
        "No support for the virtual hardware device type '35'",
        means: "The machine requires a sound card.",
        rules: ["sound-card-required"]),
      ImporterMessage(
        "No support for the virtual hardware device type '20'",
        means: """
          The hardware family or the target does not have a SATA or NVMe controller, or its \
          subtype is unknown.
          """,
        rules: ["device-family-too-old", "storage-subtype-unknown"]),
      ImporterMessage(
        "No support for the virtual hardware device type '…'",
        means: "The machine requires a device that the target cannot make.",
        rules: ["item-type-unknown", "device-required-rare"]),
      ImporterMessage(
        "Unsupported virtual hardware device '…'",
        also: [
          "Unsupported virtual hardware device 'AHCI'",
          "Unsupported virtual hardware device 'VirtualSCSI'",
          "Unsupported virtual hardware device 'PIIX4'",
        ],
        means: "The target does not make a controller of this subtype.",
        rules: [
          "storage-subtype-unknown", "ide-controller-subtype", "device-family-too-old",
          "scsi-subtype-unknown",
        ]),
      ImporterMessage(
        "No space left for device '…' on parent controller '…'",
        means: """
          A controller has more drives than places, or a drive has a place beyond the last. It \
          also follows from a controller that was refused before.
          """,
        rules: ["slot-out-of-range", "slot-taken-twice"]),
      ImporterMessage(
        "Invalid property value '…'",
        means: "A property's default is not a value of its type or is outside its range.",
        rules: ["property-value-invalid", "property-value-outside-qualifiers"]),
      ImporterMessage(
        "Invalid value '…' specified for property '…'",
        means: """
          A property's value is not of its type; booleans have to be written `true` or `false`.
          """,
        rules: ["property-value-invalid"]),
      ImporterMessage(
        "Not supported value \"…\" for attribute \"format\"",
        also: ["Unsupported value '…' for attribute 'format' on element 'Disk'"],
        means: """
          A Disk's format URI is unknown, or lacks the fragment that tells the kind of VMDK.
          """,
        rules: ["disk-unknown-format", "disk-missing-format"]),
      ImporterMessage(
        "compressed disks is currently not supported",
        also: ["OVF package with compressed disks is currently not supported for OVF import"],
        means: "A disk's file is compressed by gzip (`ovf:compression`).",
        rules: ["compression-gzip"]),
      ImporterMessage(
        "The guest operating system '…' is not supported",
        means: "The guest identifier is unknown to the host or newer than it.",
        rules: ["guest-newer-than-family", "guest-type-unknown"]),
      ImporterMessage(
        """
        The specified operating system identifier '…' (id: …) is not supported on the selected \
        host
        """,
        also: [
          "is not supported on the selected host. It will be mapped to the following OS identifier: '…'"
        ],
        means: """
          The package names the guest system by its CIM number only, or names one that this host \
          does not know.
          """,
        rules: ["guest-type-unknown", "guest-newer-than-family", "guest-not-told"]),
      ImporterMessage(
        """
        is not supported for the current virtual machine version '…'. A minimum version of '…' \
        is required
        """,
        means: """
          A device is newer than the machine's hardware family; NVMe, for example, needs vmx-13.
          """,
        rules: ["device-family-too-old"]),
      ImporterMessage(
        "Value '…' of element/attribute refers to nothing",
        also: ["OvfInvalidValueReference", "OvfHostResourceConstraint"],
        means: """
          A fileRef, HostResource, configuration or Parent leads to something that is not in the \
          descriptor.
          """,
        rules: [
          "disk-dangling-fileref", "host-resource-dangling", "configuration-undeclared",
          "parent-dangling", "nvram-dangling",
        ]),
      ImporterMessage(
        "OvfDiskOrderConstraint",
        means: """
          The disks of the DiskSection are not in the order in which the References list their \
          files.
          """,
        rules: ["disk-order"]),
      ImporterMessage(
        "OvfMissingElementNormalBoundary",
        also: ["OvfDuplicatedElementBoundary"],
        means: "A minimum or maximum has no normal value, or one of the three is there twice.",
        rules: ["range-without-normal", "range-end-duplicate", "range-normal-duplicate"]),
      ImporterMessage(
        "OvfDuplicatedPropertyIdImport",
        means: "Two properties that users may set have the same full name.",
        rules: ["property-key-duplicate", "product-duplicate"]),
      ImporterMessage(
        "OvfInvalidVmName",
        means: "The machine's name cannot be turned into a name that the target accepts.",
        rules: ["system-name-restricted"]),
      ImporterMessage(
        "OvfMissingHardware",
        means: "The machine has no processor or no memory Item.",
        rules: ["processor-missing", "memory-missing"]),
      ImporterMessage(
        "OvfWrongNamespace",
        means: "The envelope is in a namespace that the target does not know.",
        rules: ["envelope-namespace-unknown"]),
    ])
}
