extension MessageSource {
  /// VirtualBox.
  static let virtualBox = MessageSource(
    id: "virtualbox", title: "VirtualBox",
    messages: virtualBoxOnDescriptors + virtualBoxOnPackages + virtualBoxOnMachines)

  /// The messages about the descriptor.
  private static let virtualBoxOnDescriptors: [ImporterMessage] = [
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
  ]
}
