import ArgumentParser
import OVABasics
import OVAReport
import SystemPackage

/// A format as it is asked for, with the file that it goes to: `json`, `sarif=report.sarif`.
struct RequestedFormat: ExpressibleByArgument, Hashable {
  let format: CheckFormat
  /// The file; nil for standard output, or for the file of `--output`.
  let path: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let format = parts.first.flatMap({ CheckFormat(rawValue: String($0)) }) else {
      return nil
    }
    self.format = format
    path = parts.count > 1 ? ProcessArguments.pathText(String(parts[1])) : nil
    if path?.isEmpty == true { return nil }
  }

  static let allValueStrings = CheckFormat.allCases.map(\.rawValue)
}

/// Options on the formats of a report, and on where each goes.
struct FormatOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "text for people, concise for a line each; json, ndjson, sarif, junit, github, gitlab, "
        + "markdown or html. May be repeated: with '=FILE' the format goes to that file, and one "
        + "without goes to standard output.", valueName: "format[=file]"),
    completion: .list(RequestedFormat.allValueStrings))
  var requested: [RequestedFormat] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: FilePath?

  /// A report that is to be written.
  struct Destination: Hashable {
    let format: CheckFormat
    /// The file; nil for standard output.
    let path: String?
  }

  func validate() throws { _ = try destinations() }

  /// Returns the fault of formats that are given together; nil for none.
  static func fault(of arguments: [String]) -> String? {
    do {
      _ = try FormatOptions.parse(arguments)
      return nil
    } catch {
      return message(for: error)
    }
  }

  /// True if some report goes to a file.
  var hasFiles: Bool { (try? destinations().contains { $0.path != nil }) ?? false }

  /// The format of what goes to standard output; nil when all goes to files.
  var shown: CheckFormat? { (try? destinations())?.first { $0.path == nil }?.format }

  /// The reports that are to be written. Where only files are named, people still read text.
  func destinations() throws -> [Destination] {
    let named = requested.filter { $0.path != nil && $0.path != "-" }
    var other = requested.filter { $0.path == nil || $0.path == "-" }
    if other.count > 1 {
      let names = other.map(\.format.rawValue).joined(separator: "' and '")
      throw ValidationError(
        "--format '\(names)' would both go to standard output; name a file for one: "
          + "--format \(other[0].format.rawValue)=FILE.")
    }
    let file = output.flatMap { $0 == "-" ? nil : $0.text }
    if file != nil, other.first?.path == "-" {
      throw ValidationError("--output goes with a format that names no place of its own.")
    }
    if other.isEmpty, let text = RequestedFormat(argument: CheckFormat.text.rawValue) {
      other = [text]
    }
    let all =
      named.map { Destination(format: $0.format, path: $0.path) }
      + other.map { Destination(format: $0.format, path: file) }
    let paths = all.compactMap(\.path)
    for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
      throw ValidationError("'\(path.forDisplay)' is named for two reports.")
    }
    return all
  }
}
