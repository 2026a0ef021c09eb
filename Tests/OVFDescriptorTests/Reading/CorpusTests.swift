import Foundation
import OVABasics
import OVATestSupport
import OVFDescriptor
import OVFXML
import Testing

/// Real descriptors, compared with what an independent reader found in them.
@Suite struct Corpus {
  /// Expectations that are wrong: file, fact, and why.
  static let exceptions: [(file: String, fact: String, reason: String)] = []

  enum Writing: CaseIterable {
    case asItIs
    /// The form that oVirt and others write; texts of several lines are then of one, too.
    case onOneLine

    func text(_ text: String) -> String {
      self == .asItIs ? text : text.replacing(/\r\n|\n|\r/, with: " ")
    }

    func facts(_ facts: Any) -> Any {
      switch facts {
      case let text as String: self.text(text)
      case let list as [Any]: list.map(self.facts)
      case let object as [String: Any]: object.mapValues(self.facts)
      default: facts
      }
    }

    func bytes(_ bytes: Data) -> [UInt8] {
      guard self == .onOneLine, let text = String(data: bytes, encoding: .utf8) else {
        return [UInt8](bytes)
      }
      return Array(self.text(text).utf8)
    }
  }

  @Test(
    .enabled(if: RealDescriptors.arePresent, "the real descriptors are not here"),
    arguments: Writing.allCases)
  func `every descriptor's facts are the expected ones`(writing: Writing) throws {
    let expectations = RealDescriptors.facts()
    var differing: [String] = []
    var equal = 0
    for file in expectations {
      let expected = try #require(
        writing.facts(JSONSerialization.jsonObject(with: Data(contentsOf: file)))
          as? [String: Any])
      let descriptor = RealDescriptors.descriptor(of: file)
      let name = RealDescriptors.name(of: descriptor)
      let bytes = writing.bytes(try Data(contentsOf: descriptor))
      let differences = Self.differences(expected, bytes, name).filter { difference in
        !Self.exceptions.contains {
          $0.file == name && difference.hasPrefix($0.fact)
        }
      }
      if differences.isEmpty { equal += 1 } else { differing.append(name) }
      for difference in differences { print("\(name): \(difference)") }
    }
    print("\(equal) of \(expectations.count) descriptors agree in every fact")
    #expect(differing.isEmpty)
  }

  private static func differences(
    _ expected: [String: Any], _ bytes: [UInt8], _ name: String
  ) -> [String] {
    let envelope: Envelope
    do throws(DescriptorError) {
      envelope = try Envelope.read(bytes, name: name)
    } catch {
      return expected["wellformed"] as? Bool == false ? [] : ["error: \(error)"]
    }
    // Of what a namespace-aware reader gives up on there are no expectations.
    guard expected["envelope"] != nil else {
      return expected["wellformed"] as? Bool == false ? ["read in spite of faults"] : []
    }
    var differences: [String] = []
    let found = facts(envelope)
    for key in found.keys.sorted() {
      compare(expected[key], found[key], key, &differences)
    }
    compareUnits(expected, envelope, &differences)
    return differences
  }

  /// Units that the standard does not write so. The expectations count them in devices only, not
  /// in ranges and resources of collections.
  private static func compareUnits(
    _ expected: [String: Any], _ envelope: Envelope, _ differences: inout [String]
  ) {
    let problems = expected["problems"] as? [[String: Any]] ?? []
    let wanted = problems.filter { $0["code"] as? String == "nonstandard-units" }
      .compactMap { $0["detail"] as? String }
    var found = envelope.diagnostics.compactMap { diagnostic in
      if case .nonstandardUnit(let text) = diagnostic.kind { text } else { nil }
    }
    for unit in wanted {
      guard let index = found.firstIndex(of: unit) else {
        differences.append("units: expected \(unit)")
        continue
      }
      found.remove(at: index)
    }
  }

  private static func compare(
    _ expected: Any?, _ found: Any?, _ path: String, _ differences: inout [String]
  ) {
    switch (expected, found) {
    case (let expected as [String: Any], let found as [String: Any]):
      for key in found.keys.sorted() {
        compare(expected[key], found[key], "\(path).\(key)", &differences)
      }
    case (let expected as [Any], let found as [Any]):
      if expected.count != found.count {
        differences.append("\(path): \(expected.count) expected, \(found.count) found")
        return
      }
      for (index, pair) in zip(expected, found).enumerated() {
        compare(pair.0, pair.1, "\(path)[\(index)]", &differences)
      }
    default:
      let left = expected.map(text) ?? "missing"
      let right = found.map(text) ?? "missing"
      if !left.utf8.elementsEqual(right.utf8) {
        differences.append("\(path): expected \(left), found \(right)")
      }
    }
  }

  private static func text(_ value: Any) -> String {
    switch value {
    case is NSNull: "null"
    case let value as String: "'\(value)'"
    default: "\(value)"
    }
  }

  // MARK: Facts in the form of the expectations

  private static func facts(_ envelope: Envelope) -> [String: Any] {
    let configuration = envelope.defaultConfiguration
    return [
      "doctype": flag(envelope.diagnostics.contains { $0.kind == .xml(.doctype) }),
      "default_configuration": orNull(configuration),
      "deployment_options": envelope.deploymentOptions.map {
        [
          "id": orNull($0.id?.text), "default": flag($0.isMarkedDefault?.value ?? false),
          "label": orNull($0.label?.text),
        ]
      },
      "envelope": [
        "dialect": envelope.dialect.rawValue, "namespace": envelope.rootName.namespace,
        "root": envelope.rootName.expanded, "version_attr": orNull(envelope.version?.text),
        "lang": orNull(envelope.language?.text),
      ],
      "files": envelope.files.map {
        [
          "id": orNull($0.id?.text), "href": orNull($0.href?.text), "size": number($0.size?.value),
          "size_raw": orNull($0.size?.text), "compression": orNull($0.compression?.text),
          "chunkSize": number($0.chunkSize?.value),
        ] as [String: Any]
      },
      "disks": envelope.disks.map { disk in
        var property: String?
        if case .property(let name) = disk.capacity?.value { property = name }
        return [
          "diskId": orNull(disk.id?.text), "capacity_raw": orNull(disk.capacity?.text),
          "capacity_units": orNull(disk.capacityUnits?.text),
          "capacity_bytes": number(bytes(envelope.capacity(of: disk, in: configuration))),
          "capacity_property": orNull(property), "fileRef": orNull(disk.fileReference?.text),
          "href": orNull(envelope.file(of: disk)?.href?.text),
          "format": orNull(disk.format?.text),
          "parentRef": orNull(nonempty(disk.parentReference?.text)),
          "populatedSize": number(disk.populatedSize?.value),
          "section": disk.isShared ? "SharedDiskSection" : "DiskSection",
        ] as [String: Any]
      },
      "networks": envelope.networks.map { orNull($0.name?.text) },
      "virtual_systems": envelope.virtualSystems.map { system($0, envelope) },
      "collections": envelope.collections.map {
        ["id": orNull($0.id?.text), "name": orNull(nonempty($0.name?.text)), "path": path($0.path)]
          as [String: Any]
      },
      "properties": envelope.products.reduce(0) { $0 + $1.properties.count },
      "eulas": envelope.allSections.count { $0.kind == .eula },
      "icons": envelope.products.reduce(0) { $0 + $1.icons.count },
      "strings": envelope.bundles.count,
      "sections": sections(envelope),
    ]
  }

  private static func sections(_ envelope: Envelope) -> [[String: Any]] {
    let isEarly = [.ovf09, .oVirt].contains(envelope.dialect)
    func list(_ sections: [Section], _ place: String) -> [[String: Any]] {
      sections.map {
        [
          "where": place as Any,
          "kind": $0.kind?.rawValue ?? (isEarly ? $0.name.local : $0.name.expanded),
          "core": flag($0.kind != nil),
          "required": $0.required?.value.map { flag($0) as Any } ?? NSNull(),
        ]
      }
    }
    func list(_ content: Content) -> [[String: Any]] {
      switch content {
      case .system(let system): list(system.sections, "VirtualSystem[\(system.id?.text ?? "None")]")
      case .collection(let collection):
        list(
          collection.sections, "VirtualSystemCollection[\(collection.id?.text ?? "None")]")
          + collection.contents.flatMap(list)
      }
    }
    return list(envelope.sections, "Envelope") + envelope.contents.flatMap(list)
  }

  private static func system(_ system: VirtualSystem, _ envelope: Envelope) -> [String: Any] {
    let hardware = envelope.hardware(of: system, in: envelope.defaultConfiguration)
    let families = hardware?.families ?? []
    return [
      "id": orNull(system.id?.text), "path": path(system.path),
      "name": orNull(nonempty(system.name?.text)),
      // The expectations keep numbers that CIM does not have, such as -100.
      "os_id": (system.operatingSystem?.id.flatMap { Int($0.text) }).map { $0 as Any } ?? NSNull(),
      "os_id_raw": orNull(system.operatingSystem?.id?.text),
      "os_version": orNull(system.operatingSystem?.version?.text),
      "os_vmw_type": orNull(system.operatingSystem?.vmwareType?.text),
      "os_description": orNull(system.operatingSystem?.description?.text),
      "hardware_sections": system.hardwareSections.count, "hardware_families": families,
      "vcpus": number(hardware?.virtualCPUs), "memory_bytes": number(hardware?.memoryBytes),
      "cores_per_socket": number(hardware?.coresPerSocket?.value),
      "item_count": system.hardwareSections.first?.items.count ?? 0,
      "transport": orNull(system.hardwareSections.first?.transports?.text),
      "controllers": (hardware?.controllers ?? []).map { device in
        var bus = ""
        if case .controller(let kind) = device.kind { bus = kind.rawValue }
        return [
          "instance_id": orNull(device.item.instanceID),
          "name": orNull(device.item.displayName?.text), "type": bus,
          "subtype": orNull(nonempty(device.item.resourceSubType?.text)),
          "address": orNull(nonempty(device.item.address?.text)),
        ] as [String: Any]
      },
      "disks": (hardware?.disks ?? []).map { drive($0, envelope) },
      "cdroms": (hardware?.opticalDrives ?? []).map { drive($0, envelope) },
      "floppies": (hardware?.floppyDrives ?? []).map { drive($0, envelope) },
      "nics": (hardware?.networkAdapters ?? []).map { device in
        [
          "instance_id": orNull(device.item.instanceID),
          "name": orNull(device.item.displayName?.text),
          "networks": device.item.connections.map(\.text),
          "subtype": orNull(nonempty(device.item.resourceSubType?.text)),
          "mac": orNull(device.item.macAddress?.text),
          "address_on_parent": orNull(nonempty(device.item.addressOnParent?.text)),
        ] as [String: Any]
      },
      "other_devices": (hardware?.otherDevices ?? []).map { device in
        [
          "instance_id": orNull(device.item.instanceID),
          "name": orNull(device.item.displayName?.text),
          "resource_type": number(device.item.resourceType?.value.map(UInt64.init)),
          "resource_type_raw": orNull(device.item.resourceType?.text),
          "subtype": orNull(nonempty(device.item.resourceSubType?.text)),
        ] as [String: Any]
      },
    ]
  }

  private static func drive(_ device: Device, _ envelope: Envelope) -> [String: Any] {
    var facts: [String: Any] = [
      "instance_id": orNull(device.item.instanceID),
      "name": orNull(device.item.displayName?.text),
      "parent": orNull(device.item.parentID),
      "address_on_parent": orNull(nonempty(device.item.addressOnParent?.text)),
      "host_resource": orNull(device.item.hostResources.first?.text),
      "diskId": NSNull(), "file_id": NSNull(), "fileRef": NSNull(), "href": NSNull(),
    ]
    switch device.backing {
    case .disk(let disk, let file):
      facts["diskId"] = orNull(disk.id?.text)
      facts["fileRef"] = orNull(disk.fileReference?.text)
      facts["href"] = orNull(file?.href?.text)
      facts["format"] = orNull(disk.format?.text)
      facts["capacity_bytes"] = number(
        bytes(envelope.capacity(of: disk, in: envelope.defaultConfiguration)))
    case .file(let file):
      facts["file_id"] = orNull(file.id?.text)
      facts["href"] = orNull(file.href?.text)
    case .unresolved(.disk(let id)): facts["diskId"] = id
    case .unresolved, nil: break
    }
    return facts
  }

  private static func bytes(_ result: Result<UInt64, ValueFault>?) -> UInt64? {
    try? result?.get()
  }
  private static func path(_ path: [String]) -> [String] { path.map { $0.isEmpty ? "?" : $0 } }
  private static func nonempty(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }
  private static func number(_ value: UInt64?) -> Any { value.map { $0 as Any } ?? NSNull() }
  private static func orNull(_ value: String?) -> Any { value.map { $0 as Any } ?? NSNull() }
  /// JSON's truth values come out of Foundation as the numbers 1 and 0.
  private static func flag(_ value: Bool) -> Int { value ? 1 : 0 }
}
