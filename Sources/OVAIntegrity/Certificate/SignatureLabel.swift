/// The label of a signature: a digest's name, with which tools put the name of the key.
///
/// `openssl dgst -sign` prints `RSA-SHA256(x)= ` up to 1.1, `RSA-SHA2-256(x)= ` since 3.0, and `EC-`
/// for keys on elliptic curves; `RSA-PSS-SHA2-256(x)= ` is for keys that pad by PSS.
struct SignatureLabel {
  let algorithm: DigestAlgorithm
  /// True if the label names the key's kind, too.
  let namesKey: Bool
  /// True if the label says that the signature is padded by PSS instead of PKCS#1 v1.5.
  let isPSS: Bool

  /// Reads a label; nil for algorithms that no manifest is signed with.
  init?(_ text: String) {
    let upper = text.uppercased()
    if let plain = DigestAlgorithm(spelled: upper) {
      algorithm = plain
      namesKey = false
      isPSS = false
      return
    }
    isPSS = upper.contains("PSS")
    for prefix in Self.prefixes where upper.hasPrefix(prefix) {
      if let found = DigestAlgorithm(spelled: String(upper.dropFirst(prefix.count))) {
        algorithm = found
        namesKey = true
        return
      }
    }
    for suffix in Self.suffixes where upper.hasSuffix(suffix) {
      if let found = DigestAlgorithm(spelled: String(upper.dropLast(suffix.count))) {
        algorithm = found
        namesKey = true
        return
      }
    }
    return nil
  }

  private static let prefixes = [
    "RSA-PSS-", "RSASSA-PSS-", "RSASSAPSS-", "RSA-", "EC-", "ECDSA-", "RSAENCRYPTION-",
    "ID-ECPUBLICKEY-", "ECDSA-WITH-",
  ]
  private static let suffixes = [
    "WITHRSA", "WITHRSAENCRYPTION", "WITHECDSA", "-RSA", "-ECDSA", "-WITH-RSA", "-WITH-ECDSA",
  ]
}
