import Foundation
import OVABasics
public import OVAIntegrity
public import OVARules

/// Certificates and signatures of the rules' examples, made by `openssl` once for all tests.
public enum TestCertificates {
  /// The moment at which the examples are judged: 2026-07-01.
  public static let date: Int64 = 1_782_864_000

  private static let authority = Result { try TestAuthority() }

  /// The authority that the examples' checks trust.
  public static func trustedRoots() throws -> TrustRoots {
    try TrustRoots.pem(authority.get().read("trusted.pem"), name: "trusted.pem")
  }

  /// The text of a certificate file over a manifest.
  public static func file(
    _ signer: Example.Signer, manifest: [UInt8], name: String
  ) throws -> [UInt8] {
    let authority = try authority.get()
    let work = try TemporaryFolder()
    try work.write(manifest, to: name)
    let identity = signer.identity
    let digest = signer == .weakDigest ? "sha1" : "sha256"
    let key = authority.path("\(identity).key")
    let certificate = authority.path("\(identity).pem")
    // Ed25519 has no separate digest, and its signature is not verified: any bytes do.
    if identity == "edwards" {
      try work.write([UInt8](repeating: 7, count: 64), to: "signature")
    } else {
      try openssl(
        ["dgst", "-\(digest)", "-sign", key, "-out", "signature", name], in: work.path)
    }
    let hex = Hex.text(try work.read("signature"))
    var text = Array("\(digest.uppercased())(\(name))= \(hex)\n".utf8)
    if signer == .authorityFirst { text += try authority.read("trusted.pem") }
    text += try authority.read("\(identity).pem")
    switch signer {
    case .withMessage: text += try message(over: manifest, key, certificate)
    case .withOtherMessage: text += try message(over: [1, 2, 3], key, certificate)
    case .withBrokenMessage:
      text += Array("-----BEGIN CMS-----\nAAECAwQ=\n-----END CMS-----\n".utf8)
    case .withPrivateKey: text += try authority.read("\(identity).key")
    default: break
    }
    return text
  }

  private static func message(
    over bytes: [UInt8], _ key: String, _ certificate: String
  ) throws -> [UInt8] {
    let work = try TemporaryFolder()
    try work.write(bytes, to: "content")
    try openssl(
      [
        "cms", "-sign", "-binary", "-in", "content", "-signer", certificate, "-inkey", key,
        "-outform", "PEM", "-out", "message",
      ], in: work.path)
    return try work.read("message")
  }
}

extension Example.Signer {
  /// The name of the key and certificate that it signs with.
  fileprivate var identity: String {
    switch self {
    case .selfSigned: "self"
    case .expired: "expired"
    case .notYetValid: "future"
    case .expiresSoon: "soon"
    case .weakKey: "weak"
    case .ellipticCurve: "curve"
    case .unknownAuthority: "stranger"
    case .edwardsCurve: "edwards"
    case .trustedAuthority, .authorityFirst, .weakDigest, .withMessage, .withOtherMessage,
      .withBrokenMessage,
      .withPrivateKey:
      "leaf"
    }
  }
}

/// A folder with two authorities, one trusted and one not, and the certificates they issued.
private struct TestAuthority {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      [ca]
      default_ca = authority
      [authority]
      database = index.txt
      serial = serial
      new_certs_dir = .
      default_md = sha256
      policy = policy
      unique_subject = no
      [policy]
      commonName = supplied
      [leaf]
      basicConstraints = critical,CA:FALSE
      keyUsage = critical,digitalSignature
      [issuer]
      basicConstraints = critical,CA:TRUE
      keyUsage = critical,keyCertSign,cRLSign

      """, to: "ca.cnf")
    try folder.write("", to: "index.txt")
    try folder.write("1000\n", to: "serial")
    // RSA, since its signatures have one length: the lines of the certificate files stay the same.
    for name in ["trusted", "unknown"] {
      try issue(name, "RSA:2048", extensions: "issuer", until: "20400101000000Z")
    }
    try issue("leaf", "RSA:2048", by: "trusted")
    try issue("self", "RSA:2048")
    try issue("expired", "EC:P-256", by: "trusted", until: "20260301000000Z")
    try issue("future", "EC:P-256", by: "trusted", from: "20270101000000Z")
    try issue("soon", "EC:P-256", by: "trusted", until: "20260712000000Z")
    try issue("weak", "RSA:1024", by: "trusted")
    try issue("curve", "EC:P-384", by: "trusted")
    try issue("stranger", "EC:P-256", by: "unknown")
    try issue("edwards", "ED25519", by: "trusted")
  }

  func path(_ name: String) -> String { folder.path(name) }
  func read(_ name: String) throws -> [UInt8] { try folder.read(name) }

  private func issue(
    _ name: String, _ kind: String, by issuer: String? = nil, extensions: String = "leaf",
    from start: String = "20260101000000Z", until end: String = "20300101000000Z"
  ) throws {
    let parts = kind.split(separator: ":").map(String.init)
    let option: [String] =
      switch parts[0] {
      case "EC": ["-pkeyopt", "ec_paramgen_curve:\(parts[1])"]
      case "RSA": ["-pkeyopt", "rsa_keygen_bits:\(parts[1])"]
      default: []
      }
    let path = folder.path
    try openssl(["genpkey", "-algorithm", parts[0], "-out", "\(name).key"] + option, in: path)
    try openssl(
      ["req", "-new", "-key", "\(name).key", "-subj", "/CN=\(name)", "-out", "csr"], in: path)
    let signer =
      issuer.map { ["-cert", "\($0).pem", "-keyfile", "\($0).key"] }
      ?? ["-selfsign", "-keyfile", "\(name).key"]
    try openssl(
      [
        "ca", "-batch", "-notext", "-config", "ca.cnf", "-in", "csr", "-out", "\(name).pem",
        "-startdate", start, "-enddate", end, "-extensions", extensions,
      ] + signer, in: path)
  }
}

private func openssl(_ arguments: [String], in folder: String) throws {
  let result = try run("openssl", arguments, in: folder)
  guard result.status == 0 else {
    throw ExamplePackage.Mistake(
      description: "openssl \(arguments.joined(separator: " ")): \(result.errorText)")
  }
}
