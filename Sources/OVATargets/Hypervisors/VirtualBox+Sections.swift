import OVABasics
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor
import OVFXML

extension TargetProduct {
  static let virtualBoxSections: [TargetCondition] = [
    TargetCondition(
      "vb-09-prefix", "OVF 0.9 with an `xsi:type` that is not `ovf:NAME_Type` letter by letter",
      .loss, "The section or machine is skipped.", fix: TargetFix.ovf1,
      triggering: typed(as: "o:DiskSection_Type"), passing: typed(as: "ovf:DiskSection_Type")
    ) { view in
      guard view.namespace == .ovf09 else { return [] }
      return view.typedSections { type in
        type.map { !$0.hasPrefix("ovf:") || !$0.hasSuffix("_Type") } ?? false
      }.map { Hit($0.place, found: $0.found, reads: "a package without it") }
    },
    TargetCondition(
      "vb-section-type", "a Section of a machine without an `xsi:type`", .fails,
      "The descriptor is refused.", fix: "Write the section's type, or export as OVF 1.1.",
      triggering: .edit(
        "    <ProductSection>",
        "    <Section>\n      <Info>Notes</Info>\n    </Section>\n    <ProductSection>")
    ) { view in
      view.systems.flatMap(\.sections)
        .filter { $0.kind == nil && $0.name.local == "Section" && $0.isOfStandard(view.envelope) }
        .map { Hit($0.place) }
    },
    TargetCondition(
      "vb-cpu-max", "more than 64 processors", .note, "The number is lowered, with a warning.",
      fix: "Lower the number of processors.", basis: .unsure("the number recalled"),
      triggering: .edit("VirtualQuantity>2<", "VirtualQuantity>65<"),
      passing: .edit("VirtualQuantity>2<", "VirtualQuantity>64<")
    ) { view in
      view.items(3).filter { item in
        if case .number(let count)? = item.virtualQuantity?.value { count > 64 } else { false }
      }.map { $0.hit("VirtualQuantity", reads: "64 CPUs") }
    },
    TargetCondition(
      "vb-nic-count", "more network adapters than the chipset has", .loss,
      "The PIIX3 has 8 and the ICH9 36; further ones are left out, with a warning.",
      fix: "Remove adapters.", triggering: .items(contentsOf: (30...37).map(adapter)),
      passing: .items(contentsOf: (30...36).map(adapter))
    ) { view in
      view.systems.flatMap { system -> [Hit] in
        let most = system.virtualBoxChipset == "ICH9" ? 36 : 8
        let hardware = view.envelope.hardware(of: system, in: view.envelope.defaultConfiguration)
        return (hardware?.networkAdapters ?? []).dropFirst(most).map {
          Hit($0.item.place, reads: "a machine without this adapter")
        }
      }
    },
    TargetCondition(
      "vb-storage-item", "a StorageItem with a quantity that its units do not explain", .fails,
      "The descriptor is refused.",
      fix: "Write VirtualQuantityUnits and VirtualResourceBlockSize, or use an Item.",
      triggering: .edit(storageItem.old, storageItem.new(withUnits: false)),
      passing: .edit(storageItem.old, storageItem.new(withUnits: true))
    ) { view in view.items.filter(\.isUnexplainedStorage).map { $0.hit("VirtualQuantity") } },
  ]

  static let virtualBoxSignature: [TargetCondition] = [
    TargetCondition(
      "vb-cert-broken", "a certificate file that does not sign the manifest", .fails,
      "The archive is refused.", fix: "Sign the package again, or remove the certificate file.",
      triggering: .files(
        .ova, .sign(.selfSigned), .text("web.mf", replacing: "SHA256", with: "SHA256 ")),
      passing: .files(.ova, .sign(.selfSigned))
    ) { view in
      guard let certificate = view.package.certificate, view.package.manifest != nil else {
        return []
      }
      let place = certificate.file.place
      guard let report = view.checked.signature else { return [] }
      switch report.signature {
      case .valid: break
      case .invalid, .wrongLength: return [Hit(place, found: "a wrong signature")]
      case .unreadable: return [Hit(place, found: "no line that signs the manifest")]
      case .noCertificate: return [Hit(place, found: "no certificate")]
      // VirtualBox may know a kind of key that is not known here.
      case .unsupportedKey: return []
      }
      if let name = report.wrongManifestName { return [Hit(place, found: name)] }
      return report.messages.contains { if case .unreadable = $0 { true } else { false } }
        ? [Hit(place, found: "a CMS block that cannot be read")] : []
    }
  ]

  /// The sound package in the form of OVF 0.9, its disk section with this type.
  private static func typed(as type: String) -> Example {
    .files(
      .ova,
      .text(
        "web.ovf", replacing: "http://schemas.dmtf.org/ovf/envelope/1",
        with: "http://www.vmware.com/schema/ovf/1/envelope"),
      .text(
        "web.ovf", replacing: "<DiskSection>",
        with: "<Section xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          + "xmlns:o=\"http://www.vmware.com/schema/ovf/1/envelope\" xsi:type=\"\(type)\">"),
      .text("web.ovf", replacing: "</DiskSection>", with: "</Section>"))
  }

  private static func adapter(_ id: Int) -> String {
    Example.item(
      "", ("AutomaticAllocation", "true"), ("Connection", "NAT"), ("ElementName", "Adapter \(id)"),
      ("InstanceID", "\(id)"), ("ResourceSubType", "E1000"), ("ResourceType", "10"))
  }

  /// The sound package's disk as a StorageItem.
  private enum storageItem {
    static let old = """
            <Item>
              <rasd:AddressOnParent>0</rasd:AddressOnParent>
              <rasd:ElementName>Hard disk 1</rasd:ElementName>
              <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>
              <rasd:InstanceID>4</rasd:InstanceID>
              <rasd:Parent>3</rasd:Parent>
              <rasd:ResourceType>17</rasd:ResourceType>
            </Item>
      """

    static func new(withUnits: Bool) -> String {
      let namespace =
        "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_StorageAllocationSettingData"
      let units =
        withUnits
        ? "\n        <sasd:VirtualQuantityUnits>byte</sasd:VirtualQuantityUnits>"
          + "\n        <sasd:VirtualResourceBlockSize>512</sasd:VirtualResourceBlockSize>" : ""
      return """
              <StorageItem xmlns:sasd="\(namespace)">
                <sasd:AddressOnParent>0</sasd:AddressOnParent>
                <sasd:ElementName>Hard disk 1</sasd:ElementName>
                <sasd:HostResource>ovf:/disk/disk1</sasd:HostResource>
                <sasd:InstanceID>4</sasd:InstanceID>
                <sasd:Parent>3</sasd:Parent>
                <sasd:ResourceType>17</sasd:ResourceType>
                <sasd:VirtualQuantity>131072</sasd:VirtualQuantity>\(units)
              </StorageItem>
        """
    }
  }
}

extension Item {
  /// True if VirtualBox's rules of a StorageItem's quantities are broken.
  fileprivate var isUnexplainedStorage: Bool {
    guard kind == .storage else { return false }
    func text(_ name: String) -> String { field(name)?.text ?? "" }
    let (units, blocks) = (text("VirtualQuantityUnits"), text("VirtualResourceBlockSize"))
    if !text("VirtualQuantity").isEmpty {
      if units.isEmpty || blocks.isEmpty { return true }
      if units == "count", blocks == "1" { return true }
    }
    return !text("Reservation").isEmpty && text("HostResourceBlockSize").isEmpty
  }
}

extension VirtualSystem {
  /// The chipset in VirtualBox's own description of the machine; nil where none is given.
  fileprivate var virtualBoxChipset: String? {
    let machine = extensions.first {
      $0.name.local == "Machine" && $0.name.namespace.hasPrefix("http://www.virtualbox.org/")
    }
    return machine?.element.children.first { $0.name.local == "Hardware" }?
      .children.first { $0.name.local == "Chipset" }?.attribute("type")?.value
  }
}

extension Section {
  /// Returns whether the element is the standard's by its namespace.
  fileprivate func isOfStandard(_ envelope: Envelope) -> Bool {
    name.namespace == envelope.rootName.namespace
  }
}

extension TargetView {
  /// The elements with an `xsi:type` for which a condition on it holds.
  fileprivate func typedSections(_ isMeant: (String?) -> Bool) -> [Hit] {
    guard let source = package.descriptor.source,
      let bytes = try? source.allBytes(limit: 64 << 20, named: "descriptorBytes"),
      let tree = try? XMLTree.read(bytes, name: package.descriptor.place.file)
    else { return [] }
    var hits: [Hit] = []
    var rest = [tree.root]
    while let element = rest.popLast() {
      rest += element.children.reversed()
      guard element.name.local == "Section" || element.name.local == "Content" else { continue }
      let type = element.attribute(
        "type", namespace: "http://www.w3.org/2001/XMLSchema-instance")?.value
      if isMeant(type) {
        hits.append(Hit(element.place(in: package.descriptor.place.file), found: type))
      }
    }
    return hits
  }
}
