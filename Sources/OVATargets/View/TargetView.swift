import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML

/// A package as conditions ask about it, for one release of a target.
struct TargetView: Sendable {
  /// The package with what was seen of its bytes.
  let checked: CheckedPackage
  /// The findings of the rules that are errors.
  let errors: [Finding]
  /// The target's release; nil where none are distinguished.
  private(set) var release: TargetRelease?
  /// True if the user named no release, so that the newest was taken.
  private(set) var isReleaseAssumed = false
  /// The hardware sections of all machines.
  let sections: [HardwareSection]
  /// Their items, of all configurations and bounds.
  let items: [Item]
  /// Every hardware section in every configuration.
  let hardware: [Hardware]

  init(_ checked: CheckedPackage, findings: [Finding]) {
    self.checked = checked
    errors = findings.filter { $0.severity == .error }
    let envelope = checked.package.envelope
    sections = envelope.virtualSystems.flatMap(\.hardwareSections)
    items = sections.flatMap(\.items)
    hardware = envelope.virtualSystems.flatMap { system in
      system.hardwareSections.flatMap { section in
        let varies = section.items.contains { $0.configurations != nil }
        let chosen = varies ? envelope.configurations : [envelope.defaultConfiguration]
        return chosen.map { envelope.hardware(of: section, in: $0, system: system) }
      }
    }
  }

  /// The same package for a target.
  func with(_ target: Target) -> TargetView {
    var view = self
    view.release = target.release
    view.isReleaseAssumed = target.isNewestByDefault
    return view
  }
}

extension TargetView {
  var package: Package { checked.package }
  var envelope: Envelope { package.envelope }
  var systems: [VirtualSystem] { envelope.virtualSystems }
  var disks: [Disk] { envelope.disks }

  /// The whole package as a place.
  var whole: TargetCondition.Hit { TargetCondition.Hit(envelope.place) }

  /// The envelope's namespace, as far as targets tell them apart.
  enum Namespace { case ovf09, ovf1, ovf2, oVirt, other }

  var namespace: Namespace {
    switch envelope.rootName.namespace {
    case "http://www.vmware.com/schema/ovf/1/envelope": .ovf09
    case "http://schemas.dmtf.org/ovf/envelope/1": .ovf1
    case "http://schemas.dmtf.org/ovf/envelope/2": .ovf2
    case "http://schemas.dmtf.org/ovf/envelope/1/": .oVirt
    default: .other
    }
  }

  /// A hit at the envelope, with its namespace, when `isMeant`.
  func namespaceHit(_ isMeant: Bool) -> [TargetCondition.Hit] {
    isMeant
      ? [TargetCondition.Hit(envelope.place, found: envelope.rootName.namespace)] : []
  }

  /// The collections, or the machines that do not stand directly in the envelope.
  var nested: [TargetCondition.Hit] {
    envelope.collections.map { TargetCondition.Hit($0.place, found: $0.id?.text) }
  }

  /// The machines behind the first.
  var furtherSystems: [TargetCondition.Hit] {
    systems.dropFirst().map { TargetCondition.Hit($0.place, found: $0.id?.text) }
  }

  /// The options of deployment where there are several to choose from.
  var options: [TargetCondition.Hit] {
    guard let first = envelope.deploymentOptions.first else { return [] }
    let ids = envelope.deploymentOptions.compactMap { $0.id?.text }.joined(separator: ", ")
    return [TargetCondition.Hit(first.place, found: ids)]
  }

  /// The sections of a kind, wherever they are.
  func sections(_ kind: SectionKind) -> [Section] {
    envelope.allSections.filter { $0.kind == kind }
  }

  /// The values of VMware's settings with a key, of the sections and of their items.
  func settings(_ kind: Setting.Kind, _ key: String? = nil) -> [Setting] {
    sections.flatMap { $0.settings + $0.items.flatMap(\.settings) }
      .filter { $0.kind == kind && (key == nil || $0.key?.text == key) }
  }

  /// The places that demand EFI firmware.
  var efi: [TargetCondition.Hit] {
    sections.compactMap { section -> TargetCondition.Hit? in
      let setting = section.settings.first { $0.key?.text == "firmware" }
      guard setting?.value?.text.lowercased() == "efi" else { return nil }
      return TargetCondition.Hit(setting?.place ?? section.place, found: "efi")
    }
  }

  /// The places that demand secure boot.
  var secureBoot: [TargetCondition.Hit] {
    hardware.filter { $0.secureBoot == true }.map { TargetCondition.Hit($0.section.place) }.unique
  }

  /// The items that are trusted platform modules.
  var tpms: [TargetCondition.Hit] {
    hardware.flatMap(\.devices).filter { $0.kind == .other(.tpm) }.map { $0.item.hit }.unique
  }
}

extension [TargetCondition.Hit] {
  /// Each once, in order.
  var unique: [TargetCondition.Hit] {
    var seen: Set<TargetCondition.Hit> = []
    return filter { seen.insert($0).inserted }
  }
}
