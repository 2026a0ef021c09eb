import OVABasics
package import OVAPackage
import OVFDescriptor

/// What a package is, on about one screen, for people.
package struct InspectionText {
  let package: Package
  let style: Style
  let locale: String?
  /// Whether everything is told and not only what matters at first sight.
  let isVerbose: Bool

  package init(_ package: Package, style: Style, locale: String? = nil, isVerbose: Bool = false) {
    self.package = package
    self.style = style
    self.locale = locale
    self.isVerbose = isVerbose
  }

  var envelope: Envelope { package.envelope }

  /// The whole text, ending in a line feed.
  package func text() -> String {
    var lines = [style.bold(package.path.inert) + "  " + summary.inert]
    lines += productLines()
    for system in envelope.virtualSystems {
      lines.append("")
      lines += SystemText(report: self, system: system).lines()
    }
    lines += section("Networks", networkRows())
    lines += section("Deployment options", optionRows())
    lines += section("Files", fileRows())
    lines += isVerbose ? InspectionDetails(report: self).lines() : hintLines()
    return lines.joined(separator: "\n") + "\n"
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
    return envelope.products.compactMap { product in
      let version = text(product.fullVersion) ?? text(product.version)
      let parts = [text(product.product), version].compactMap { $0 }
      guard !parts.isEmpty else { return nil }
      let vendor = text(product.vendor).map { " by \($0)" } ?? ""
      let line = (parts.joined(separator: " ") + vendor).inert
      return seen.insert(line).inserted ? "  \(line)" : nil
    }
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
    guard all.count > most else { return all + missingRows() }
    return Array(all.prefix(most)) + [["… and \(all.count - most) more (-v shows all)"]]
      + missingRows()
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
      case .unreadable(_, let reason): return [href, "unreadable: \(reason)"]
      case .file, .chunks, .notAFile, .unclear: return nil
      }
    }
  }

  /// How much there is to set, where it is not shown.
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
  /// What it is, in a word.
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
