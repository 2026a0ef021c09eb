import OVABasics
import OVAByteSource
import OVATestSupport
import Testing

@testable import OVARemote

/// Signatures of requests, credentials and endpoints.
@Suite struct SignatureTests {
  @Test func `a query is signed and sent in order, encoded, with a sign behind each name`() {
    let query = RequestSignature.query([
      HTTPField("prefix", "a/b c+ü"), HTTPField("location", ""), HTTPField("a~", "*"),
      HTTPField("Z", "1"), HTTPField("Z", "0"),
    ])
    #expect(query == "Z=0&Z=1&a~=%2A&location=&prefix=a%2Fb%20c%2B%C3%BC")
    #expect(RequestSignature.query([]) == nil)
  }

  @Test(arguments: [
    ("web.ova", "/web.ova"), ("a b+c/ü.ova", "/a%20b%2Bc/%C3%BC.ova"), ("/a//b", "//a//b"),
    ("a%20b?c#d", "/a%20b%3Fc%23d".replacing("a%20b", with: "a%2520b")),
    ("~-_.!*'()", "/~-_.%21%2A%27%28%29"),
  ])
  func `a key is encoded once, and as it is signed`(_ key: String, _ path: String) {
    #expect(RequestSignature.path(key) == path)
  }

  @Test func `environment wins over profiles, profiles over nothing`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      [default]
      aws_access_key_id = PLAIN   # comment
      aws_secret_access_key=plain/secret+=
      [other]
      aws_access_key_id = OTHER
      aws_secret_access_key = other
      aws_session_token = token
      """, to: "credentials")
    try folder.write(
      """
      [default]
      region = eu-central-1
      s3 =
        addressing_style = path
      [profile other]
      region = eu-west-3
      [profile "sso one"]
      sso_session = x
      """, to: "config")
    let files = [
      "AWS_SHARED_CREDENTIALS_FILE": folder.path("credentials"),
      "AWS_CONFIG_FILE": folder.path("config"),
    ]
    func found(_ environment: [String: String]) throws -> AWSCredentials? {
      let settings = RemoteSettings.testing(files.merging(environment) { $1 })
      return try CredentialChain(settings)
        .current(RemoteClient(settings), region: "us-east-1", name: "s3://bucket/a")
    }
    #expect(try found([:])?.accessKey == "PLAIN")
    #expect(try found([:])?.secretKey == "plain/secret+=")
    #expect(try found(["AWS_PROFILE": "other"])?.sessionToken == "token")
    #expect(
      try found(["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "e"])?.accessKey == "ENV")
    let missing = #expect(throws: ByteSourceError.self) { try found(["AWS_PROFILE": "none"]) }
    #expect(missing?.reason == "there is no profile 'none' in the AWS configuration files")
    let other = #expect(throws: ByteSourceError.self) { try found(["AWS_PROFILE": "sso one"]) }
    #expect(other?.fix?.contains("aws configure export-credentials") == true)
    let profile = try AWSProfile.read("default", .testing(files))
    #expect(profile?["region"] == "eu-central-1")
    #expect(profile?["s3.addressing_style"] == "path")
  }

  @Test func `a container and an instance give credentials, each by its own protocol`() throws {
    let keys = Array(
      """
      {"AccessKeyId": "ROLE", "SecretAccessKey": "secret", "Token": "token",
       "Expiration": "2099-01-01T00:00:00Z"}
      """.utf8)
    let server = try WebServer { request in
      switch (request.method, request.target) {
      case ("PUT", "/latest/api/token"): WebServer.Answer(200, body: Array("ticket".utf8))
      case ("GET", "/container") where request.fields["authorization"] == "bearer":
        WebServer.Answer(200, body: keys)
      case ("GET", "/latest/meta-data/iam/security-credentials/")
      where request.fields["x-aws-ec2-metadata-token"] == "ticket":
        WebServer.Answer(200, body: Array("a role".utf8))
      case ("GET", "/latest/meta-data/iam/security-credentials/a%20role")
      where request.fields["x-aws-ec2-metadata-token"] == "ticket":
        WebServer.Answer(200, body: keys)
      default: WebServer.Answer(404)
      }
    }
    let base = "http://127.0.0.1:\(server.port)"
    for environment in [
      [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(base)/container",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "bearer",
      ],
      ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": base],
    ] {
      let settings = RemoteSettings.testing(environment)
      let found = try CredentialChain(settings)
        .current(RemoteClient(settings), region: "us-east-1", name: "s3://bucket/a")
      #expect(found?.accessKey == "ROLE")
      #expect(found?.sessionToken == "token")
      #expect(found?.ends == 4_070_908_800)
    }
  }

  @Test(arguments: [
    ("bucket", [:], "https://bucket.s3.us-east-1.amazonaws.com/a%20b"),
    (
      "my.bucket", ["AWS_REGION": "cn-north-1"],
      "https://s3.cn-north-1.amazonaws.com.cn/my.bucket/a%20b"
    ),
    (
      "bucket", ["AWS_ENDPOINT_URL": "http://localhost:9000/"], "http://localhost:9000/bucket/a%20b"
    ),
    (
      "bucket", ["AWS_ENDPOINT_URL_S3": "https://host/base", "AWS_ENDPOINT_URL": "https://no"],
      "https://host/base/bucket/a%20b"
    ),
  ])
  func `an object is asked for at its endpoint`(
    _ bucket: String, _ environment: [String: String], _ url: String
  ) throws {
    let settings = RemoteSettings.testing(environment)
    let signed = try BucketAccess(settings).signed(
      method: "GET", bucket: bucket, key: "a b", query: [], RemoteClient(settings), name: "")
    #expect(signed.url.text == url)
    #expect(signed.fields == [])
    #expect(signed.source == nil)
  }

  @Test func `a bucket elsewhere is asked for in its own region, once`() throws {
    let content = ServedContent(pattern(1000))
    let server = try WebServer { request in
      request.fields["authorization"]?.contains("/eu-north-1/s3/") ?? false
        ? content.answer(request)
        : WebServer.Answer(400, [("x-amz-bucket-region", "eu-north-1")])
    }
    let settings = RemoteSettings.testing([
      "AWS_ENDPOINT_URL": "http://127.0.0.1:\(server.port)", "AWS_ACCESS_KEY_ID": "KEY",
      "AWS_SECRET_ACCESS_KEY": "secret",
    ])
    let client = RemoteClient(settings)
    for _ in 0..<2 { _ = try RemoteFile.open(try RemoteLocation("s3://bucket/web.ova"), client) }
    #expect(server.requests.count == 3)
  }

  @Test func `a refusal names the server's code and the credentials' place, and no secret`() throws
  {
    let server = try WebServer { _ in
      WebServer.Answer(
        403, [("Content-Type", "application/xml")],
        body: Array("<Error><Code>SignatureDoesNotMatch</Code></Error>".utf8))
    }
    let settings = RemoteSettings.testing([
      "AWS_ENDPOINT_URL": "http://127.0.0.1:\(server.port)", "AWS_ACCESS_KEY_ID": "KEYKEY",
      "AWS_SECRET_ACCESS_KEY": "hunter2", "AWS_SESSION_TOKEN": "hunter3",
    ])
    let error = #expect(throws: ByteSourceError.self) {
      try RemoteFile.open(try RemoteLocation("s3://bucket/web.ova"), RemoteClient(settings))
    }
    #expect(error?.code == .permissionDenied)
    #expect(
      error?.reason
        == "127.0.0.1:\(server.port) answered 403 Forbidden (SignatureDoesNotMatch)")
    #expect(
      error?.fix?.hasPrefix("see that the credentials from the environment may read it") == true)
    let words = error?.description ?? ""
    for secret in ["hunter2", "hunter3", "KEYKEY"] { #expect(!words.contains(secret)) }
    #expect(server.requests.first?.fields["x-amz-security-token"] == "hunter3")
  }
}
