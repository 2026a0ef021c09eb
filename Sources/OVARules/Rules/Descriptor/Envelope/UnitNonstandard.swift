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
    version: 2,
    basis: .clause("DSP0004 Annex C"),
    why: "Units are programmatic units such as `byte * 2^20`. Spellings like `byte * 2 ^ 20` are "
      + "read as single bytes by some products and refused by others. The words from before the "
      + "standard, such as `MegaBytes`, are an info: they are read alike almost everywhere.",
    fix: "Write a programmatic unit, such as `byte * 2^20` or `hertz * 10^6`, without blanks "
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
    let uses = checked.descriptorDiagnostics { kind in
      if case .nonstandardUnit(let text) = kind { return text }
      return nil
    }
    for (use, count) in uses.counted(by: \.value) {
      let programmatic = (try? ProgrammaticUnit.parse(use.value).get())?.programmaticText
      // A word has neither a factor nor a power.
      let isWord = use.value.unicodeScalars.allSatisfy(\.properties.isAlphabetic)
      findings.add(
        "the unit '\(use.value)' is not a programmatic unit\(times(count))", at: use.place,
        expected: programmatic, found: use.value, severity: isWord ? .info : nil,
        fix: programmatic.map { "Write `\($0)`." })
    }
  }
}
