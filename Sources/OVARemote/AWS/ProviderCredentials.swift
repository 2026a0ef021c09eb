import Foundation
import Glibc
import OVABasics
import OVAByteSource

/// Credentials that the machine's provider gives: to a container by its service, to an instance by
/// version 2 of its metadata service.
struct ProviderCredentials {
  private let settings: RemoteSettings
  private let client: RemoteClient

  init(_ settings: RemoteSettings, _ client: RemoteClient) {
    self.settings = settings
    self.client = client
  }

  private func value(_ name: String) -> String? {
    settings.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The credentials; nil where there are none.
  func found(name: String) throws(ByteSourceError) -> AWSCredentials? {
    if value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != nil
      || value("AWS_CONTAINER_CREDENTIALS_FULL_URI") != nil
    {
      return try ofContainer(name: name)
    }
    guard value("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
    return ofInstance()
  }

  private func ofContainer(name: String) throws(ByteSourceError) -> AWSCredentials {
    let text =
      value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").map { "http://169.254.170.2\($0)" }
      ?? value("AWS_CONTAINER_CREDENTIALS_FULL_URI") ?? ""
    guard let url = try? RemoteURL(text), url.scheme == .https || url.isOfThisMachine else {
      throw CredentialChain.unclear(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI is no https URL and none of this machine", name)
    }
    var fields: [HTTPField] = []
    if let file = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      let token = try FileSource(path: file).allBytes(limit: 1 << 16, named: "tokenBytes")
      fields.append(HTTPField("Authorization", String(decoding: token, as: UTF8.self).trimmed))
    } else if let token = value("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
      fields.append(HTTPField("Authorization", token))
    }
    guard let answer = client.local(HTTPRequest(url: url, fields: fields, bypassesProxies: true)),
      answer.status == 200, let keys = keys(answer.bytes, source: "the container's role")
    else {
      throw CredentialChain.unclear("the container's service for credentials gives none", name)
    }
    return keys
  }

  private func ofInstance() -> AWSCredentials? {
    let base = value("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"
    guard var url = try? RemoteURL(base) else { return nil }
    func answer(_ method: String, _ path: String, _ fields: [HTTPField]) -> [UInt8]? {
      url.path = path
      let request = HTTPRequest(method: method, url: url, fields: fields, bypassesProxies: true)
      guard let answer = client.local(request), answer.status == 200 else { return nil }
      return answer.bytes
    }
    guard
      let token = answer(
        "PUT", "/latest/api/token", [HTTPField("X-aws-ec2-metadata-token-ttl-seconds", "21600")])
    else { return nil }
    let fields = [
      HTTPField("X-aws-ec2-metadata-token", String(decoding: token, as: UTF8.self).trimmed)
    ]
    let folder = "/latest/meta-data/iam/security-credentials/"
    guard let names = answer("GET", folder, fields),
      let role = String(decoding: names, as: UTF8.self).split(whereSeparator: \.isNewline).first,
      let bytes = answer("GET", folder + PercentCoding.encoded(String(role)), fields)
    else { return nil }
    return keys(bytes, source: "the instance's role")
  }

  /// The document that both services answer with.
  private struct Keys: Decodable {
    let AccessKeyId: String
    let SecretAccessKey: String
    let Token: String?
    let Expiration: String?
  }

  private func keys(_ bytes: [UInt8], source: String) -> AWSCredentials? {
    guard let keys = try? JSONDecoder().decode(Keys.self, from: Data(bytes)) else { return nil }
    return AWSCredentials(
      accessKey: keys.AccessKeyId, secretKey: keys.SecretAccessKey, sessionToken: keys.Token,
      ends: keys.Expiration.flatMap(HTTPDate.secondsOfISO), source: source)
  }
}

extension RemoteURL {
  /// True if its host is this machine, or the address at which cloud providers answer it.
  fileprivate var isOfThisMachine: Bool {
    host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
      || ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"].contains(host)
  }
}
