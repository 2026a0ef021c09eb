import OVABasics
import OVAPackage
import OVFDescriptor

extension Envelope {
  /// The disks that some item of some machine has, in whatever configuration.
  var usedDisks: Set<Place> {
    var used: Set<Place> = []
    for item in virtualSystems.flatMap(\.hardwareSections).flatMap(\.items) {
      for resource in item.hostResources {
        guard let value = resource.value, case .disk(let disk, _) = backing(of: value) else {
          continue
        }
        used.insert(disk.place)
      }
    }
    return used
  }

  /// The disks that machines have in a configuration.
  func disks(in configuration: String?) -> Set<Place> {
    var used: Set<Place> = []
    for system in virtualSystems {
      for device in hardware(of: system, in: configuration)?.disks ?? [] {
        if case .disk(let disk, _) = device.backing { used.insert(disk.place) }
      }
    }
    return used
  }
}

extension CheckedPackage {
  /// The disks that machines have in each configuration.
  var disksByConfiguration: [(configuration: String?, disks: Set<Place>)] {
    cached(.disksByConfiguration) {
      envelope.configurations.map { ($0, envelope.disks(in: $0)) }
    }
  }
}
