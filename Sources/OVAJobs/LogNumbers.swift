package import Logging

extension Logger.MetadataValue {
  /// A number, which stays one in JSON log lines.
  package static func number(_ value: some BinaryInteger & Sendable) -> Logger.MetadataValue {
    .stringConvertible(Int64(clamping: value))
  }

  /// A length of time in seconds, to a hundred-thousandth.
  package static func seconds(_ time: Duration) -> Logger.MetadataValue {
    let (seconds, attoseconds) = time.components
    let fine = (Double(attoseconds) / 1e13).rounded() / 1e5
    return .stringConvertible(Double(seconds) + fine)
  }
}
