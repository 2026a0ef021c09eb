import FoundationEssentials

/// The machines of a package, as far as its stored inspection tells of them. What is not there, or is
/// of another form, is nil or empty.
struct StoredMachines: Decodable {
  var machines: [Machine]

  /// Reads the document that the catalog keeps; no machines when it cannot be read.
  static func of(document: String) -> [Machine] {
    let stored = try? JSONDecoder().decode(StoredMachines.self, from: Data(document.utf8))
    return stored?.machines ?? []
  }

  /// A virtual system.
  struct Machine: Decodable {
    var id: String?
    var name: String?
    var guest: Guest?
    var hardware: Hardware?

    private enum Key: String, CodingKey {
      case id, name, hardware
      case guest = "operating_system"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      id = values.known(.id)
      name = values.known(.name)
      guest = values.known(.guest)
      hardware = values.known(.hardware)
    }
  }

  /// The guest system.
  struct Guest: Decodable {
    var name: String?

    private enum Key: String, CodingKey {
      case description
      case cim = "cim_name"
      case vmware = "vmware_type"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      name = values.known(.description) ?? values.known(.cim) ?? values.known(.vmware)
    }
  }

  /// The hardware of the default configuration.
  struct Hardware: Decodable {
    var processors: Int64?
    var memory: Int64?
    var families: [String]
    var firmware: String?
    var disks: [Device]
    var adapters: [Device]

    private enum Key: String, CodingKey {
      case firmware, families, disks, nics
      case processors = "vcpus"
      case memory = "memory_bytes"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      processors = values.known(.processors)
      memory = values.known(.memory)
      families = values.known(.families) ?? []
      firmware = values.known(.firmware)
      disks = values.known(.disks) ?? []
      adapters = values.known(.nics) ?? []
    }
  }

  /// A disk or a network adapter.
  struct Device: Decodable {
    var name: String?
    var subtype: String?
    var slot: String?
    var networks: [String]
    /// Bytes of the disk behind it.
    var capacity: Int64?
    /// The file behind it.
    var file: String?

    private enum Key: String, CodingKey { case name, subtype, slot, networks, backing }
    private enum BackingKey: String, CodingKey {
      case file
      case capacity = "capacity_bytes"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      name = values.known(.name)
      subtype = values.known(.subtype)
      slot = values.known(.slot)
      networks = values.known(.networks) ?? []
      let backing = try? values.nestedContainer(keyedBy: BackingKey.self, forKey: .backing)
      capacity = backing?.known(.capacity)
      file = backing?.known(.file)
    }
  }

  private enum Key: String, CodingKey { case machines = "virtual_systems" }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    machines = values.known(.machines) ?? []
  }
}

extension KeyedDecodingContainer {
  /// The value of a key, when it is there and of the type.
  fileprivate func known<Value: Decodable>(_ key: Key) -> Value? {
    (try? decodeIfPresent(Value.self, forKey: key)) ?? nil
  }
}
