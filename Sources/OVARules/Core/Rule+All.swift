extension Rule {
  /// Every rule, in the order of the lists below.
  public static let all: [Rule] =
    packageRules + manifestRules + referenceRules + diskRules

  /// Rules on archives, folders and names.
  private static let packageRules: [Rule] = [.memberTruncated]

  /// Rules on manifests.
  private static let manifestRules: [Rule] = [
    .manifestDigestMismatch, .manifestEntryMissing, .manifestEntryWithoutFile,
  ]

  /// Rules on references and the files they name.
  private static let referenceRules: [Rule] = [
    .fileMissing, .fileSizeMismatch, .hrefUnsafe,
  ]

  /// Rules on the disks' own bytes.
  private static let diskRules: [Rule] = [.diskNotVMDK]

  /// The rule of that id.
  public static func named(_ id: String) -> Rule? { all.first { $0.id == id } }

  /// Ids that are no longer used, with the rule that took over.
  public static let retired: [String: String] = [:]
}
