import HTTPTypes
import NIOCore
import OVAConfiguration

/// Finds the address of a client, as far as it can be trusted.
enum ClientAddress {
  /// The address that attempts are counted by: of IPv6 the first 64 bits, which one client has all
  /// of. Nil when it is not known.
  ///
  /// What `X-Forwarded-For` says counts only when the connection comes from a trusted proxy, and
  /// of it only the last address that is no such proxy's: everything before it the client may have
  /// made up.
  static func group(
    peer: SocketAddress?, forwarded: [String], trusted: [NetworkRange]
  ) -> String? {
    guard let peer = peer?.ipAddress.flatMap(IPAddress.init) else { return nil }
    var address = peer
    guard trusted.contains(where: { $0.contains(address) }) else { return address.group }
    let hops = forwarded.flatMap { $0.split(separator: ",") }
    for hop in hops.reversed() {
      guard let next = IPAddress(hop.trimming { $0 == " " || $0 == "\t" }) else { break }
      address = next
      if !trusted.contains(where: { $0.contains(address) }) { break }
    }
    return address.group
  }
}

extension HTTPField.Name {
  static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .from
}
