// Checks every package below a folder and prints what is wrong: check-folder FOLDER
//
// Ends with 1 where a package has an error, and with 2 where it was called wrongly.
import Foundation
import OVAKit

guard CommandLine.arguments.count == 2,
  let files = FileManager.default.enumerator(atPath: CommandLine.arguments[1])
else {
  print("usage: check-folder FOLDER")
  exit(2)
}
let folder = CommandLine.arguments[1]
var isSound = true
for path in files.compactMap({ $0 as? String }).filter({ $0.hasSuffix(".ova") }).sorted() {
  do {
    let check = try await Package.check("\(folder)/\(path)")
    print("\(path): \(check.passes ? "passes" : "fails"), \(check.findings.count) findings")
    for finding in check.findings where finding.severity > .info {
      print("  \(finding.severity): \(finding.message) (\(finding.rule))")
      print("    fix: \(finding.fix)")
    }
    isSound = isSound && check.passes
  } catch {
    print(error)
    isSound = false
  }
}
exit(isSound ? 0 : 1)
