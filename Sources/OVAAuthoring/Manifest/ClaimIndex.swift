import OVAIntegrity

/// Digests that a manifest claims, found by those that files have: of many lines and many files not
/// each is compared with each.
struct ClaimIndex {
  private let claims: [DigestClaim]
  /// The claims by their first digits and by their last, as many as a claim needs to prove anything.
  private var places: [Substring: [Int]] = [:]
  /// The answers so far: many files may have the same bytes.
  private var known: [[DigestValue]: Bool] = [:]

  init(_ claims: [DigestClaim]) {
    self.claims = claims
    for (index, claim) in claims.enumerated() {
      for part in Self.parts(of: claim.digits) { places[part, default: []].append(index) }
    }
  }

  /// Returns whether one of the claims is a digest of a file with these digests.
  mutating func hasOne(of digests: [DigestValue]) -> Bool {
    if let result = known[digests] { return result }
    let result = digests.contains { digest in
      Self.parts(of: digest.hex).contains { part in
        (places[part] ?? []).contains { index in
          if case .fits = claims[index].verdict(on: digests) { true } else { false }
        }
      }
    }
    known[digests] = result
    return result
  }

  /// The ends of a row of digits; none where it has too few to prove anything.
  private static func parts(of digits: String) -> Set<Substring> {
    guard digits.utf8.count >= DigestClaim.leastDigits else { return [] }
    return [digits.prefix(DigestClaim.leastDigits), digits.suffix(DigestClaim.leastDigits)]
  }
}
