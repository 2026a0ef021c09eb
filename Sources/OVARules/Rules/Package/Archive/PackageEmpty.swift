import OVAPackage

extension Rule {
  /// The file has no bytes.
  static let packageEmpty = Rule(
    id: "package-empty",
    group: .package,
    title: "The file is empty",
    severity: .error,
    basis: .clause("DSP0243 5.3"),
    why:
      "An empty file is what is left of a transfer that never began, or of a disk that was full.",
    fix: "Get the package again from its producer.",
    failures: [.empty],
    triggering: [
      Example(.ova, .archive(.replaced(by: [])))
    ],
    passing: [.sound(.ova)]
  ) { _, _ in }
}
