import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor
import OVFXML
import VirtualDisks

/// Writes what `-v` adds: everything that was read and is not in the first view.
struct InspectionDetails {
  let report: InspectionText

  private var envelope: Envelope { report.envelope }
  private var package: Package { report.package }

  func lines() -> [String] {
    var lines: [String] = []
    lines += report.diskLines()
    for product in envelope.products { lines += report.section("Properties", rows(product)) }
    lines += report.section("Start order", startRows())
    lines += report.section("Resources of collections", resourceRows())
    lines += report.section(
      "Licenses",
      texts { section in
        if case .eula(let license) = section.body { return license }
        return nil
      })
    lines += report.section(
      "Annotations",
      texts { section in
        if case .annotation(let message) = section.body { return message }
        return nil
      })
    lines += report.section("Other sections", otherSectionRows())
    lines += report.section("Languages", bundleRows())
    lines += report.section("Integrity", integrityRows())
    lines += report.section(
      "Written by", envelope.producer.evidence.map { [$0.text, $0.place.description] })
    lines += report.section(
      "Read over",
      envelope.diagnostics.map { [$0.place.description, $0.kind.sentence] })
    return lines
  }

  /// A product's properties, each category as the head of its group.
  private func rows(_ product: Product) -> [[String]] {
    var rows: [[String]] = []
    for entry in product.entries {
      switch entry {
      case .category(let message): rows.append(["— " + (report.text(message) ?? "")])
      case .property(let property): rows.append(row(property))
      }
    }
    return rows
  }

  private func row(_ property: Property) -> [String] {
    let isPassword = property.password?.value == true
    let value = property.value(for: envelope.defaultConfiguration)?.text ?? ""
    let qualifiers = [property.qualifiers?.text, property.vmwareQualifiers?.text]
      .compactMap(\.self).joined(separator: ", ")
    let type = property.type?.text ?? ""
    return [
      property.fullKey ?? "?", qualifiers.isEmpty ? type : "\(type) \(qualifiers)",
      property.userConfigurable?.value == true ? "user" : "fixed",
      isPassword && !value.isEmpty ? "(hidden)" : value, report.text(property.label) ?? "",
    ]
  }

  private func startRows() -> [[String]] {
    let items = envelope.allSections.flatMap { section -> [StartupItem] in
      if case .startup(let items) = section.body { return items }
      return []
    }
    return items.enumerated()
      .sorted { a, b in
        (a.element.order?.value ?? 0, a.offset) < (b.element.order?.value ?? 0, b.offset)
      }
      .map(\.element)
      .map { item in
        [
          item.order?.text ?? "?", item.id?.text ?? "?",
          item.waitingForGuest?.value == true
            ? "wait for the guest" : item.startDelay.map { "wait \($0.text) s" } ?? "",
          item.stopAction.map { "stop by \($0.text)" } ?? "",
        ]
      }
  }

  private func resourceRows() -> [[String]] {
    envelope.allSections.flatMap { section -> [[String]] in
      guard case .resourceAllocation(let items) = section.body else { return [] }
      return items.map { item in
        [
          item.displayName?.text ?? "resource \(item.resourceType?.text ?? "?")",
          item.reservation.map { "at least \($0.text)" } ?? "",
          item.limit.map { "at most \($0.text)" } ?? "", item.allocationUnits?.text ?? "",
        ]
      }
    }
  }

  private func texts(_ pick: (Section) -> Message?) -> [[String]] {
    envelope.allSections.compactMap { section in
      pick(section).flatMap(report.text).map { [$0.firstLine] }
    }
  }

  private func otherSectionRows() -> [[String]] {
    envelope.allSections.compactMap { section in
      switch section.body {
      case .install(let delay):
        [section.name.local, delay.map { "stops by itself within \($0.text) s" } ?? ""]
      case .environmentFiles(let files):
        [section.name.local, files.compactMap(\.path?.text).joined(separator: ", ")]
      case .bootDevice(let configurations):
        [
          section.name.local,
          configurations.flatMap(\.sources).compactMap(\.device).joined(separator: ", "),
        ]
      case .scaleOut(let scaleOut):
        [
          section.name.local, scaleOut.id?.text ?? "?",
          scaleOut.counts.map { count in
            "\(count.initial?.text ?? "?") of \(count.minimum?.text ?? "1") to "
              + (count.maximum?.text ?? "any number")
          }.joined(separator: ", "),
        ]
      case .placementGroup(let group):
        [section.name.local, group.id?.text ?? "?", group.policy?.text ?? ""]
      case .placement(let group): [section.name.local, group?.text ?? "?"]
      case .encryption(let encryption):
        [section.name.local, encryption.keys.counted("key")]
      case .unknown:
        [
          section.name.local, report.text(section.info) ?? "",
          section.isRequired ? "required" : "may be skipped",
        ]
      default: nil
      }
    }
  }

  private func bundleRows() -> [[String]] {
    envelope.bundles.map { bundle in
      [
        bundle.language?.text ?? "?", bundle.messages.counted("text"),
        bundle.fileReference.map { "in \(envelope.file(id: $0.text)?.href?.text ?? $0.text)" }
          ?? "",
        bundle.isRead || bundle.fileReference == nil ? "" : "not read",
      ]
    }
  }

  private func integrityRows() -> [[String]] {
    var rows: [[String]] = []
    if let manifest = package.manifest {
      let names = manifest.manifest.algorithms.sorted().map(\.name).joined(separator: ", ")
      rows.append([
        "manifest", "\(manifest.file.name), \(manifest.manifest.entries.counted("digest"))", names,
      ])
    }
    if let certificate = package.certificate {
      rows.append(["certificate", certificate.file.name])
    }
    return rows
  }
}
