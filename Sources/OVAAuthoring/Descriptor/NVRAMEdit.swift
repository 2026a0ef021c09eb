import OVABasics
import OVFDescriptor
import OVFXML

/// Takes the firmware's settings out of a descriptor: the items, the settings and the files that
/// name an NVRAM file.
struct NVRAMEdit {
  /// The descriptor without them; nil where it has none.
  struct Result {
    let bytes: [UInt8]
    /// The `File` elements that go, by their numbers in the References.
    let files: Set<Int>
    /// The removed parts, each in a sentence.
    let details: StepDetails
  }

  /// - Throws: why the descriptor is not edited.
  static func edited(_ bytes: [UInt8], of envelope: Envelope) throws(EditRefusal) -> Result? {
    var places: [Place] = []
    var details = StepDetails()
    var ids: Set<String> = []
    for section in envelope.virtualSystems.flatMap(\.hardwareSections) {
      for item in section.items where item.isNVRAM(in: envelope) {
        places.append(item.place)
        details.append("the \(item.kind.rawValue) in \(item.place.position) goes")
        ids.formUnion(item.hostFiles)
      }
      for setting in section.settings + section.items.flatMap(\.settings)
      where setting.key?.text.lowercased() == "nvram" {
        places.append(setting.place)
        details.append("the setting 'nvram' in \(setting.place.position) goes")
        if let value = setting.value, case .file(let id) = HostResource(value.text) {
          ids.insert(id)
        }
      }
    }
    for machine in envelope.virtualSystems.flatMap(\.extensions)
    where machine.name.local == "Machine" {
      for element in machine.element.all(named: "NVRAM") {
        let place = element.place(in: machine.place.file)
        places.append(place)
        details.append("VirtualBox's NVRAM in \(place.position) goes")
      }
    }
    let kept = Set(envelope.disks.compactMap { $0.fileReference?.text })
    var files: Set<Int> = []
    for (number, file) in envelope.files.enumerated() {
      let isNamed = file.id.map { ids.contains($0.text) && !kept.contains($0.text) } ?? false
      guard isNamed || file.href?.text.lowercased().hasSuffix(".nvram") ?? false else { continue }
      files.insert(number)
      places.append(file.place)
      details.append("the File '\(file.href?.text ?? "")' goes")
    }
    guard !places.isEmpty else { return nil }
    let text = try DescriptorText(bytes)
    let numbers = text.numbersByPlace
    let elements = places.compactMap { numbers[Position($0)] }
    guard elements.count == places.count else {
      throw EditRefusal(reason: "what names the NVRAM file cannot be told apart in the bytes")
    }
    let result = text.removing(elements)
    let after = try DescriptorText(result)
    let gone = Set(elements.flatMap { text.descendants(of: $0) })
    guard after.tree.count + gone.count == text.tree.count else {
      throw EditRefusal(reason: "the edited descriptor does not read as it should")
    }
    return Result(bytes: result, files: files, details: details)
  }
}

extension Item {
  /// Returns whether it stands for the firmware's settings rather than for a device that hosts
  /// know.
  fileprivate func isNVRAM(in envelope: Envelope) -> Bool {
    let names = fields.filter {
      ["ResourceSubType", "ElementName", "Caption"].contains($0.name.local)
    }.map { $0.text.lowercased() }
    if names.contains(where: { $0.contains("nvram") }) { return true }
    guard resourceType?.value == 32768 else { return false }
    return hostFiles.contains { id in
      envelope.file(id: id)?.href?.text.lowercased().hasSuffix(".nvram") ?? false
    }
  }

  /// The ids of the files that it names as its content.
  fileprivate var hostFiles: [String] {
    fields.filter { $0.name.local == "HostResource" }.compactMap { field in
      guard case .file(let id) = HostResource(field.text) else { return nil }
      return id
    }
  }
}

extension XMLTreeElement {
  /// The elements of a name below this one.
  fileprivate func all(named name: String) -> [XMLTreeElement] {
    children.flatMap { ($0.name.local == name ? [$0] : []) + $0.all(named: name) }
  }
}

extension DescriptorText {
  /// An element's number and those of all below it.
  fileprivate func descendants(of element: Int) -> [Int] {
    [element] + markup.elements[element].children.flatMap { descendants(of: $0) }
  }
}
