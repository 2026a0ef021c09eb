import OVAArchive
package import OVABasics
import OVAIntegrity
package import OVAPackage
import OVFDescriptor
import OVFXML

/// What a package is, for programs: everything that was read, with what could not be read told as
/// the text found and the fault.
///
/// The shape is published as `docs/schema/inspect-1.schema.json`.
package final class InspectionJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/inspect/1.1"

  let package: Package
  let locale: String?

  package init(_ package: Package, locale: String? = nil) {
    self.package = package
    self.locale = locale
  }

  var envelope: Envelope { package.envelope }

  /// The document.
  package func json() -> JSON {
    [
      "schema": .string(Self.schema),
      "path": .string(package.path),
      "form": package.isArchive ? "ova" : "folder",
      "envelope": envelopeJSON(),
      "default_configuration": .text(envelope.defaultConfiguration),
      "deployment_options": .list(envelope.deploymentOptions, optionJSON),
      "observations": .list(envelope.observations, observationJSON),
      "references": .list(package.references, referenceJSON),
      "files": .list(package.files, fileJSON),
      "disks": .list(envelope.disks, diskJSON),
      "networks": .list(envelope.networks) { network in
        [
          "name": .text(network.name?.text), "description": .text(text(network.description)),
          "extensions": extensionsJSON(network.extensions), "line": .number(network.place.line),
        ]
      },
      "products": .array(productsJSON()),
      "virtual_systems": .list(envelope.virtualSystems, systemJSON),
      "collections": .list(envelope.collections, collectionJSON),
      "sections": .array(sectionsJSON()),
      "message_bundles": .list(envelope.bundles, bundleJSON),
      "manifest": manifestJSON(),
      "certificate": package.certificate.map { ["file": .string($0.file.name)] } ?? .null,
    ]
  }

  /// A text in the language that was asked for.
  func text(_ message: Message?) -> String? {
    message.map { envelope.text(of: $0, locale: locale) }
  }

  /// Every section's owner, by the ids of the collections around it and its own, and the sections.
  var owners: [(path: [String], sections: [Section])] {
    func owners(_ content: Content) -> [(path: [String], sections: [Section])] {
      switch content {
      case .system(let system): [(system.path, system.sections)]
      case .collection(let collection):
        [(collection.path, collection.sections)] + collection.contents.flatMap(owners)
      }
    }
    return [([], envelope.sections)] + envelope.contents.flatMap(owners)
  }

  private func envelopeJSON() -> JSON {
    let members: [(key: String, value: JSON)] = [
      ("descriptor", .string(package.descriptor.name)),
      ("dialect", .string(envelope.dialect.rawValue)),
      ("namespace", .text(envelope.rootName.namespace)),
      ("version", .text(envelope.version?.text)),
      ("language", .text(envelope.language?.text)),
      ("encoding", .text(envelope.declaredEncoding)),
      (
        "producer",
        [
          "kind": .string(envelope.producer.kind.rawValue),
          "tool": .text(envelope.producer.tool),
          "evidence": .list(envelope.producer.evidence) {
            ["text": .string($0.text), "line": .number($0.place.line)]
          },
        ]
      ),
      ("other_attributes", attributesJSON(envelope.otherAttributes)),
      ("extensions", extensionsJSON(envelope.extensions)),
      ("line", .number(envelope.place.line)),
    ]
    return .object(members + commonMembers(envelope.sections))
  }

  private func optionJSON(_ option: DeploymentOption) -> JSON {
    [
      "id": .text(option.id?.text),
      "default": .bool(option.id != nil && option.id?.text == envelope.defaultConfiguration),
      "label": .text(text(option.label)),
      "description": .text(text(option.description)),
      "line": .number(option.place.line),
      "systems": .list(envelope.virtualSystems) { system in
        let hardware = envelope.hardware(of: system, in: option.id?.text)
        return [
          "id": .text(system.id?.text), "vcpus": result(hardware?.processors),
          "memory_bytes": result(hardware?.memory), "disks": .number(hardware?.disks.count),
          "nics": .number(hardware?.networkAdapters.count),
        ]
      },
    ]
  }

  private func referenceJSON(_ resolved: ResolvedReference) -> JSON {
    let reference = resolved.reference
    let (state, found): (String, JSON) =
      switch resolved.target {
      case .file(let file): ("present", .string(file.name))
      case .chunks(let chunks): ("chunks", .texts(chunks.pieces.map(\.file.name)))
      case .missing: ("missing", .null)
      case .unsafe: ("unsafe", .null)
      case .leadsOut: ("leads-out", .null)
      case .notAFile: ("not-a-file", .null)
      case .unreadable: ("unreadable", .null)
      case .remote: ("remote", .null)
      case .unclear: ("unclear", .null)
      }
    let (path, scheme): (String?, String?) =
      switch reference.target {
      case .file(let path): (path, nil)
      case .url(let scheme): (nil, scheme)
      case .undecodable, nil: (nil, nil)
      }
    return [
      "id": .text(reference.id?.text),
      "href": .text(reference.href?.text),
      "path": .text(path),
      "scheme": .text(scheme),
      "size": value(reference.size) { .unsigned($0) },
      "compression": .text(reference.compression?.text),
      "chunk_size": value(reference.chunkSize) { .unsigned($0) },
      "state": .string(state),
      "found": found,
      "other_attributes": attributesJSON(reference.otherAttributes),
      "line": .number(reference.place.line),
    ]
  }

  private func fileJSON(_ file: PackageFile) -> JSON {
    [
      "name": .string(file.name),
      "kind": .string(file.kind == .file ? "file" : file.kind.title),
      "size": .unsigned(file.size),
      "stored": .unsigned(file.storedSize),
      "offset": .number(file.member?.dataOffset),
      "modified": .integer(file.modified),
    ]
  }

  private func diskJSON(_ disk: Disk) -> JSON {
    let content = package.disks.first { $0.disk.place == disk.place }
    return [
      "id": .text(disk.id?.text),
      "file_ref": .text(disk.fileReference?.text),
      "file": .text(envelope.file(of: disk)?.href?.text),
      "capacity": .text(disk.capacity?.text),
      "capacity_units": .text(disk.capacityUnits?.text),
      "capacity_bytes": result(envelope.capacity(of: disk, in: envelope.defaultConfiguration)),
      "populated_bytes": value(disk.populatedSize) { .unsigned($0) },
      "format": .text(disk.format?.text),
      "parent_ref": .text(disk.parentReference?.text),
      "shared": .bool(disk.isShared),
      "other_attributes": attributesJSON(disk.otherAttributes),
      "extensions": extensionsJSON(disk.extensions),
      "content": content.flatMap(\.content).map(contentJSON) ?? .null,
      "line": .number(disk.place.line),
    ]
  }

  private func manifestJSON() -> JSON {
    guard let manifest = package.manifest else { return .null }
    return [
      "file": .string(manifest.file.name),
      "algorithms": .texts(manifest.manifest.algorithms.sorted().map(\.name)),
      "entries": .list(manifest.manifest.entries) { entry in
        [
          "file": .string(entry.fileName), "algorithm": .string(entry.digest.algorithm.name),
          "digest": .string(entry.digest.hex), "line": .number(entry.place.line),
        ]
      },
    ]
  }

  /// A value, or the text found and what is wrong with it.
  func value<Value>(_ written: Written<Value>?, _ make: (Value) -> JSON) -> JSON {
    guard let written else { return .null }
    switch written.reading {
    case .success(let value): return make(value)
    case .failure(let fault):
      return ["text": .string(written.text), "fault": .string(fault.description)]
    }
  }

  /// A number, or what is wrong with it.
  func result(_ result: Result<UInt64, ValueFault>?) -> JSON {
    switch result {
    case nil: .null
    case .success(let number): .unsigned(number)
    case .failure(let fault): ["fault": .string(fault.description)]
    }
  }
}
