extension MessageSource {
  /// XenCenter and XCP-ng Center.
  static let xenCenter = MessageSource(
    id: "xencenter", title: "XenCenter and XCP-ng Center",
    messages: [
      ImporterMessage(
        "Failed to find file … listed in the reference section",
        means: "A file is missing.",
        rules: ["file-missing"]),
      ImporterMessage(
        "File … has an unsupported extension",
        means: "A file's extension is none that XenCenter knows; that of an NVRAM file is not.",
        rules: ["nvram-file-recent", "disk-unknown-format"]),
      ImporterMessage(
        "Disk linkage (file to RASD) does not exist for …",
        means: "No device uses a file; NVRAM files and CD images are named, too.",
        rules: ["file-unreferenced", "disk-unused", "host-resource-dangling"]),
      ImporterMessage(
        "OVF version '…' is not supported",
        also: ["The OVF version is not set; assuming 1.0.0"],
        means: "The version attribute of the envelope is none that XenCenter knows.",
        rules: ["envelope-version"]),
      ImporterMessage(
        "Found unexpected virtual hardware type '…'",
        also: ["Unknown hardware type: … failing validation"],
        means: "The hardware family is not on XenCenter's list.",
        rules: ["family-recent", "family-not-vmware"]),
      ImporterMessage(
        "Processor quantity is invalid",
        also: ["Memory quantity is invalid"],
        means: "The number of processors or the memory's size is missing or zero.",
        rules: ["quantity-missing", "item-value-malformed"]),
      ImporterMessage(
        "Processor quantity … exceeds the limit of …",
        means: "There are more processors than the Item's Limit allows.",
        rules: ["range-out-of-order", "reservation-above-limit"]),
      ImporterMessage(
        "Memory allocation unit is invalid",
        means: "The memory has no unit.",
        rules: ["memory-units-missing", "unit-nonstandard"]),
      ImporterMessage(
        "Memory has an empty InstanceID, creating a new one",
        means: "The memory Item has no instance id.",
        rules: ["item-instance-id-missing"]),
      ImporterMessage(
        "A network is not connected to a device",
        means: "Adapters and networks do not agree.",
        rules: ["network-undeclared", "network-unused"]),
      ImporterMessage(
        "A required resource with id … and name … was not recognized",
        means: "The machine requires a device that XenCenter cannot make.",
        rules: ["item-type-unknown", "sound-card-required", "device-required-rare"]),
      ImporterMessage(
        "OVF descriptor does not comply with the OVF XML schema",
        means: "The descriptor breaks the schema.",
        rules: ["schema-violation", "item-child-order"]),
      ImporterMessage(
        "This appliance does not contain a valid OVF file",
        also: [
          "Failed to deserialize OVF descriptor", "OVF envelope is invalid",
          "The selected file is not a valid appliance file",
        ],
        means: "The descriptor is missing or cannot be read.",
        rules: [
          "descriptor-missing", "descriptor-malformed", "descriptor-not-ovf", "content-missing",
        ]),
      ImporterMessage(
        "OVF envelope item type '…' is not recognized",
        means: "The envelope has neither a machine nor a collection.",
        rules: ["content-missing"]),
      ImporterMessage(
        "The appliance contains a file that is not listed in the manifest",
        means: "A file has no entry in the manifest.",
        rules: ["manifest-entry-missing", "manifest-descriptor-missing", "foreign-member"]),
      ImporterMessage(
        "One or more of the files listed in the manifest are missing from the appliance",
        means: "The manifest lists a file that is not there.",
        rules: ["manifest-entry-without-file"]),
      ImporterMessage(
        "The file … does not match the original",
        also: ["Verifying manifest failed", "Verifying signature failed"],
        means: "A digest or the signature does not fit.",
        rules: ["manifest-digest-mismatch", "signature-invalid"]),
      ImporterMessage(
        "… is not a valid hash algorithm",
        also: ["contains an invalid hexadecimal number"],
        means: "An algorithm or a digest in the manifest is malformed.",
        rules: [
          "manifest-algorithm-unknown", "manifest-algorithm-label", "manifest-line-malformed",
        ]),
      ImporterMessage(
        "Could not find the appliance certificate. The file is missing.",
        also: ["Certificate is invalid"],
        means: """
          The certificate cannot be read, has expired or has another base name than the \
          descriptor's.
          """,
        rules: ["certificate-unreadable", "certificate-expired", "base-name"]),
      ImporterMessage(
        "Compression method … is not supported",
        also: ["Uncompressed OVA file does not have an ova extension"],
        means: """
          A file's compression is unknown, or a compressed archive has another extension than \
          .ova.gz.
          """,
        rules: ["compression-unknown", "archive-name-not-ova"]),
      ImporterMessage(
        "Failed to get next file in OVA",
        means: "The archive is damaged; early releases also fail with very large members.",
        rules: ["header-damaged", "member-truncated", "tar-pax"]),
      ImporterMessage(
        "Failed to find the virtual hardware section",
        also: [
          "Failed to find the disk section", "Failed to find the references section",
          "Failed to find the virtual system",
        ],
        means: "A section is absent.",
        rules: ["hardware-missing", "references-missing", "content-missing"]),
      ImporterMessage(
        "Device number … is less than zero or greater than 15",
        means: "A drive has a place that its controller does not have.",
        rules: ["slot-out-of-range", "item-value-malformed"]),
    ])
}
