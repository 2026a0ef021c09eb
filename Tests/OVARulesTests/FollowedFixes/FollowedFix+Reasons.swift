import OVARules

extension FollowedFix {
  /// The reasons why the fix of a rule is neither a command nor an edit of the package.
  static let reasons: [String: String] = [
    "package-empty": "get the file again from its producer",
    "limit-exceeded": "nothing in such a package is to be trusted",
    "member-size-unreadable": "get the file again from its producer",
    "member-truncated": "get the file again from its producer",
    "header-damaged": "get the file again from its producer",
    "header-truncated": "get the file again from its producer",
    "gzip-damaged": "get the file again from its producer",
    "disk-truncated": "get the disk again from its producer",
    "disk-header-damaged": "get the disk again from its producer",
    "disk-footer-damaged": "get the disk again from its producer",
    "disk-text-mode-damage": "get the disk again from its producer",
    "disk-tables-damaged": "get the disk again from its producer",
    "disk-grain-damaged": "get the disk again from its producer",
    "image-damaged": "get the image again from its producer",
    "disk-unclean": "the machine is shut down on the host that it was exported from",
    "disk-encrypted": "the key is on the host that the machine was exported from",
    "disk-extent-outside": "the files are the host's, and the package is not to be imported",
    "disk-extent-missing": "the disk's other files are on the host that it was exported from",
    "disk-type-refused": "the physical disk is in the host that the machine was exported from",
    "disk-parent-undeclared": "the parent is on the host that the machine was exported from",
    "disk-descriptor-unusual": "a disk that imports needs nothing",
    "content-missing": "the machine is exported again from its host",
    "item-kind-new": "the machine is exported again in another version by its host",
    "machine-encrypted": "the key is on the host that the machine was exported from",
    "nvram-missing": "the settings are on the host that the machine was exported from",
    "part-encrypted": "whether to publish in clear text is the publisher's decision",
    "vservice-dependency": "the provider is registered in the vCenter that deploys the machine",
    "extra-config-present": "what to keep is a decision of who knows the guest",
  ]
}
