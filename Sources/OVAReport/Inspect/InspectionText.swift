import OVABasics
package import OVAPackage
import OVFDescriptor

/// Writes an overview of a package as text, on about one screen.
package struct InspectionText {
  let package: Package
  let style: Style
  let locale: String?
  /// True if everything is shown and not only the most important.
  let isVerbose: Bool

  package init(_ package: Package, style: Style, locale: String? = nil, isVerbose: Bool = false) {
    self.package = package
    self.style = style
    self.locale = locale
    self.isVerbose = isVerbose
  }

  var envelope: Envelope { package.envelope }

  /// The most rows of one kind in the first view, so that it stays on a screen or two.
  static let mostRows = 12

  /// The most machines that are shown whole in the first view.
  private static let mostMachines = 5

  /// The whole text, ending in a line feed.
  package func text() -> String {
    var lines = [style.bold(package.path.forDisplay) + "  " + summary.forDisplay]
    lines += productLines() + noticeLines()
    let systems = envelope.virtualSystems
    let shown = isVerbose ? systems.count : Self.mostMachines
    for system in systems.prefix(shown) {
      lines.append("")
      lines += SystemText(report: self, system: system).lines()
    }
    if systems.count > shown {
      let more = systems.dropFirst(shown)
      lines += ["", "  … and \(more.counted("machine")) more (-v shows all)"]
    }
    lines += section("Networks", limited(networkRows(), "network"))
    lines += section("Deployment options", limited(optionRows(), "option"))
    lines += section("Files", fileRows())
    lines += isVerbose ? InspectionDetails(report: self).lines() : hintLines()
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rows, of which the first view shows as many as fit.
  func limited(_ rows: [[String]], _ noun: String) -> [[String]] {
    limited(rows, noun) { noun, more in ["… and \(more) more \(noun)s (-v shows all)"] }
  }

  /// The same with another row for what is left out.
  func limited(
    _ rows: [[String]], _ noun: String, rest: (String, Int) -> [String]
  ) -> [[String]] {
    guard !isVerbose, rows.count > Self.mostRows + 1 else { return rows }
    return rows.prefix(Self.mostRows) + [rest(noun, rows.count - Self.mostRows)]
  }

  /// Returns the notices that whoever deploys the package has to know first: licenses to accept,
  /// encrypted parts.
  private func noticeLines() -> [String] {
    var lines: [String] = []
    let licenses = envelope.allSections.compactMap { section -> String? in
      guard case .eula(let license) = section.body else { return nil }
      return text(license)?.firstLine ?? ""
    }
    if let first = licenses.first {
      let title = first.count > 60 ? first.prefix(60) + "…" : first
      let words =
        licenses.count == 1 ? "1 license to accept" : "\(licenses.count) licenses to accept"
      lines.append("  " + words + (title.isEmpty ? "" : ": \(title.forDisplay)"))
    }
    let encrypted = envelope.diagnostics.count {
      if case .encrypted = $0.kind { true } else { false }
    }
    let hasKeys = envelope.allSections.contains { $0.kind == .encryption }
    if encrypted > 0 || hasKeys {
      let parts = encrypted == 1 ? "1 part" : "\(encrypted) parts"
      lines.append(
        encrypted > 0
          ? "  encrypted: \(parts) of the descriptor \(encrypted == 1 ? "is" : "are") not shown"
          : "  encrypted: the descriptor has an EncryptionSection")
    }
    return lines
  }

  /// A text in the language that was asked for.
  func text(_ message: Message?) -> String? {
    guard let message else { return nil }
    let text = envelope.text(of: message, locale: locale)
    return text.isEmpty ? nil : text
  }

  private var summary: String {
    let count = envelope.virtualSystems.count
    let machines = count == 1 ? "1 machine" : "\(count) machines"
    let form = package.isArchive ? "OVA" : "OVF in a folder"
    return "\(form), \(envelope.dialect.title), \(machines), \(envelope.producer.title)"
  }

  private func productLines() -> [String] {
    var seen: Set<String> = []
    let lines = envelope.products.compactMap { product -> String? in
      let version = text(product.fullVersion) ?? text(product.version)
      let parts = [text(product.product), version].compactMap { $0 }
      guard !parts.isEmpty else { return nil }
      let vendor = text(product.vendor).map { " by \($0)" } ?? ""
      let line = (parts.joined(separator: " ") + vendor).forDisplay
      return seen.insert(line).inserted ? "  \(line)" : nil
    }
    return limited(lines.map { [$0] }, "product") { _, more in
      ["  … and \(more) more products (-v shows all)"]
    }.flatMap(\.self)
  }

  func section(_ title: String, _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    var table = TextTable()
    for row in rows { table.add(row) }
    return ["", "  " + style.bold(title)] + table.lines(indent: 4)
  }

  private func networkRows() -> [[String]] {
    envelope.networks.map { [$0.name?.text ?? "?", text($0.description)?.firstLine ?? ""] }
  }

  private func optionRows() -> [[String]] {
    let standard = envelope.defaultConfiguration
    return envelope.deploymentOptions.enumerated().map { number, option in
      let id = option.id?.text ?? "?"
      var row = [id == standard ? "* \(id)" : "  \(id)", text(option.label) ?? ""]
      guard number < envelope.mostConfigurations else { return row + ["not worked out"] }
      let hardware = envelope.virtualSystems.compactMap {
        envelope.hardware(of: $0, in: option.id?.text)
      }
      guard !hardware.isEmpty else { return row }
      // Of several machines the sums, which say what the host has to give.
      row += [
        sum(hardware.map(\.virtualCPUs)).map { "\($0) vCPU" } ?? "CPU unclear",
        sum(hardware.map(\.memoryBytes)).map { ByteCount($0).description } ?? "memory unclear",
        hardware.flatMap(\.disks).counted("disk"),
        hardware.count > 1 ? "in \(hardware.count) machines" : "",
      ]
      return row
    }
  }

  /// The sum; nil when an amount is not known or the sum is beyond reason.
  private func sum(_ amounts: [UInt64?]) -> UInt64? {
    amounts.reduce(UInt64?.some(0)) { sum, amount in
      guard let sum, let amount else { return nil }
      let (total, overflow) = sum.addingReportingOverflow(amount)
      return overflow ? nil : total
    }
  }

  private func fileRows() -> [[String]] {
    let all = package.files.map { file in
      [
        file.name, file.kind == .file ? ByteCount(file.size).description : file.kind.title,
        note(on: file),
      ]
    }
    let most = isVerbose ? Int.max : 20
    let missing = limited(missingRows(), "missing file")
    guard all.count > most else { return all + missing }
    return Array(all.prefix(most)) + [["… and \(all.count - most) more (-v shows all)"]]
      + missing
  }

  private func note(on file: PackageFile) -> String {
    file.kind == .file && file.storedSize < file.size
      ? "cut short: \(ByteCount(file.storedSize)) are there" : ""
  }

  private func missingRows() -> [[String]] {
    package.references.compactMap { reference in
      let href = reference.reference.href?.text ?? "?"
      switch reference.target {
      case .missing: return [href, "missing"]
      case .unsafe(let fault): return [href, "not followed: the path \(fault.rawValue)"]
      case .leadsOut: return [href, "not followed: a link leads out of the package"]
      case .remote(let scheme): return [href, "elsewhere, by \(scheme)"]
      case .unreadable(_, let error): return [href, "unreadable: \(error.reason)"]
      case .file, .chunks, .notAFile, .unclear: return nil
      }
    }
  }

  /// Returns the number of things to set, where they are not shown.
  private func hintLines() -> [String] {
    let count = DeploymentProperty.all(of: envelope, in: envelope.defaultConfiguration).count
    return count == 0
      ? [] : ["", "  \(count) \(count == 1 ? "property" : "properties") to set (-v shows them)"]
  }
}

extension Envelope.Dialect {
  /// The dialect as people say it.
  package var title: String {
    switch self {
    case .ovf09: "OVF 0.9"
    case .ovf1: "OVF 1"
    case .ovf2: "OVF 2"
    case .oVirt: "oVirt's OVF"
    case .unknown: "an OVF of unknown version"
    }
  }
}

extension Producer {
  /// The producer as the end of a line.
  package var title: String {
    switch kind {
    case .other: tool.map { "by \($0)" } ?? "producer unknown"
    case .vmware: "by \(tool ?? "VMware")"
    case .vmwareCloudDirector: "by \(tool ?? "VMware Cloud Director")"
    case .virtualBox: "by \(tool ?? "VirtualBox")"
    case .xen: "by \(tool ?? "Xen")"
    case .oVirt: "by \(tool ?? "oVirt")"
    case .cisco: "by \(tool ?? "Cisco")"
    case .packer: "by \(tool ?? "Packer")"
    }
  }
}

extension PackageFile.Kind {
  /// The name of the kind, in a word.
  package var title: String {
    switch self {
    case .file: "file"
    case .folder: "folder"
    case .link(let target): target.map { "link to \($0)" } ?? "link"
    case .special(let what): what
    }
  }
}

extension String {
  /// The text up to its first line feed.
  package var firstLine: String {
    String(prefix { !$0.isNewline })
  }
}

extension Collection {
  /// `1 disk`, `2 disks`, or nothing for none.
  package func counted(_ noun: String) -> String {
    switch count {
    case 0: ""
    case 1: "1 \(noun)"
    default: "\(count) \(noun)s"
    }
  }
}
