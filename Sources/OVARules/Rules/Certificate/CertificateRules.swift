extension Rule {
  /// The rules on certificates and signatures.
  static let certificateRules: [Rule] = [
    .certificateWithoutManifest, .signatureUnreadable, .certificateUnreadable,
    .privateKeyIncluded, .signatureInvalid, .signatureManifestName, .signatureLineForm,
    .signatureUnsupportedKey, .signatureWeakDigest, .certificateWeakKey, .certificateSelfSigned,
    .certificateUntrusted, .certificateExpired, .certificateNotYetValid, .certificateExpiresSoon,
    .cmsSignatureInvalid, .cmsSignatureUnverified,
  ]
}
