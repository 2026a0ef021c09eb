import OVABasics
import OVAByteSource
import OVFXML

/// An answer to `PROPFIND`.
struct Multistatus: Sendable {
  /// Something in the folder that was asked for.
  struct Resource: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case folder
      /// Nanoseconds since 1970, where they are given.
      case file(size: UInt64, modified: Int64?, tag: String?)
      /// Nothing is known of it; why.
      case unclear(String)
    }

    /// Its name, decoded; empty for what was asked for itself.
    let name: [UInt8]
    let kind: Kind
  }

  let resources: [Resource]

  init(resources: [Resource]) { self.resources = resources }

  /// Reads an answer.
  /// - Parameters:
  ///   - asked: the folder or file that was asked for.
  ///   - includesItself: whether that is among the resources.
  init(_ bytes: [UInt8], asked: RemoteURL, includesItself: Bool) throws(ByteSourceError) {
    var limits = Limits()
    limits.descriptorBytes = 64 << 20
    limits.xmlElements = 10_000_000
    let root: XMLTreeElement
    do throws(XMLError) {
      root = try XMLTree.read(bytes, name: asked.shown, limits: limits).root
    } catch {
      throw RemoteTree.unclear(
        "the server's list is no XML: \(error.reason)", Place(asked.shown))
    }
    guard root.name.local == "multistatus" else {
      throw RemoteTree.unclear("the server answered with no list", Place(asked.shown))
    }
    var found: [(path: [UInt8], kind: Resource.Kind)] = []
    for response in root.children where response.name.local == "response" {
      guard let href = response.text(of: "href"),
        let url = try? asked.resolved(href.trimmed)
      else {
        throw RemoteTree.unclear("the server's list has a file without URL", Place(asked.shown))
      }
      found.append((Self.path(url), Self.kind(of: response)))
    }
    // Behind a proxy the server may know the folder by another path; its own is the shortest.
    let own = Self.path(asked)
    let base =
      found.allSatisfy { $0.path.starts(with: own) }
      ? own : found.map(\.path).min { $0.count < $1.count } ?? own
    let prefix = base.isEmpty ? [] : base + [UInt8(ascii: "/")]
    resources = found.compactMap { path, kind in
      if path == base { return includesItself ? Resource(name: [], kind: kind) : nil }
      guard path.starts(with: prefix) else { return nil }
      let name = Array(path.dropFirst(prefix.count))
      // What lies deeper is asked for by itself.
      return name.contains(UInt8(ascii: "/")) ? nil : Resource(name: name, kind: kind)
    }
  }

  /// The path of a URL, decoded, without slashes at its ends.
  private static func path(_ url: RemoteURL) -> [UInt8] {
    var path = PercentCoding.decoded(url.path.utf8)[...]
    while path.first == UInt8(ascii: "/") { path = path.dropFirst() }
    while path.last == UInt8(ascii: "/") { path = path.dropLast() }
    return Array(path)
  }

  private static func kind(of response: XMLTreeElement) -> Resource.Kind {
    let stats = response.children.filter { $0.name.local == "propstat" }
    let isGiven: (XMLTreeElement) -> Bool = {
      $0.text(of: "status")?.split(separator: " ").dropFirst().first == "200"
    }
    guard
      let properties = stats.first(where: isGiven)?.children.first(where: {
        $0.name.local == "prop"
      })
    else {
      let status = response.text(of: "status") ?? stats.first?.text(of: "status")
      return .unclear(
        "the server tells nothing of it" + (status.map { ": \($0.trimmed.forDisplay)" } ?? ""))
    }
    let type = properties.children.first { $0.name.local == "resourcetype" }
    if type?.children.contains(where: { $0.name.local == "collection" }) ?? false { return .folder }
    guard let size = properties.text(of: "getcontentlength").flatMap({ UInt64($0.trimmed) }) else {
      return .unclear("the server does not tell its size")
    }
    let modified = properties.text(of: "getlastmodified").flatMap {
      HTTPDate.seconds($0.trimmed) ?? HTTPDate.secondsOfISO($0.trimmed)
    }
    return .file(
      size: size,
      modified: modified.map { $0.multipliedReportingOverflow(by: 1_000_000_000).partialValue },
      tag: properties.text(of: "getetag")?.trimmed)
  }
}
