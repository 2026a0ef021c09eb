import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A unit in a spelling that the standard does not know.
  static let unitNonstandard = Rule(
    id: "unit-nonstandard",
    group: .descriptor,
    title: "A unit is not written as the standard does",
    severity: .warning,
    basis: .clause("DSP0004 Annex C"),
    why: "Units are programmatic units such as `byte * 2^20`. Old words like `MegaBytes` and other "
      + "spellings are read as a million, as 2^20 or as single bytes, depending on the product.",
    fix: "Write `byte * 2^10`, `byte * 2^20`, `byte * 2^30` or `hertz * 10^6`, without blanks "
      + "around `^`.",
    triggering: [
      Example(
        replacing: "<rasd:AllocationUnits>byte * 2^20", with: "<rasd:AllocationUnits>MegaBytes"),
      Example(
        replacing: #"capacityAllocationUnits="byte * 2^20""#,
        with: #"capacityAllocationUnits="byte * 2 ^ 20""#),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "<rasd:AllocationUnits>byte * 2^20", with: "<rasd:AllocationUnits>byte*2^20",
        documented: false),
      Example(
        replacing: "<rasd:AllocationUnits>hertz * 10^6", with: "<rasd:AllocationUnits>MegaHertz",
        caption: "nothing hangs on the unit of a number of processors"),
    ]
  ) { checked, findings in
    let uses = checked.observed { kind in
      if case .nonstandardUnit(let text) = kind { return text }
      return nil
    }
    for (use, count) in uses.counted(by: \.value) {
      findings.add(
        "the unit '\(use.value)' is not a programmatic unit\(times(count))", at: use.place,
        found: use.value)
    }
  }
}
