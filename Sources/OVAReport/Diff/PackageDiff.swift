package import OVABasics
import OVAIntegrity
package import OVAPackage
import OVFDescriptor

/// What is different in one package from another: product, hardware, disks, files, properties.
package struct PackageDiff: Sendable {
  /// Something that one of them has, or that they have differently.
  package struct Difference: Hashable, Sendable {
    /// `hardware`, `disk`, `file`, …
    package let section: String
    /// What of it: `web memory`.
    package let name: String
    /// In the first package; nil where it is not.
    package let before: String?
    /// In the second package; nil where it is not.
    package let after: String?
  }

  /// The differences, in the order of the first package's facts.
  package let differences: [Difference]

  package init(_ first: Package, _ second: Package) {
    let (a, b) = (
      PackageFactLines(first, beside: second).lines, PackageFactLines(second, beside: first).lines
    )
    let later = Dictionary(b.map { ($0.key, $0.value) }) { first, _ in first }
    let earlier = Set(a.map(\.key))
    var seen: Set<PackageFactLines.Key> = []
    var differences: [Difference] = []
    for line in a where seen.insert(line.key).inserted {
      let after = later[line.key]
      if after?.utf8.elementsEqual(line.value.utf8) != true {
        differences.append(
          Difference(
            section: line.key.section, name: line.key.name, before: line.value, after: after))
      }
    }
    for line in b where !earlier.contains(line.key) && seen.insert(line.key).inserted {
      differences.append(
        Difference(
          section: line.key.section, name: line.key.name, before: nil, after: line.value))
    }
    self.differences = differences
  }

  /// For people: a line a difference.
  package func text(style: Style) -> String {
    differences.map { difference in
      let name = "\(difference.section) \(difference.name)".inert
      switch (difference.before, difference.after) {
      case (let before?, let after?):
        return style.yellow("~ \(name)") + ": \(before.inert) → \(after.inert)"
      case (let before?, nil): return style.red("- \(name)") + ": \(before.inert)"
      case (nil, let after): return style.green("+ \(name)") + ": \((after ?? "").inert)"
      }
    }.joined(separator: "\n") + (differences.isEmpty ? "no differences\n" : "\n")
  }

  /// For programs.
  package func json(_ first: String, _ second: String) -> JSON {
    [
      "schema": "ovakit/diff/1.0", "first": .string(first), "second": .string(second),
      "differences": .list(differences) {
        [
          "section": .string($0.section), "name": .string($0.name), "before": .text($0.before),
          "after": .text($0.after),
        ]
      },
    ]
  }
}

/// What is told of a package, fact by fact.
struct PackageFactLines {
  /// Compared by bytes: names that look the same may be those of two files.
  struct Key: Hashable {
    let section: String
    let name: String

    static func == (a: Key, b: Key) -> Bool {
      a.section == b.section && a.name.utf8.elementsEqual(b.name.utf8)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(section)
      for byte in name.utf8 { hasher.combine(byte) }
    }
  }

  private(set) var lines: [(key: Key, value: String)] = []
  private var numbers: [Key: Int] = [:]
  private let package: Package
  private let envelope: Envelope
  private let option: String?

  /// Facts of a package that is compared with another: where both hold one machine these are
  /// compared, whatever they are called.
  init(_ package: Package, beside other: Package) {
    self.package = package
    envelope = package.envelope
    option = package.envelope.defaultConfiguration
    addProducts()
    let systems = envelope.virtualSystems
    if systems.count == 1, other.envelope.virtualSystems.count == 1, let system = systems.first {
      add("machine", "id", system.id?.text)
      add(system, named: nil)
    } else {
      for system in systems {
        add(system, named: system.id?.text ?? text(system.name) ?? "machine")
      }
    }
    addDisks()
    for network in envelope.networks {
      add("network", network.name?.text ?? "?", text(network.description) ?? "")
    }
    addFiles()
    addProperties()
  }

  private mutating func add(_ section: String, _ name: String, _ value: String?) {
    guard let value else { return }
    // Of several with one name each counts by its number.
    var key = Key(section: section, name: name)
    let number = (numbers[key] ?? 0) + 1
    numbers[key] = number
    if number > 1 {
      key = Key(section: section, name: "\(name) (\(number))")
      numbers[key, default: 0] += 1
    }
    lines.append((key, value))
  }

  private func text(_ message: Message?) -> String? {
    message.map { envelope.text(of: $0) }
  }

  private mutating func addProducts() {
    for (index, product) in envelope.products.enumerated() {
      let name = index == 0 ? "" : "\(index + 1) "
      add("product", name + "name", text(product.product))
      add("product", name + "vendor", text(product.vendor))
      add("product", name + "version", text(product.version))
      add("product", name + "full version", text(product.fullVersion))
    }
  }

  private mutating func add(_ system: VirtualSystem, named machine: String?) {
    let name = machine.map { $0 + " " } ?? ""
    add("machine", "\(name)name", text(system.name))
    if let guest = system.operatingSystem {
      add(
        "machine", "\(name)guest",
        text(guest.description) ?? guest.vmwareType?.text ?? guest.cimName)
    }
    guard let hardware = envelope.hardware(of: system, in: option) else { return }
    add("hardware", "\(name)family", hardware.families.joined(separator: ", "))
    add("hardware", "\(name)firmware", hardware.firmware)
    add("hardware", "\(name)vCPU", hardware.virtualCPUs.map { "\($0)" })
    add("hardware", "\(name)memory", hardware.memoryBytes.map { ByteCount($0).description })
    for device in hardware.controllers {
      add(
        "hardware", "\(name)\(device.kind.title)", device.item.subTypes.joined(separator: " or "))
    }
    for device in hardware.networkAdapters {
      let networks = device.item.connections.map(\.text).joined(separator: ", ")
      add(
        "hardware", "\(name)network adapter",
        "\(device.item.subTypes.joined(separator: " or ")) on \(networks)")
    }
    for device in hardware.opticalDrives { add("hardware", "\(name)CD-ROM", device.slotText) }
    for device in hardware.floppyDrives { add("hardware", "\(name)floppy", device.slotText) }
    for device in hardware.otherDevices {
      add(
        "hardware", "\(name)\(device.kind.title)", device.item.subTypes.joined(separator: " or "))
    }
    for device in hardware.disks {
      guard case .disk(let disk, _) = device.backing else { continue }
      add("hardware", "\(name)disk \(disk.id?.text ?? "?") at", device.slotText)
    }
  }

  private mutating func addDisks() {
    for disk in envelope.disks {
      let name = disk.id?.text ?? "?"
      switch envelope.capacity(of: disk, in: option) {
      case .success(let bytes): add("disk", "\(name) capacity", ByteCount(bytes).description)
      case .failure(let fault): add("disk", "\(name) capacity", "\(fault)")
      case nil: break
      }
      let content = package.content(of: disk)
      add("disk", "\(name) format", content?.content?.title ?? disk.format?.text)
      add("disk", "\(name) file", envelope.file(of: disk)?.href?.text)
    }
  }

  private mutating func addFiles() {
    for file in package.files where file.kind == .file {
      let digest = package.manifest?.manifest.entries(for: file.name).entries.first?.digest
      let size = "\(file.size) bytes"
      add("file", file.name, digest.map { "\(size), \($0.description)" } ?? size)
    }
  }

  private mutating func addProperties() {
    for product in envelope.products {
      for property in product.properties {
        guard let key = property.fullKey else { continue }
        add("property", "\(key) type", property.type?.text)
        add("property", "\(key) value", property.defaultValue?.text)
        add("property", "\(key) label", text(property.label))
        add("property", "\(key) user configurable", property.userConfigurable?.text)
      }
    }
  }
}
