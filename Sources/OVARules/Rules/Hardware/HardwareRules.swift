extension Rule {
  /// The rules on virtual hardware.
  static let hardwareRules: [Rule] = [
    .hardwareMissing, .hardwareAlternativesAmbiguous, .systemChildMissing, .familyVirtualBoxOnly,
    .familyRecent, .itemInstanceIDMissing, .itemNameMissing, .itemTypeMissing,
    .itemValueMalformed, .itemKindNew, .quantityMissing, .memoryUnitsMissing, .processorMissing,
    .memoryMissing, .memorySeveral, .instanceIDDuplicate, .instanceIDConflict, .parentDangling,
    .parentNotController, .parentCycle, .slotTakenTwice, .hostResourceMalformed,
    .hostResourceDangling, .diskWithoutBacking, .diskWithoutParent, .rangeWithoutNormal,
    .rangeEndDuplicate, .rangeOutOfOrder, .reservationAboveLimit, .networkUndeclared,
    .networkUnused, .networkOfTheHost, .ideControllerSubtype, .soundCardRequired,
    .nvmeFamilyTooOld, .settingRequired,
    .nvramDangling, .nvramPathAbsolute,
  ]
}
