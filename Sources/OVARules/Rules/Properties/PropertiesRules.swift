extension Rule {
  /// The rules on products and their properties.
  static let propertyRules: [Rule] = [
    .propertyKeyMissing, .propertyKeyIllegal, .propertyKeyDuplicate, .propertyTypeMissing,
    .propertyTypeUnknown, .propertyQualifiersMalformed, .propertyValueInvalid,
    .propertyValueOutsideQualifiers, .passwordWithDefault, .productDuplicate, .iconFileDangling,
    .transportMissing, .transportMisspelled, .transportWithoutDrive, .propertyWithoutValue,
  ]
}
