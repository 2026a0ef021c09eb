extension Rule {
  /// The rules on disks: the descriptor's disk section, and the disks' own bytes.
  static let diskRules: [Rule] = [
    .diskMissingID, .diskDuplicateID, .diskDanglingFileReference, .diskEmptyFileReference,
    .diskDuplicateFileReference, .diskDanglingParent, .diskParentCycle, .diskUnused,
    .diskUsedTwice,
    .diskMissingCapacity, .diskBadCapacity, .diskZeroCapacity, .diskUnresolvedCapacity,
    .diskBadPopulatedSize, .diskPopulatedExceedsCapacity, .diskMissingFormat, .diskUnknownFormat,
    .diskCapacityTooSmall, .diskCapacityTooLarge, .diskCapacityIsFileSize,
    .diskNotVMDK, .diskTruncated, .diskHeaderDamaged, .diskFooterDamaged, .diskTextModeDamage,
    .diskVersionOld, .diskUnclean, .diskTablesDamaged, .diskGrainDamaged, .diskTrailingData,
    .diskDescriptorMalformed, .diskDescriptorUnusual, .diskPopulatedDiffers, .diskExtentOutside,
    .diskExtentMissing, .diskExtentUnlisted, .diskEncrypted, .diskTypeRefused, .diskBlank,
    .imageDamaged,
    .blankDiskAttributes, .diskOrder, .diskParentUndeclared, .diskFormatMismatch,
    .diskAdapterMismatch, .diskDigestAmbiguous,
  ]
}
