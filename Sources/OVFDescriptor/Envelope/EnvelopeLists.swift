/// The lists of an envelope that everybody asks for, gathered once.
struct EnvelopeLists: Sendable {
  let files: [FileReference]
  let disks: [Disk]
  let networks: [Network]
  let deploymentOptions: [DeploymentOption]
  let virtualSystems: [VirtualSystem]
  let collections: [VirtualSystemCollection]
  let allSections: [Section]
  let products: [Product]
  let defaultConfiguration: String?
  /// The number of configurations that are worked out at most.
  let mostConfigurations: Int

  /// The most machines, items and disks that are looked at in all configurations together; real
  /// packages have thousands, a hostile one has as many of them as configurations.
  private static let mostItems = 1_000_000

  init(references: [References], sections: [Section], contents: [Content]) {
    files = references.flatMap(\.files)
    disks = sections.flatMap(\.disks)
    networks = sections.flatMap(\.networks)
    deploymentOptions = sections.flatMap(\.deploymentOptions)
    virtualSystems = contents.flatMap(\.virtualSystems)
    collections = contents.flatMap(\.collections)
    allSections = sections + contents.flatMap(\.allSections)
    products = allSections.products
    let options = deploymentOptions
    let chosen = options.first { $0.isMarkedDefault?.value == true } ?? options.first
    defaultConfiguration = chosen?.id?.text
    let items = virtualSystems.reduce(1 + disks.count) { sum, system in
      system.hardwareSections.reduce(sum + 1) { $0 + $1.items.count }
    }
    mostConfigurations = max(1, Self.mostItems / items)
  }
}
