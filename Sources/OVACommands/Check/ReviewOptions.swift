import ArgumentParser
import OVABasics
import OVAPolicy
import OVARules
import SystemPackage

/// Options on what is reported of findings.
struct ReviewOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report only these: rules, groups, targets or their conditions, or patterns such as "
        + "'manifest-*'; commas between several. May be repeated.", valueName: "names"),
    transform: NameList.init)
  var select: [NameList] = []

  @Option(
    help: ArgumentHelp(
      "Leave these out, of what is selected. May be repeated.", valueName: "names"),
    transform: NameList.init)
  var ignore: [NameList] = []

  @Option(
    help: ArgumentHelp(
      "Give findings of a rule or group another severity: manifest-absent=error. May be repeated.",
      valueName: "rule=severity"),
    transform: SeverityList.init)
  var severity: [SeverityList] = []

  @Option(
    help: ArgumentHelp(
      "Accept the findings that this file lists, and look for no other; without it the nearest "
        + ".ovaignore.yaml from the working folder upward.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var ignoreFile: FilePath?

  @Option(
    help: ArgumentHelp(
      "Leave out the findings that are in this baseline.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var baseline: FilePath?

  @Option(
    help: ArgumentHelp(
      "Write what is found now to this baseline, to be left out from now on.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var writeBaseline: FilePath?

  @Flag(help: "Show also what is suppressed, and why.")
  var showSuppressed = false

  /// Names of rules, groups and targets with commas between them.
  struct NameList {
    let names: [RuleName]

    init(_ text: String) throws {
      names = try text.split(separator: ",").map { part in
        do throws(RuleName.Fault) {
          return try RuleName(String(part).trimmingBlanks)
        } catch {
          throw ValidationError(error.reason)
        }
      }
      if names.isEmpty { throw ValidationError("no name is given") }
    }
  }

  /// Severities of rules with commas between them.
  struct SeverityList {
    let overrides: [SeverityOverrides.Override]

    init(_ text: String) throws {
      overrides = try text.split(separator: ",").map { part in
        let sides = part.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let severity = Severity(rawValue: String(sides[1]).trimmingBlanks)
        else {
          throw ValidationError(
            "'\(String(part).forDisplay)' is not of the form RULE=SEVERITY with error, warning or info"
          )
        }
        let name = try NameList(String(sides[0])).names[0]
        guard name.isAboutRules else {
          throw ValidationError(
            "'\(name.text)' has no severity of its own: what it means for a target decides")
        }
        return SeverityOverrides.Override(name, severity)
      }
    }
  }

  func validate() throws {
    if baseline != nil, baseline == writeBaseline {
      throw ValidationError("--baseline and --write-baseline name the same file.")
    }
  }
}
