import OVFXML

extension Rule {
  /// The rules on the descriptor's XML and envelope.
  static let descriptorRules: [Rule] = [
    .descriptorMalformed, .descriptorNotOVF, .doctypePresent, .encodingNotKept, .encodingRare,
    .prefixUndeclared,
    .namespaceFault, .trailingPadding,
    .unitNonstandard, .valueMalformed, .envelopeNamespaceUnknown, .attributeUnqualified,
    .elementNamespaceForeign, .envelopeVersion, .referencesMissing, .referencesDuplicate,
    .contentMissing, .contentDuplicate, .machineCollection, .envelopeOrder, .sectionMisplaced,
    .sectionDuplicate,
    .sectionInfoMissing, .sectionInfoNotFirst,
    .sectionUnknown, .elementUnknown, .elementMisplaced, .systemIDMissing, .systemIDDuplicate,
    .systemNameRestricted,
    .systemInfoMissing,
    .eulaLicenseMissing, .eulaLicenseEmpty, .annotationTooLong, .annotationTextMissing,
    .installDelayMissing, .operatingSystemIDMalformed,
    .stringsLanguageMissing, .stringsFileDangling, .stringsUnreadable, .bundleNotFirst,
    .messageIDMissing, .messageDuplicate, .messageUnresolved, .networkNameMissing,
    .networkNameDuplicate,
    .optionMissing, .optionIDMissing,
    .optionIDDuplicate, .optionDefaultDuplicate, .optionTextMissing, .configurationUndeclared,
    .startupItemDangling, .startupOrderMissing, .startupActionUnknown, .schemaViolation,
    .machineOrder,
  ]
}
