import Foundation

/// Keys, certificates and signatures made by the real `openssl`, in a folder of their own.
struct Authority {
  let folder: Folder

  /// 2026-07-01, inside the dates that certificates get by default.
  static let date: Int64 = 1_782_864_000

  init() throws {
    folder = try Folder()
    try folder.write(
      "ca.cnf",
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
      subjectKeyIdentifier = hash
      [critical]
      basicConstraints = critical,CA:FALSE
      keyUsage = critical,digitalSignature
      extendedKeyUsage = critical,codeSigning
      [encipherment]
      keyUsage = critical,keyEncipherment
      [issuer]
      basicConstraints = critical,CA:TRUE
      keyUsage = critical,keyCertSign,cRLSign
      subjectKeyIdentifier = hash

      """)
    try folder.write("index.txt", "")
    try folder.write("serial", "1000\n")
  }

  /// Makes `name.key`; `kind` is `RSA:2048`, `EC:P-256`, `ED25519` or `RSA-PSS:2048`.
  func key(_ name: String, _ kind: String) throws {
    let parts = kind.split(separator: ":").map(String.init)
    let option: [String] =
      switch (parts.first ?? "", parts.last ?? "") {
      case ("EC", let curve): ["-pkeyopt", "ec_paramgen_curve:\(curve)"]
      case ("RSA", let bits), ("RSA-PSS", let bits): ["-pkeyopt", "rsa_keygen_bits:\(bits)"]
      default: []
      }
    try openssl(["genpkey", "-algorithm", parts.first ?? "", "-out", "\(name).key"] + option)
  }

  /// Issues `name.pem` for `name.key`, signed by `issuer` or by itself.
  func certificate(
    _ name: String, by issuer: String? = nil, from start: String = "20260101000000Z",
    until end: String = "20270101000000Z", isIssuer: Bool = false, extensions: String? = nil
  ) throws {
    try openssl(["req", "-new", "-key", "\(name).key", "-subj", "/CN=\(name)", "-out", "csr"])
    let signer =
      issuer.map { ["-cert", "\($0).pem", "-keyfile", "\($0).key"] }
      ?? ["-selfsign", "-keyfile", "\(name).key"]
    try openssl(
      [
        "ca", "-batch", "-notext", "-config", "ca.cnf", "-in", "csr", "-out", "\(name).pem",
        "-startdate", start, "-enddate", end, "-extensions",
        extensions ?? (isIssuer ? "issuer" : "leaf"),
      ] + signer)
  }

  /// A certificate file as the standard describes it, made with `openssl dgst -sign`.
  func signed(
    _ manifest: String, by name: String, digest: String = "sha256", chain: [String] = []
  ) throws -> String {
    try folder.write("a.mf", manifest)
    try openssl(["dgst", "-\(digest)", "-sign", "\(name).key", "-out", "signature", "a.mf"])
    let hex = try folder.read("signature").map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    let blocks = try ([name] + chain).map { try folder.text("\($0).pem") }
    return "\(digest.uppercased())(a.mf)= \(hex)\n" + blocks.joined()
  }

  /// A CMS signature over the manifest.
  func message(_ manifest: String, by name: String, options: [String] = []) throws -> String {
    try folder.write("a.mf", manifest)
    try openssl(
      [
        "cms", "-sign", "-binary", "-in", "a.mf", "-signer", "\(name).pem", "-inkey",
        "\(name).key", "-outform", "PEM", "-out", "message",
      ] + options)
    return try folder.text("message")
  }

  @discardableResult
  func openssl(_ arguments: [String], mayFail: Bool = false) throws -> Output {
    try run("openssl", arguments, in: folder, mayFail: mayFail)
  }
}
