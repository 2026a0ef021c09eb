import Foundation
import Glibc
import OVABasics
import OVAByteSource
import Synchronization

/// The places that credentials are looked for in, in AWS's order: environment, web identity, profile
/// files, the container's service, the instance's.
final class CredentialChain: Sendable {
  private let settings: RemoteSettings
  private let state = Mutex(State())

  private struct State {
    var profile: AWSProfile??
    var credentials: AWSCredentials??
  }

  /// Credentials are looked up again when they end in so many seconds.
  private static let renewedBefore: Int64 = 300

  init(_ settings: RemoteSettings) { self.settings = settings }

  private func value(_ name: String) -> String? {
    settings.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The profile that is chosen; nil where there is none.
  func profile(name: String) throws(ByteSourceError) -> AWSProfile? {
    if let known = state.withLock({ $0.profile }) { return known }
    let chosen = value("AWS_PROFILE") ?? value("AWS_DEFAULT_PROFILE")
    let profile = try AWSProfile.read(chosen ?? "default", settings)
    if profile == nil, let chosen {
      throw ByteSourceError(
        code: .inputOutput, doing: "find credentials",
        reason: "there is no profile '\(chosen.forDisplay)' in the AWS configuration files",
        place: Place(name), fix: "correct AWS_PROFILE, or add the profile to ~/.aws/config")
    }
    state.withLock { $0.profile = .some(profile) }
    return profile
  }

  /// Looks them up again for the next request.
  func forget() { state.withLock { $0.credentials = nil } }

  /// The credentials; nil where there are none.
  func current(
    _ client: RemoteClient, region: String, name: String
  ) throws(ByteSourceError) -> AWSCredentials? {
    if let known = state.withLock({ $0.credentials }) {
      guard let known else { return nil }
      if known.ends.map({ $0 - Int64(time(nil)) > Self.renewedBefore }) ?? true { return known }
    }
    let found = try lookUp(client, region: region, name: name)
    state.withLock { $0.credentials = .some(found) }
    return found
  }

  private func lookUp(
    _ client: RemoteClient, region: String, name: String
  ) throws(ByteSourceError) -> AWSCredentials? {
    if let key = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") {
      return AWSCredentials(
        accessKey: key, secretKey: secret, sessionToken: value("AWS_SESSION_TOKEN"), ends: nil,
        source: "the environment")
    }
    if let file = value("AWS_WEB_IDENTITY_TOKEN_FILE"), let role = value("AWS_ROLE_ARN") {
      return try webIdentity(client, file: file, role: role, region: region, name: name)
    }
    if let profile = try profile(name: name), let found = try credentials(of: profile, name: name) {
      return found
    }
    return try ProviderCredentials(settings, client).found(name: name)
  }

  private func credentials(
    of profile: AWSProfile, name: String
  ) throws(ByteSourceError) -> AWSCredentials? {
    if let key = profile["aws_access_key_id"], let secret = profile["aws_secret_access_key"] {
      return AWSCredentials(
        accessKey: key, secretKey: secret, sessionToken: profile["aws_session_token"], ends: nil,
        source: "the profile '\(profile.name.forDisplay)'")
    }
    let others = [
      "sso_session", "sso_start_url", "role_arn", "credential_process", "login_session",
    ]
    guard let other = others.first(where: { profile[$0] != nil }) else { return nil }
    throw ByteSourceError(
      code: .inputOutput, doing: "find credentials",
      reason:
        "the profile '\(profile.name.forDisplay)' has its credentials by '\(other)', which ova does "
        + "not do itself",
      place: Place(name),
      fix: "let the AWS command do it: eval \"$(aws configure export-credentials --profile "
        + "\(profile.name.forDisplay) --format env)\"")
  }

  /// Credentials for a role that a token stands for, as pods of Kubernetes have one.
  private func webIdentity(
    _ client: RemoteClient, file: String, role: String, region: String, name: String
  ) throws(ByteSourceError) -> AWSCredentials? {
    let token = try FileSource(path: file).allBytes(limit: 1 << 16, named: "tokenBytes")
    let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    let base = value("AWS_ENDPOINT_URL_STS") ?? "https://sts.\(region).\(suffix)"
    var body = RequestSignature.query([
      HTTPField("Action", "AssumeRoleWithWebIdentity"), HTTPField("Version", "2011-06-15"),
      HTTPField("RoleArn", role),
      HTTPField("RoleSessionName", value("AWS_ROLE_SESSION_NAME") ?? "ova"),
      HTTPField("WebIdentityToken", String(decoding: token, as: UTF8.self).trimmed),
    ])
    guard var location = try? RemoteURL(base) else {
      throw Self.unclear("AWS_ENDPOINT_URL_STS is no URL", name)
    }
    location.query = nil
    // In the body, so that no server on the way keeps it in a log.
    let bytes = Array((body ?? "").utf8)
    body = nil
    var request = RemoteRequest(location: RemoteLocation(.web(location)), method: "POST")
    request.fields = [HTTPField("Content-Type", "application/x-www-form-urlencoded")]
    request.body = bytes
    let answer = try client.document(request, limit: 1 << 20, named: "answerBytes")
    let text = String(decoding: answer.bytes, as: UTF8.self)
    func element(_ name: String) -> String? {
      guard let start = text.firstRange(of: "<\(name)>"),
        let end = text[start.upperBound...].firstRange(of: "</\(name)>")
      else { return nil }
      return String(text[start.upperBound..<end.lowerBound])
    }
    guard let key = element("AccessKeyId"), let secret = element("SecretAccessKey") else {
      throw Self.unclear("the token service answered without keys", name)
    }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: element("SessionToken"),
      ends: element("Expiration").flatMap(HTTPDate.secondsOfISO), source: "AWS_ROLE_ARN")
  }

  static func unclear(_ reason: String, _ name: String) -> ByteSourceError {
    ByteSourceError(
      code: .inputOutput, doing: "find credentials", reason: reason, place: Place(name))
  }
}
