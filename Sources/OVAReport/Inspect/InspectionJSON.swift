import OVAArchive
package import OVABasics
import OVAIntegrity
package import OVAPackage
import OVFDescriptor
import OVFXML

/// Writes everything that was read of a package as JSON; a value that could not be read is the text
/// found and the fault.
///
/// The shape is published as `docs/schema/inspect-1.schema.json`.
package final class InspectionJSON {
  /// The document's name and version; additions raise the second number.
  package static let schema = "ovakit/inspect/1.2"

  /// A whole run: every package that could be read, in the order given; one, several or none.
  package static func run(_ packages: [JSON]) -> JSON {
    ["schema": "ovakit/inspect-run/1.0", "packages": .array(packages)]
  }

  let package: Package
  let locale: String?

  package init(_ package: Package, locale: String? = nil) {
    self.package = package
    self.locale = locale
  }

  var envelope: Envelope { package.envelope }

  /// The document.
  package func json() -> JSON {
    JSONWriter.object { json in
      json.text("schema", Self.schema)
      json.text("path", package.path)
      json.text("form", package.isArchive ? "ova" : "folder")
      json.object("envelope", writeEnvelope)
      json.text("default_configuration", envelope.defaultConfiguration)
      json.objects("deployment_options", Array(envelope.deploymentOptions.enumerated())) {
        write(option: $0.element, isWorkedOut: $0.offset < envelope.mostConfigurations, &$1)
      }
      json.objects("observations", envelope.diagnostics, write(diagnostic:_:))
      json.objects("references", package.references, write(reference:_:))
      json.objects("files", package.files, write(file:_:))
      json.objects("disks", envelope.disks, write(disk:_:))
      json.objects("networks", envelope.networks) { network, json in
        json.text("name", network.name?.text)
        json.text("description", text(network.description))
        write(extensions: network.extensions, &json)
        json.number("line", network.place.line)
      }
      writeProducts(&json)
      json.objects("virtual_systems", envelope.virtualSystems, write(system:_:))
      json.objects("collections", envelope.collections, write(collection:_:))
      writeSections(&json)
      json.objects("message_bundles", envelope.bundles, write(bundle:_:))
      json.object("manifest", package.manifest, write(manifest:_:))
      json.object("certificate", package.certificate) { $1.text("file", $0.file.name) }
    }
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

  private func writeEnvelope(_ json: inout JSONWriter) {
    json.text("descriptor", package.descriptor.name)
    json.text("dialect", envelope.dialect.rawValue)
    json.text("namespace", envelope.rootName.namespace)
    json.text("version", envelope.version?.text)
    json.text("language", envelope.language?.text)
    json.text("encoding", envelope.declaredEncoding)
    json.object("producer") { json in
      json.text("kind", envelope.producer.kind.rawValue)
      json.text("tool", envelope.producer.tool)
      json.objects("evidence", envelope.producer.evidence) { evidence, json in
        json.text("text", evidence.text)
        json.number("line", evidence.place.line)
      }
    }
    write(otherAttributes: envelope.otherAttributes, &json)
    write(extensions: envelope.extensions, &json)
    json.number("line", envelope.place.line)
    writeCommonMembers(envelope.sections, &json)
  }

  private func write(option: DeploymentOption, isWorkedOut: Bool, _ json: inout JSONWriter) {
    json.text("id", option.id?.text)
    json.flag(
      "default", option.id != nil && option.id?.text == envelope.defaultConfiguration)
    json.text("label", text(option.label))
    json.text("description", text(option.description))
    json.number("line", option.place.line)
    json.objects("systems", isWorkedOut ? envelope.virtualSystems : []) { system, json in
      let hardware = envelope.hardware(of: system, in: option.id?.text)
      json.text("id", system.id?.text)
      json.result("vcpus", hardware?.processors)
      json.result("memory_bytes", hardware?.memory)
      json.number("disks", hardware?.disks.count)
      json.number("nics", hardware?.networkAdapters.count)
    }
  }

  private func write(reference resolved: ResolvedReference, _ json: inout JSONWriter) {
    let reference = resolved.reference
    let (path, scheme): (String?, String?) =
      switch reference.target {
      case .file(let path): (path, nil)
      case .url(let scheme): (nil, scheme)
      case .undecodable, nil: (nil, nil)
      }
    json.text("id", reference.id?.text)
    json.text("href", reference.href?.text)
    json.text("path", path)
    json.text("scheme", scheme)
    json.value("size", reference.size)
    json.text("compression", reference.compression?.text)
    json.value("chunk_size", reference.chunkSize)
    write(target: resolved.target, &json)
    write(otherAttributes: reference.otherAttributes, &json)
    json.number("line", reference.place.line)
  }

  private func write(target: ResolvedReference.Target, _ json: inout JSONWriter) {
    let (state, file): (String, PackageFile?) =
      switch target {
      case .file(let file): ("present", file)
      case .chunks: ("chunks", nil)
      case .missing: ("missing", nil)
      case .unsafe: ("unsafe", nil)
      case .leadsOut: ("leads-out", nil)
      case .notAFile: ("not-a-file", nil)
      case .unreadable: ("unreadable", nil)
      case .remote: ("remote", nil)
      case .unclear: ("unclear", nil)
      }
    json.text("state", state)
    if case .chunks(let chunks) = target {
      json.texts("found", chunks.pieces.map(\.file.name))
    } else {
      json.text("found", file?.name)
    }
  }

  private func write(file: PackageFile, _ json: inout JSONWriter) {
    json.text("name", file.name)
    json.text("kind", file.kind == .file ? "file" : file.kind.title)
    json.number("size", file.size)
    json.number("stored", file.storedSize)
    json.number("offset", file.member?.dataOffset)
    json.json("modified", .integer(file.modified))
  }

  private func write(disk: Disk, _ json: inout JSONWriter) {
    let behind = package.content(of: disk)
    json.text("id", disk.id?.text)
    json.text("file_ref", disk.fileReference?.text)
    json.text("file", envelope.file(of: disk)?.href?.text)
    json.text("capacity", disk.capacity?.text)
    json.text("capacity_units", disk.capacityUnits?.text)
    json.result("capacity_bytes", envelope.capacity(of: disk, in: envelope.defaultConfiguration))
    json.value("populated_bytes", disk.populatedSize)
    json.text("format", disk.format?.text)
    json.text("parent_ref", disk.parentReference?.text)
    json.texts("bases", package.bases(of: disk).compactMap { $0.id?.text })
    json.text("interface", disk.interface?.text)
    json.flag("boot", disk.isBootable?.value)
    json.text("direct_lun", disk.directLUN?.text)
    json.flag("shared", disk.isShared)
    write(otherAttributes: disk.otherAttributes, &json)
    write(extensions: disk.extensions, &json)
    json.object("content", behind?.content) { content, json in
      write(content: content, allocated: behind?.allocatedBytes, &json)
    }
    json.number("line", disk.place.line)
  }

  private func write(manifest: Package.ManifestFile, _ json: inout JSONWriter) {
    json.text("file", manifest.file.name)
    json.texts("algorithms", manifest.manifest.algorithms.sorted().map(\.name))
    json.objects("entries", manifest.manifest.entries) { entry, json in
      json.text("file", entry.fileName)
      json.text("algorithm", entry.claim.algorithm?.name ?? entry.algorithmText)
      json.text("digest", entry.claim.digits)
      json.number("line", entry.place.line)
    }
  }
}
