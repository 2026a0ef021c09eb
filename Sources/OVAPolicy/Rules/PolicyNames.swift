import OVABasics
import OVAPackage
import OVARules
import OVFDescriptor

extension PolicyRule {
  /// The package asks for a network that the policy does not allow.
  static let network = PolicyRule(
    id: "policy-network-forbidden",
    title: "The package asks for a network that the policy does not allow",
    key: "networks",
    why: "On import each network of the package is mapped to one of the site by its name; another "
      + "name is mapped by hand, or to the wrong one.",
    fix: "Name the network as the site does, in the NetworkSection and in the `Connection` of the "
      + "adapters, then recreate the manifest: `ova manifest PATH`.",
    examplePolicy: { $0.networks = [NamePattern("VM Network"), NamePattern("prod-*")] },
    triggering: [
      Example(
        .folder,
        edits: [
          .init(old: "ovf:name=\"VM Network\"", new: "ovf:name=\"lab\""),
          .init(old: "<rasd:Connection>VM Network<", new: "<rasd:Connection>lab<"),
        ], [])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          .init(old: "ovf:name=\"VM Network\"", new: "ovf:name=\"Prod-7\""),
          .init(old: "<rasd:Connection>VM Network<", new: "<rasd:Connection>Prod-7<"),
        ], []),
    ]
  ) { policy in
    guard let allowed = policy.networks else { return nil }
    return { checked, findings in
      for network in checked.envelope.networks {
        guard let name = network.name?.text, !allowed.allow(name) else { continue }
        findings.add(
          "the network '\(name)' is not allowed", at: network.place, expected: allowed.listed,
          found: name)
      }
    }
  }

  /// A machine is of no hardware family that the policy allows.
  static let family = PolicyRule(
    id: "policy-family-forbidden",
    title: "A machine is of no hardware family that the policy allows",
    key: "families",
    why: "Hosts know the families up to their own; a family that is too new is not imported, and "
      + "one that is too old lacks devices.",
    fix: "Write one of the allowed families into `VirtualSystemType` and see that its devices are "
      + "known to it, then recreate the manifest: `ova manifest PATH`.",
    examplePolicy: { $0.families = [NamePattern("vmx-1?")] },
    triggering: [Example(replacing: "vmx-13", with: "vmx-21")],
    passing: [.sound(.folder), Example(replacing: "vmx-13", with: "vmx-21 vmx-19")]
  ) { policy in
    guard let allowed = policy.families else { return nil }
    return { checked, findings in
      for system in checked.envelope.virtualSystems {
        for section in system.hardwareSections {
          let families = section.families
          // Of several families the importer takes one that it knows.
          guard !families.contains(where: allowed.allow) else { continue }
          let found = families.joined(separator: ", ")
          findings.add(
            families.isEmpty
              ? "\(system.title) names no hardware family"
              : "\(system.title) is of the hardware family '\(found)', which is not allowed",
            at: section.system?.field("VirtualSystemType")?.place ?? section.place,
            expected: allowed.listed, found: families.isEmpty ? nil : found)
        }
      }
    }
  }

  /// The descriptor was written by a product that the policy does not allow.
  static let producer = PolicyRule(
    id: "policy-producer-forbidden",
    title: "The package was made with a product that the policy does not allow",
    key: "producers",
    why: "Packages of other producers have other devices, formats and faults than those that the "
      + "site has tried.",
    fix: "Export the machine again with one of the allowed products.",
    examplePolicy: { $0.producers = [NamePattern("virtualbox"), NamePattern("other")] },
    triggering: [
      Example(
        replacing: "vmx-13", with: "vmx-14",
        caption: "a package of VMware's where others are wanted")
    ],
    passing: [Example(replacing: "vmx-13", with: "virtualbox-2.2")]
  ) { policy in
    guard let allowed = policy.producers else { return nil }
    return { checked, findings in
      let producer = checked.envelope.producer
      let names = [producer.kind.rawValue, producer.tool].compactMap(\.self)
      guard !names.contains(where: allowed.allow) else { return }
      let found = names.joined(separator: ", ")
      findings.add(
        "the package was made with '\(found)', which is not allowed",
        at: producer.evidence.first?.place ?? checked.envelope.place, expected: allowed.listed,
        found: found)
    }
  }

  /// A machine has a firmware that the policy does not allow.
  static let firmware = PolicyRule(
    id: "policy-firmware-forbidden",
    title: "A machine has a firmware that the policy does not allow",
    key: "firmware",
    why:
      "Secure boot needs EFI; a guest that was installed under one firmware does not start under "
      + "the other.",
    fix:
      "Install the guest anew under the allowed firmware; the setting alone does not change what "
      + "is on the disk.",
    examplePolicy: { $0.firmware = [NamePattern("efi")] },
    triggering: [.sound(.folder)],
    passing: [
      Example(
        adding:
          "      <vmw:Config ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"efi\"/>\n",
        before: "    </VirtualHardwareSection>")
    ]
  ) { policy in
    guard let allowed = policy.firmware else { return nil }
    return { checked, findings in
      var seen: Set<Place> = []
      for (system, hardware) in checked.hardware
      where seen.insert(hardware.section.place).inserted {
        // Where nothing is written, importers take BIOS.
        let firmware = hardware.firmware ?? "bios"
        guard !allowed.allow(firmware) else { continue }
        let words = hardware.firmware == nil ? "names no firmware, which means" : "has the firmware"
        findings.add(
          "\(system.title) \(words) '\(firmware)', and that is not allowed",
          at: hardware.section.place, expected: allowed.listed, found: firmware)
      }
    }
  }
}
