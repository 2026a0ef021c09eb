import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A section stands where the standard does not let it.
  static let sectionMisplaced = Rule(
    id: "section-misplaced",
    group: .descriptor,
    title: "A section is in the wrong place",
    severity: .error,
    version: 3,
    basis: .clause("DSP0243 8.1, 9.1 to 9.16"),
    why: "Disks, networks, deployment options, placement groups and what is encrypted belong to "
      + "the Envelope, hardware and operating system to a machine, start-up order to a collection. "
      + "Elsewhere VMware's products refuse the package, and others do not look for them. XenServer "
      + "writes the start-up order into the Envelope, and few products read the sections that came "
      + "with OVF 2: both are a warning.",
    fix: "Move the section to where it belongs.",
    triggering: [
      Example(
        adding: "  <AnnotationSection>\n    <Info>A note</Info>\n"
          + "    <Annotation>Hello</Annotation>\n  </AnnotationSection>\n",
        before: "  <VirtualSystem "),
      Example(
        adding: "    <NetworkSection>\n      <Info>Networks</Info>\n    </NetworkSection>\n",
        before: "    <OperatingSystemSection "),
      Example(
        inMachine: "PlacementGroupSection", #"ovf:id="tier" ovf:policy="affinity""#,
        documented: false),
      Example(
        inMachine: "EncryptionSection", "", Example.encryptedKey(of: nil), documented: false),
      Example(inEnvelope: "EnvironmentFilesSection", documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        adding: "    <AnnotationSection>\n      <Info>A note</Info>\n"
          + "      <Annotation>Hello</Annotation>\n    </AnnotationSection>\n",
        before: "    <OperatingSystemSection ", documented: false),
    ]
  ) { checked, findings in
    for container in checked.containers {
      for section in container.sections {
        guard let kind = section.kind, !kind.belongs(to: container.kind) else { continue }
        findings.add(
          "the \(kind.rawValue) does not belong in \(container.title)", at: section.place,
          expected: kind.rightPlace, found: container.title,
          severity: kind.isTolerated(in: container.kind) ? .warning : nil)
      }
    }
  }
}

extension SectionKind {
  /// The containers in which the standard allows the section.
  private var homes: [CheckedPackage.Container.Kind] {
    switch self {
    case .disk, .sharedDisk, .network, .deploymentOption, .placementGroup, .encryption: [.envelope]
    case .virtualHardware, .operatingSystem, .install: [.system]
    case .startup, .resourceAllocation: [.collection]
    case .product, .eula, .annotation: [.system, .collection]
    case .bootDevice: [.system]
    case .scaleOut: [.collection]
    // What is said of a collection holds for its machines.
    case .placement, .environmentFiles: [.system, .collection]
    }
  }

  /// Returns whether the section may stand in such a container.
  func belongs(to container: CheckedPackage.Container.Kind) -> Bool {
    homes.contains(container)
  }

  /// Returns whether no importer is known to refuse it there.
  fileprivate func isTolerated(in container: CheckedPackage.Container.Kind) -> Bool {
    switch self {
    case .startup: container == .envelope
    case .sharedDisk, .placementGroup, .encryption, .bootDevice, .scaleOut, .placement,
      .environmentFiles:
      true
    default: false
    }
  }

  /// The right place, in words.
  var rightPlace: String {
    if homes == [.envelope] { return "the Envelope" }
    if homes == [.collection] { return "a VirtualSystemCollection" }
    return homes == [.system] ? "a VirtualSystem" : "a VirtualSystem or VirtualSystemCollection"
  }
}
