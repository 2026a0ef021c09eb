import Glibc
public import OVAIntegrity

/// The certificates and the time that a package's signer is judged by.
public struct SignatureJudgment: Sendable {
  /// The authorities that are trusted to vouch for a signer.
  public var trust: TrustRoots
  /// The moment at which dates are judged, in seconds since 1970.
  public var date: Int64
  /// The number of days before its end from which on a certificate counts as expiring soon.
  public var soonDays: Int

  /// Judges by what the operating system trusts and at this moment, unless set otherwise.
  public init(trust: TrustRoots = .system, date: Int64? = nil, soonDays: Int = 30) {
    self.trust = trust
    self.date = date ?? Int64(time(nil))
    self.soonDays = soonDays
  }
}
