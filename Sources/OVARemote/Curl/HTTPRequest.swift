/// A request as it is sent.
struct HTTPRequest: Sendable {
  var method = "GET"
  /// The URL, encoded as it is sent.
  var url: RemoteURL
  /// Names and values of header fields.
  var fields: [HTTPField] = []
  /// The body of a POST, PUT or PROPFIND.
  var body: [UInt8]?
  /// True if user names and passwords are looked for in the netrc file.
  var usesNetrc = true
  /// True if a compressed body is decompressed; else it comes as it was sent.
  var decodesBody = false
  /// True if proxies are bypassed, as for addresses of this machine.
  var bypassesProxies = false
  /// The longest time to connect, in milliseconds; nil for the settings' time.
  var connectMilliseconds: Int?
}

/// A header field.
struct HTTPField: Hashable, Sendable {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The head of an answer.
struct HTTPHead: Sendable {
  /// The status, such as 206.
  let status: Int
  /// The fields in their order, names in lower case.
  let fields: [HTTPField]

  /// The value of a field; nil when it is not there.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Reads the lines of a head; nil where the first is no status line.
  init?(_ lines: [[UInt8]]) {
    guard let first = lines.first,
      let status = String(decoding: first, as: UTF8.self).split(separator: " ").dropFirst().first
        .flatMap({ Int($0) })
    else { return nil }
    self.status = status
    fields = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      return HTTPField(
        String(decoding: line[..<colon], as: UTF8.self).lowercased(),
        String(decoding: line[(colon + 1)...], as: UTF8.self).trimmed)
    }
  }

  init(status: Int, fields: [HTTPField]) {
    self.status = status
    self.fields = fields
  }

  /// The declared length of the body in bytes.
  var contentLength: UInt64? { self["content-length"].flatMap { UInt64($0) } }

  /// True if the body is compressed, so that offsets in it are not the file's.
  var isCompressed: Bool {
    guard let coding = self["content-encoding"]?.lowercased() else { return false }
    // S3 keeps what an upload said of its own coding.
    return !coding.split(separator: ",").map { String($0).trimmed }
      .allSatisfy { ["identity", "aws-chunked", ""].contains($0) }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
    return String(
      drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
