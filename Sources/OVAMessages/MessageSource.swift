/// A product that prints messages about packages.
public struct MessageSource: Sendable, Hashable, Identifiable {
  /// The stable name: `virtualbox`.
  public let id: String
  /// The product's name.
  public let title: String
  /// The messages that are known of it.
  public let messages: [ImporterMessage]

  init(id: String, title: String, messages: [ImporterMessage]) {
    self.id = id
    self.title = title
    self.messages = messages
  }
}

extension MessageSource {
  /// All products whose messages are known.
  public static let all: [MessageSource] = [
    .vmwareLibrary, .vCenter, .contentLibrary, .esxi, .ovftool, .workstation, .fusion,
    .cloudDirector, .photonController, .govc, .govmomi, .terraform, .ansible, .vagrant, .harvester,
    .cot, .qemuImage, .virtualBox, .virtV2V, .proxmox, .xenOrchestra, .xenCenter, .cloudStack,
    .glance, .incus, .oVirt, .forklift, .kubeVirtCDI, .aws,
  ]

  /// The product with this id, in any letter case.
  public static func named(_ id: String) -> MessageSource? {
    all.first { $0.id == id.lowercased() }
  }

  /// The messages that lead to a rule, with their products, in the order of `all`.
  public static func messages(
    leadingTo rule: String
  ) -> [(source: MessageSource, message: ImporterMessage)] {
    all.flatMap { source in
      source.messages.filter { $0.rules.contains(rule) }.map { (source, $0) }
    }
  }
}
