import OVFXML

extension Rule {
  /// The rules on the descriptor's XML and envelope.
  static let descriptorRules: [Rule] = [
    .doctypePresent, .encodingNotKept, .prefixUndeclared, .namespaceFault, .trailingPadding,
    .unitNonstandard, .valueMalformed, .envelopeNamespaceUnknown, .attributeUnqualified,
    .elementNamespaceForeign, .envelopeVersion, .referencesMissing, .referencesDuplicate,
    .contentMissing, .contentDuplicate, .sectionMisplaced, .sectionDuplicate, .sectionInfoMissing,
    .sectionUnknown, .elementUnknown, .systemIDMissing, .systemIDDuplicate, .systemInfoMissing,
    .eulaLicenseMissing, .annotationTextMissing, .installDelayMissing, .operatingSystemIDMalformed,
    .stringsLanguageMissing, .stringsFileDangling, .stringsUnreadable, .bundleNotFirst,
    .messageDuplicate, .messageUnresolved, .networkNameMissing, .networkNameDuplicate,
    .optionIDMissing,
    .optionIDDuplicate, .optionDefaultDuplicate, .optionTextMissing, .configurationUndeclared,
    .startupItemDangling, .startupActionUnknown, .schemaViolation,
  ]
}
