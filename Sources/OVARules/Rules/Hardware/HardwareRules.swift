extension Rule {
  /// The rules on virtual hardware.
  static let hardwareRules: [Rule] = [
    .hardwareMissing, .hardwareAlternativesAmbiguous, .systemChildMissing, .familyVirtualBoxOnly,
    .familyListSeparator,
    .familyRecent, .itemInstanceIDMissing, .itemNameMissing, .itemTypeMissing,
    .itemValueMalformed, .itemKindNew, .quantityMissing, .memoryUnitsMissing, .processorMissing,
    .memoryMissing, .memorySeveral, .instanceIDDuplicate, .instanceIDConflict, .parentDangling,
    .parentNotController, .parentCycle, .slotTakenTwice, .hostResourceMalformed,
    .hostResourceDangling, .hostResourceSeveral, .diskWithoutBacking, .diskWithoutParent,
    .rangeWithoutNormal,
    .rangeEndDuplicate, .rangeNormalDuplicate, .rangeOutOfOrder, .reservationAboveLimit,
    .networkUndeclared,
    .networkUnused, .networkOfTheHost, .macAddressMalformed, .macAddressDuplicate,
    .ideControllerSubtype, .storageSubtypeUnknown, .coresPerSocketUneven, .soundCardRequired,
    .deviceFamilyTooOld, .familyLimitExceeded, .firmwareFamilyTooOld, .secureBootWithoutEFI,
    .guestTypeUnknown, .guestNewerThanFamily, .guestContradiction, .guestNotTold, .itemTypeUnknown,
    .settingRequired, .settingUnknown,
    .extraConfigRefused, .extraConfigPresent,
    .nvramDangling, .nvramMissing, .nvramFileRecent, .nvramPathAbsolute,
    .virtualBoxDiskUnmatched, .machineEncrypted,
    .itemChildOrder,
    .slotOutOfRange, .controllerOutOfRange, .controllerAddressDuplicate, .deviceRequiredRare,
    .guestControllerUnsupported, .scsiSubtypeUnknown, .networkSubtypeUnknown, .tpmWithoutEFI,
    .familyNeverESXi, .familyNotVMware, .familyMissing, .driveImageMissing,
  ]
}
