extension Rule {
  /// The rules on the sections that version 2 added.
  static let additionalSectionRules: [Rule] = [
    .sectionNewerVersion, .environmentFileDangling, .environmentFilePathUnusable,
    .environmentFileDuplicate, .bootConfigurationMissing, .bootConfigurationDuplicate,
    .sharedDiskMissing, .scaleOutCountMissing, .scaleOutOutOfOrder, .scaleOutDangling,
    .scaleOutDuplicate, .placementGroupIncomplete, .placementGroupDuplicate,
    .placementPolicyUnknown, .placementGroupDangling, .encryptionKeyMissing,
    .encryptionReferenceDangling, .partEncrypted, .messageFileDangling, .vServiceDependency,
    .bootOrderUnusable,
    .storagePolicySection,
  ]
}
