import ArgumentParser
import OVABasics
import OVAByteSource
import OVAMessages
import OVAPackage
import OVAPolicy
import OVAReport
import OVARules
import OVATargets
import SystemPackage

/// `ova explain`: a rule's page, or what an importer's message means.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a rule, or a message that an importer printed.",
    discussion: """
      An id gives the rule's page: what is checked, why it matters, how to fix it, examples; the \
      key of a target's condition, such as 'vb-pax', gives that condition's. \
      Anything else is looked for among the messages of importers, whole or in part, with what \
      stands around it: each message found is given with its meaning, the fix and the rules that \
      find its cause. Exit code 1 says that no known message is in the text.

      Examples:
        ova explain manifest-digest-mismatch
        ova explain "Line 25: Unsupported hardware family 'vmx-21'."
        ova explain - < import.log
        ova explain - --package web.ova < import.log
        ova explain --messages virtualbox
        ova explain vb-pax
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(
    help: ArgumentHelp(
      "The id that a finding carries, a message, or '-' for a text on standard input.",
      valueName: "text"),
    completion: .list(Rule.listed.map(\.id)))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "List the messages that are known of a product, or 'all'.", valueName: "product"),
    completion: .list(["all"] + MessageSource.all.map(\.id)),
    transform: ExplainCommand.sources(named:))
  var messages: [MessageSource]?

  @Option(
    help: ArgumentHelp(
      "Check this package, and show what the rules find that the message leads to.",
      valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var package: FilePath?

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    if messages != nil {
      if !words.isEmpty || package != nil {
        throw ValidationError("--messages goes without a text and without --package.")
      }
    } else if words.isEmpty {
      throw ValidationError("Give a rule's id, a message, or '-' for standard input.")
    }
  }

  func run() async throws {
    if let messages { return list(messages) }
    let isStream = words == ["-"]
    let text = try isStream ? standardInput() : words.joined(separator: " ")
    let id = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if !isStream, package == nil {
      if let rule = Rule.listed(id) { return show(rule) }
      if let (product, condition) = TargetProduct.condition(id), format == .text {
        return Output.standardOutput.text(ConditionPage(product, condition).text(style: style))
      }
    }

    let answer = MessageSearch.all.answer(text)
    if !isStream, id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, !answer.isWhole {
      throw unknownRule(id)
    }
    try await show(answer)
  }

  private var style: Style { colors.isOn(for: .standardOutput) ? .colored : .plain }

  /// The products that a name means.
  private static func sources(named name: String) throws -> [MessageSource] {
    if name.lowercased() == "all" { return MessageSource.all }
    if let source = MessageSource.named(name) { return [source] }
    let ids = MessageSource.all.map(\.id)
    let near = NearestNames.of(name, among: ids)
    throw ValidationError(
      "no messages are known of it; "
        + (near.isEmpty
          ? "use one of " + ids.joined(separator: ", ")
          : "did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))?"))
  }

  private func list(_ sources: [MessageSource]) {
    switch format {
    case .text: Output.standardOutput.text(MessagesText(style: style).list(sources))
    case .json: Output.standardOutput.write(MessagesJSON.list(sources).pretty())
    }
  }

  private func show(_ rule: Rule) {
    switch format {
    case .text: Output.standardOutput.text(RulePage(rule).text(style: style))
    case .json: Output.standardOutput.write(RulesList.json([rule]).pretty())
    }
  }

  private func show(_ answer: MessageAnswer) async throws {
    let check = await check(answer)
    switch format {
    case .text:
      Output.standardOutput.text(MessagesText(style: style).text(answer))
      if let check {
        Output.standardOutput.text("\n" + MessagesText(style: style).text(check, answer))
      }
    case .json: Output.standardOutput.write(MessagesJSON.document(answer, check: check).pretty())
    }
    if check?.isUnreadable == true { throw ExitStatus.unreadable }
    guard case .known = answer else { throw ExitStatus.findings }
  }

  /// Returns the findings of the answer's rules in the package; nil where none is given.
  private func check(_ answer: MessageAnswer) async -> CheckResult? {
    guard let package else { return nil }
    do throws(PackageError) {
      let checked = try await Package.open(package).checked()
      let findings = Rule.findings(of: answer.rules, in: checked)
      return CheckResult(path: package.text, checked: checked, findings: findings)
    } catch {
      return CheckResult(path: package.text, failure: error)
    }
  }

  /// Reads as much of standard input as is searched: its end, where the errors of a log are.
  private func standardInput() throws -> String {
    let input = DescriptorStream(descriptor: 0, name: StreamOptions.standardInput.text)
    let most = MessageSearch.longestText
    var end: [UInt8] = []
    var isCut = false
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    do {
      while true {
        let count = try piece.withUnsafeMutableBytes { try input.read(into: $0) }
        end += piece[..<count]
        if end.count > (count > 0 ? 2 * most : most) {
          end.removeFirst(end.count - most)
          isCut = true
        }
        if count == 0 { break }
      }
    } catch let error as ByteSourceError {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.unreadable
    }
    if isCut {
      Output.standardError.line("ova: standard input: only its last \(most >> 20) MiB is searched")
    }
    return String(decoding: end, as: UTF8.self)
  }

  private func unknownRule(_ id: String) -> ExitStatus {
    if let successor = Rule.retired[id] {
      Output.standardError.line("ova: the rule '\(id.forDisplay)' is now '\(successor)'")
    } else {
      Output.standardError.line("ova: there is no rule '\(id.forDisplay)'")
      let near = NearestNames.of(id, among: Rule.listed.map(\.id) + TargetProduct.conditionKeys)
      Output.standardError.line(
        near.isEmpty
          ? "  fix: 'ova rules' lists them all"
          : "  fix: did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))?")
    }
    return .wrongUse
  }
}

extension MessageAnswer {
  /// True if all of a message is in the text.
  fileprivate var isWhole: Bool {
    if case .known(let matches) = self { return matches.contains { $0.extent == .whole } }
    return false
  }
}
