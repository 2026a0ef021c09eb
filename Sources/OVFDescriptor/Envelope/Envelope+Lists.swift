import OVFXML

extension Envelope {
  /// The files of the package, in order.
  public var files: [FileReference] { lists.files }

  /// The disks of the envelope's disk and shared disk sections, in order. Such a section inside a
  /// machine is not where the standard lets it be (clause 9.1) and declares nothing.
  public var disks: [Disk] { lists.disks }

  /// The networks of the envelope's network sections, in order (clause 9.2).
  public var networks: [Network] { lists.networks }

  /// The deployment options, in order.
  public var deploymentOptions: [DeploymentOption] { lists.deploymentOptions }

  /// The id of the option that counts when none is chosen: the first that is marked default, else
  /// the first (clause 9.8); nil where there are none.
  public var defaultConfiguration: String? { lists.defaultConfiguration }

  /// The configurations that a deployment may choose: the ids of the options, or none where there
  /// are none; not more than can be worked out (``mostConfigurations``).
  public var configurations: [String?] {
    let options = deploymentOptions.lazy.compactMap { $0.id?.text }.prefix(mostConfigurations)
    return options.isEmpty ? [nil] : Array(options)
  }

  /// The most configurations for which it is worth to work out everything: so many that there are a
  /// million machines, items and disks in all of them together.
  public var mostConfigurations: Int { lists.mostConfigurations }

  /// The machines, in document order, whatever collections they are in.
  public var virtualSystems: [VirtualSystem] { lists.virtualSystems }

  /// The collections, in document order, outer before inner.
  public var collections: [VirtualSystemCollection] { lists.collections }

  /// The products of envelope, collections and machines, in document order.
  public var products: [Product] { lists.products }

  /// Every section, those of the envelope first, then those of the contents as they come.
  public var allSections: [Section] { lists.allSections }
}

extension Content {
  /// The machine itself, or those of the collection and of the collections in it.
  public var virtualSystems: [VirtualSystem] {
    switch self {
    case .system(let system): [system]
    case .collection(let collection): collection.contents.flatMap(\.virtualSystems)
    }
  }

  /// The collection and the collections in it, outer before inner.
  public var collections: [VirtualSystemCollection] {
    switch self {
    case .system: []
    case .collection(let collection): [collection] + collection.contents.flatMap(\.collections)
    }
  }

  /// The sections of the machine or of the collection and all in it.
  public var allSections: [Section] {
    switch self {
    case .system(let system): system.sections
    case .collection(let collection):
      collection.sections + collection.contents.flatMap(\.allSections)
    }
  }
}
