extension PackageRow {
  /// The findings of a package, with the one that the machine could not read it first: no rule has
  /// looked at such a package, or not lately.
  public var toldFindings: [FindingRow] {
    guard state == .unreadable else { return findings }
    return [
      FindingRow.unreadable(file: record.name, detail: stateDetail)
    ] + findings
  }
}

extension FindingRow {
  /// The rule id of the finding on a package that could not be read.
  public static let unreadableRule = "package-unreadable"

  /// Makes a finding of the reason why a package could not be read.
  /// - Parameter detail: a state's detail: the reason, and behind it in parentheses what to do.
  public static func unreadable(file: String, detail: String?) -> FindingRow {
    let (reason, fix) = parts(of: detail ?? "it could not be read")
    return FindingRow(
      rule: unreadableRule, severity: "error", file: file, message: reason, fix: fix)
  }

  /// A reason and what stands behind it in parentheses, which may hold others.
  private static func parts(of detail: String) -> (reason: String, fix: String?) {
    let bytes = Array(detail.utf8)
    guard bytes.last == UInt8(ascii: ")") else { return (detail, nil) }
    var depth = 0
    for index in bytes.indices.reversed() {
      if bytes[index] == UInt8(ascii: ")") { depth += 1 }
      if bytes[index] == UInt8(ascii: "(") { depth -= 1 }
      guard depth == 0 else { continue }
      guard index > 1, bytes[index - 1] == UInt8(ascii: " ") else { return (detail, nil) }
      return (
        String(decoding: bytes[..<(index - 1)], as: UTF8.self),
        String(decoding: bytes[(index + 1)...].dropLast(), as: UTF8.self)
      )
    }
    return (detail, nil)
  }
}
