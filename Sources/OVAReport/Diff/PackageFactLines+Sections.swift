import OVABasics
import OVFDescriptor
import OVFXML

extension PackageFactLines {
  mutating func add(_ collection: VirtualSystemCollection) {
    let name = collection.path.filter { !$0.isEmpty }.joined(separator: "/")
    let members = collection.contents.map { content in
      switch content {
      case .system(let system): system.id?.text ?? "?"
      case .collection(let inner): inner.id?.text ?? "?"
      }
    }
    facts.add("collection", name, members.joined(separator: ", "))
    facts.add("collection", "\(name) name", text(collection.name))
    addSections(collection.sections, of: name + " ")
  }

  /// A line a section, and one for each of its values that no other line has.
  mutating func addSections(_ sections: [Section], of owner: String) {
    for section in sections {
      let name = owner + section.name.local
      let parent = facts.add(
        "section", name, section.isRequired ? "required" : "not required")
      facts.add("section", "\(name) info", text(section.info), of: parent)
      add(section.body, name, owner, parent)
      add(section.otherAttributes, extensions(of: section), to: "section", name, of: parent)
    }
  }

  /// VMware's settings of a hardware section are listed as such.
  private func extensions(of section: Section) -> [Extension] {
    guard let hardware = section.hardware else { return section.extensions }
    let settings = Set(hardware.settings.map(\.place))
    return section.extensions.filter { !settings.contains($0.place) }
  }

  private mutating func add(
    _ body: Section.Body, _ name: String, _ owner: String, _ parent: FactLines.Key?
  ) {
    switch body {
    case .eula(let license): facts.add("license", owner + "text", text(license))
    case .annotation(let message): facts.add("annotation", owner + "text", text(message))
    case .deploymentOptions(let options):
      for option in options {
        let id = option.id?.text ?? "?"
        let added = facts.add("option", id, text(option.label) ?? "")
        facts.add("option", "\(id) description", text(option.description), of: added)
        facts.add("option", "\(id) default", option.isMarkedDefault?.text, of: added)
        addHardware(of: id, added)
      }
    case .startup(let items):
      for item in items {
        facts.add("section", "\(name) \(item.id?.text ?? "?")", item.words, of: parent)
      }
    case .resourceAllocation(let items):
      for item in items {
        let title = item.displayName?.text ?? "resource \(item.resourceType?.text ?? "?")"
        let fields = item.fields.map { "\($0.name.local) \($0.text)" }
        facts.add("section", "\(name) \(title)", fields.joined(separator: ", "), of: parent)
      }
    case .install(let delay):
      facts.add("section", "\(name) initialBootStopDelay", delay?.text, of: parent)
    case .environmentFiles(let files):
      for file in files {
        facts.add(
          "section", "\(name) \(file.path?.text ?? "?")", file.fileReference?.text ?? "", of: parent
        )
      }
    case .bootDevice(let configurations):
      let devices = configurations.flatMap(\.sources).map { $0.device ?? $0.instanceID ?? "?" }
      facts.add("section", "\(name) devices", devices.joined(separator: ", "), of: parent)
    case .scaleOut(let scaleOut):
      facts.add("section", "\(name) id", scaleOut.id?.text, of: parent)
      for count in scaleOut.counts {
        facts.add(
          "section", "\(name) count in \(count.configurations?.text ?? "all options")",
          "\(count.minimum?.text ?? "1") to \(count.maximum?.text ?? "any number"), "
            + "\(count.initial?.text ?? "?") at first", of: parent)
      }
    case .placementGroup(let group):
      facts.add("section", "\(name) id", group.id?.text, of: parent)
      facts.add("section", "\(name) policy", group.policy?.text, of: parent)
    case .placement(let group): facts.add("section", "\(name) group", group?.text, of: parent)
    case .encryption(let encryption):
      let references = encryption.keys.map { $0.references.map(\.text).joined(separator: " ") }
      facts.add("section", "\(name) keys", references.joined(separator: ", "), of: parent)
    case .unknown(let element):
      facts.add("section", "\(name) content", element.flatText, of: parent)
    case .disks, .networks, .hardware, .operatingSystem, .product: break
    }
  }

  /// Processors, memory and disks that an option other than the default gives.
  private mutating func addHardware(of id: String, _ parent: FactLines.Key?) {
    guard id != option, envelope.deploymentOptions.count <= envelope.mostConfigurations else {
      return
    }
    for system in envelope.virtualSystems {
      guard let hardware = envelope.hardware(of: system, in: id) else { continue }
      let parts = [
        hardware.virtualCPUs.map { "\($0) vCPU" },
        hardware.memoryBytes.map { ByteCount($0).precise }, hardware.disks.counted("disk"),
        hardware.networkAdapters.counted("network adapter"),
      ].compactMap(\.self).filter { !$0.isEmpty }
      let machine = envelope.virtualSystems.count == 1 ? "" : " \(system.id?.text ?? "?")"
      facts.add(
        "option", "\(id)\(machine) hardware", parts.joined(separator: ", "), of: parent)
    }
  }
}

extension StartupItem {
  /// The content of the section, in words.
  fileprivate var words: String {
    [
      order.map { "order \($0.text)" }, startDelay.map { "start delay \($0.text) s" },
      stopDelay.map { "stop delay \($0.text) s" }, startAction.map { "start by \($0.text)" },
      stopAction.map { "stop by \($0.text)" },
      waitingForGuest.map { "waiting for the guest: \($0.text)" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}
