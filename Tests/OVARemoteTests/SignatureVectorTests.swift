import OVABasics
import Testing

@testable import OVARemote

/// Signatures beside those that botocore 1.44.8 makes of the same requests. scripts/test-remote
/// compares every request of its own with botocore's.
@Suite struct SignatureVectorTests {
  private static let listing = [
    HTTPField("list-type", "2"), HTTPField("encoding-type", "url"),
    HTTPField("prefix", "2026/a b+ü&"), HTTPField("continuation-token", "1a/+=="),
    HTTPField("start-after", ""),
  ]

  @Test(arguments: [
    ("web.ova", "9a3b22af218183a59765fe63c979c2936882f9ee83bdf4466e8af33f3fbe6bef"),
    ("2026/a b/web +1.ova", "b3383af8ba6ed6a20ac91fbac8d392de461c0099c6b82234b782deda6fe2da00"),
    ("ü/ä ö.ova", "8eaa686ac9587095cbc8ab61521c11de59ae80687288f8b7544bca0a8ce4764c"),
    ("🖥/100%.ova", "80d03010d7d2a71d39bed4b418dbaad7849a4168a10a438a0b103f2361fec3ed"),
    ("x//y.ova", "449f13dfb26bd09df6a2f4e980a2d196746768e62d3451816c6bb42b99e6a6bd"),
    ("a%20b.ova", "dcd78145a6a4ee796039034d14e471c7e5caa03c5c2fa2fb3505b41c6834aeb1"),
    (
      "~-_.!*'();:@&=$,[]#?.ova",
      "582d4b4d47715cfa4cf343705b3e9b729ce1639d365a67a035d56b4cf04aab61"
    ),
    ("folder/", "deb7ba0f843704966f58bfa51ba79222efa659af2dcc9893dfe000fd3da65112"),
    ("", "e09cb3bb8d24162c0579b5ec8731368d8f19d1004f4d92647774e7f6aeddc01b"),
  ])
  func `a request is signed as botocore signs it`(_ key: String, _ signature: String) throws {
    let isHead = key == "folder/"
    let endpoint = BucketEndpoint(base: try RemoteURL("http://127.0.0.1:9000"), isPathStyle: true)
    let fields = RequestSignature.fields(
      method: isHead ? "HEAD" : "GET",
      url: endpoint.url(bucket: "bucket", key: key, query: key.isEmpty ? Self.listing : []),
      credentials: AWSCredentials(
        accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: isHead ? "token/+=" : nil, ends: nil, source: ""),
      scope: .init(region: "eu-north-1", service: "s3"), now: 1_796_011_506)
    #expect(
      fields.last
        == HTTPField(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261130/eu-north-1/s3/aws4_request, "
            + "SignedHeaders=host;x-amz-content-sha256;x-amz-date"
            + (isHead ? ";x-amz-security-token" : "") + ", Signature=\(signature)"))
  }
}
