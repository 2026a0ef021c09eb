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

  init(references: [References], sections: [Section], contents: [Content]) {
    files = references.flatMap(\.files)
    disks = sections.flatMap(\.disks)
    networks = sections.flatMap(\.networks)
    deploymentOptions = sections.flatMap(\.deploymentOptions)
    virtualSystems = contents.flatMap(\.virtualSystems)
    collections = contents.flatMap(\.collections)
    allSections = sections + contents.flatMap(\.allSections)
    products = allSections.products
  }
}
