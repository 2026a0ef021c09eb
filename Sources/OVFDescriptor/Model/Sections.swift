public import OVABasics
public import OVFXML

/// The sections that the standard and VMware's early version know.
public enum SectionKind: String, Hashable, Sendable, CaseIterable {
  /// Disks of the package.
  case disk = "DiskSection"
  /// Disks that several machines share (2.x).
  case sharedDisk = "SharedDiskSection"
  /// Networks that adapters connect to.
  case network = "NetworkSection"
  /// Alternatives of deployment.
  case deploymentOption = "DeploymentOptionSection"
  /// A machine's hardware.
  case virtualHardware = "VirtualHardwareSection"
  /// A machine's guest operating system.
  case operatingSystem = "OperatingSystemSection"
  /// Instructions for the first boot.
  case install = "InstallSection"
  /// A product with its properties.
  case product = "ProductSection"
  /// An end-user license.
  case eula = "EulaSection"
  /// A note for people.
  case annotation = "AnnotationSection"
  /// The order in which machines start and stop.
  case startup = "StartupSection"
  /// Resources of a whole collection.
  case resourceAllocation = "ResourceAllocationSection"
  /// Files put into the guest's environment (2.x).
  case environmentFiles = "EnvironmentFilesSection"
  /// Boot order (2.x).
  case bootDevice = "BootDeviceSection"
  /// Number of instances (2.x).
  case scaleOut = "ScaleOutSection"
  /// A placement policy (2.x).
  case placementGroup = "PlacementGroupSection"
  /// Membership in a placement group (2.x).
  case placement = "PlacementSection"
  /// Encryption of parts of the descriptor (2.x).
  case encryption = "EncryptionSection"
}

extension SectionKind {
  /// True if version 2 of the standard brought it.
  public var isOfVersion2: Bool {
    switch self {
    case .sharedDisk, .environmentFiles, .bootDevice, .scaleOut, .placementGroup, .placement,
      .encryption:
      true
    case .disk, .network, .deploymentOption, .virtualHardware, .operatingSystem, .install, .product,
      .eula, .annotation, .startup, .resourceAllocation:
      false
    }
  }
}

/// A section of an envelope, a system or a collection, known or not.
public final class Section: Hashable, Sendable {
  /// The content of a section; apart from it, since some of it is large and nearly all who look
  /// want something else.
  public indirect enum Body: Hashable, Sendable {
    /// Disks, of a disk or shared disk section.
    case disks([Disk])
    /// Networks.
    case networks([Network])
    /// Deployment options.
    case deploymentOptions([DeploymentOption])
    /// Hardware.
    case hardware(HardwareSection)
    /// The guest operating system.
    case operatingSystem(OperatingSystem)
    /// A product.
    case product(Product)
    /// A license; nil where the `License` is missing.
    case eula(license: Message?)
    /// A note; nil where the `Annotation` is missing.
    case annotation(Message?)
    /// Starting and stopping.
    case startup([StartupItem])
    /// Resources of the whole.
    case resourceAllocation([Item])
    /// The first boot: seconds until the machine stops by itself; nil where absent.
    case install(stopDelay: SourceValue<UInt64>?)
    /// Files for the guest's environment.
    case environmentFiles([EnvironmentFile])
    /// The boot order of a machine.
    case bootDevice([BootConfiguration])
    /// The number of instances.
    case scaleOut(ScaleOut)
    /// A group of machines with a rule on where they run.
    case placementGroup(PlacementGroup)
    /// The group that a machine or collection is in.
    case placement(group: SourceValue<String>?)
    /// The keys of what is encrypted.
    case encryption(Encryption)
    /// A section that the standard does not know; the whole is in `element`.
    case unknown(XMLTreeElement)
  }

  /// Its kind; nil for one that the standard does not know.
  public let kind: SectionKind?
  /// The element's name; in version 0.9 the name that `xsi:type` gives.
  public let name: XMLName
  /// The text for people that every section has to have.
  public let info: Message?
  /// True if `Info` is the first child, where there is one.
  public let infoIsFirst: Bool
  /// `ovf:required`; true where absent (clause 7.3).
  public let required: SourceValue<Bool>?
  /// The content.
  public let body: Body
  /// Children that the standard does not put here.
  public let extensions: [Extension]
  /// Attributes of other namespaces.
  public let otherAttributes: [XMLAttribute]
  /// The place in the source.
  public let place: Place

  init(
    kind: SectionKind?, name: XMLName, info: Message?, infoIsFirst: Bool,
    required: SourceValue<Bool>?,
    body: Body, extensions: [Extension], otherAttributes: [XMLAttribute], place: Place
  ) {
    self.kind = kind
    self.name = name
    self.info = info
    self.infoIsFirst = infoIsFirst
    self.required = required
    self.body = body
    self.extensions = extensions
    self.otherAttributes = otherAttributes
    self.place = place
  }

  /// True if a reader that does not know the section has to refuse the package.
  public var isRequired: Bool { required?.value ?? true }

  /// Equal when everything in them is.
  public static func == (a: Section, b: Section) -> Bool {
    a === b
      || a.kind == b.kind && a.name == b.name && a.info == b.info && a.infoIsFirst == b.infoIsFirst
        && a.required == b.required && a.body == b.body && a.extensions == b.extensions
        && a.otherAttributes == b.otherAttributes && a.place == b.place
  }

  /// Hashes the place, by which nearly all differ.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

extension Section {
  /// The disks, of a disk section.
  public var disks: [Disk] {
    if case .disks(let disks) = body { return disks }
    return []
  }

  /// The networks, of a network section.
  public var networks: [Network] {
    if case .networks(let networks) = body { return networks }
    return []
  }

  /// The options, of a deployment option section.
  public var deploymentOptions: [DeploymentOption] {
    if case .deploymentOptions(let options) = body { return options }
    return []
  }

  /// The product, of a product section.
  public var product: Product? {
    if case .product(let product) = body { return product }
    return nil
  }

  /// The hardware, of a hardware section.
  public var hardware: HardwareSection? {
    if case .hardware(let hardware) = body { return hardware }
    return nil
  }
}

/// A network that adapters connect to (clause 9.2).
public struct Network: Hashable, Sendable {
  /// The name that `Connection` means.
  public let name: SourceValue<String>?
  /// A text for people.
  public let description: Message?
  /// Child elements other than the description.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place
}

/// An alternative of deployment (clause 9.8).
public struct DeploymentOption: Hashable, Sendable {
  /// The id that `configuration` attributes mean.
  public let id: SourceValue<String>?
  /// `default`, where written.
  public let isMarkedDefault: SourceValue<Bool>?
  /// A short name.
  public let label: Message?
  /// A text for people.
  public let description: Message?
  /// Child elements of others.
  public let extensions: [Extension]
  /// The place in the source.
  public let place: Place
}

/// The start and stop of a machine of a collection (clause 9.7).
public struct StartupItem: Hashable, Sendable {
  /// The id of the system or collection.
  public let id: SourceValue<String>?
  /// Its turn, from 0; the same turn starts together.
  public let order: SourceValue<UInt16>?
  /// Seconds before the next turn starts.
  public let startDelay: SourceValue<UInt64>?
  /// Seconds before the next turn stops.
  public let stopDelay: SourceValue<UInt64>?
  /// `powerOn` or `none`.
  public let startAction: SourceValue<String>?
  /// `powerOff`, `guestShutdown` or `none`.
  public let stopAction: SourceValue<String>?
  /// True if the next turn may start once the guest says so.
  public let waitingForGuest: SourceValue<Bool>?
  /// The place in the source.
  public let place: Place
}

/// A guest operating system (clause 9.9).
public struct OperatingSystem: Hashable, Sendable {
  /// The CIM number.
  public let id: SourceValue<UInt16>?
  /// The version.
  public let version: SourceValue<String>?
  /// The producer's name of it.
  public let description: Message?
  /// `vmw:osType`, such as `ubuntu64Guest`.
  public let vmwareType: SourceValue<String>?
  /// `vbox:OSType`, such as `Ubuntu_64`.
  public let virtualBoxType: SourceValue<String>?

  /// CIM's name of the number; nil for one that CIM does not list.
  public var cimName: String? { id?.value.flatMap(OperatingSystem.cimName(of:)) }
}
