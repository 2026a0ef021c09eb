import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The machine needs a service of vCenter.
  static let vServiceDependency = Rule(
    id: "vservice-dependency",
    group: .descriptor,
    title: "The machine needs a vService of vCenter",
    severity: .warning,
    basis: .practice(
      "ESXi: \"unsupported section 'vServiceDependencySection'\" where no vCenter is."),
    why: "A vServiceDependencySection binds the machine to a service that an extension of vCenter "
      + "provides. A host without vCenter, another product, or a vCenter without that extension "
      + "cannot give it the service and refuses the package.",
    fix: "Deploy it through a vCenter in which the provider of the service is registered, and say "
      + "so in the product's documentation.",
    triggering: [
      Example(vService: "ovf:required=\"true\""),
      Example(vService: "", caption: "required unless it says otherwise", documented: false),
      Example(
        vService: "ovf:required=\"false\"", caption: "one that the machine can do without"),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding:
          "    <vmw:IpAssignmentSection ovf:required=\"false\">\n      <Info>Addresses</Info>\n"
          + "    </vmw:IpAssignmentSection>\n", before: "    <OperatingSystemSection ",
        caption: "other sections of VMware's"),
    ]
  ) { checked, findings in
    for container in checked.containers {
      for section in container.sections where section.isVServiceDependency {
        guard case .unknown(let element) = section.body else { continue }
        let service = ["Type", "Name"].lazy.compactMap { name in
          element.children.first { $0.name.local.isExactly(name) }?.trimmedText
        }.first { !$0.isEmpty }
        findings.add(
          "\(container.title) \(section.isRequired ? "needs" : "can use") the vService"
            + (service.map { " '\($0)'" } ?? "") + " of a vCenter",
          at: section.place, expected: "a vCenter with the provider of the service",
          found: service, severity: section.isRequired ? nil : .info)
      }
    }
  }
}

extension Section {
  /// True if it is VMware's section on a service of vCenter.
  var isVServiceDependency: Bool {
    kind == nil && name.local.isExactly("vServiceDependencySection")
  }
}

extension Example {
  /// An example in which the machine depends on a vService.
  fileprivate init(
    vService attributes: String, caption: String? = nil, documented: Bool = true,
    fileID: String = #fileID, line: UInt = #line, column: UInt = #column
  ) {
    let start = attributes.isEmpty ? "" : " \(attributes)"
    self.init(
      adding: "    <vmw:vServiceDependencySection\(start) vmw:id=\"one\">\n"
        + "      <Info>A service of vCenter</Info>\n"
        + "      <vmw:Type>com.example.directory</vmw:Type>\n"
        + "      <vmw:Name>Directory</vmw:Name>\n    </vmw:vServiceDependencySection>\n",
      before: "    <OperatingSystemSection ", caption: caption, documented: documented,
      fileID: fileID, line: line, column: column)
  }
}
