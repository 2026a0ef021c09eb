import OVAPackage

extension Rule {
  /// A limit of reading was hit.
  static let limitExceeded = Rule(
    id: "limit-exceeded",
    group: .package,
    title: "The package is larger than anything that is read",
    severity: .error,
    version: 2,
    basis: .practice("the limits leave an order of magnitude above the largest real packages"),
    why:
      "Names, members and descriptors beyond all measure are how a file attacks whoever reads it. The "
      + "finding names the limit.",
    fix: "See that it comes from whom it should: no product writes such packages.",
    failures: [.limitExceeded],
    triggering: [
      Example(
        .ova, .content("web.ovf", .text(String(repeating: "<a>", count: 300))),
        caption: "elements nested 300 deep")
    ],
    passing: [.sound(.ova)]
  ) { _, _ in }
}
