import OVABasics
import OVAByteSource
import OVATestSupport
import Synchronization
import Testing

@testable import OVARemote

/// Reading by ranges, from servers that do as they should and from others.
@Suite struct RangeTests {
  @Test(arguments: [0, 1, 511, 262_143, 262_144, 262_145, 1_000_000, 9_000_000])
  func `a file of any size is read as it is, each byte fetched once`(_ size: Int) throws {
    let bytes = pattern(size)
    let server = try WebServer(ServedContent(bytes).answer)
    let source = try #require(try source(server))
    #expect(source.size == UInt64(size))
    #expect(try source.allBytes(limit: .max, named: "") == bytes)
    #expect(server.bytes == UInt64(size))
    #expect(server.requests.allSatisfy { $0.range != nil })
    // An answer that says that there is no such range tells nothing of the file.
    #expect(source.modified == (size == 0 ? nil : 784_111_777))
    try source.confirmUnchanged()
  }

  @Test func `parts are read at any place, in any order`() throws {
    let bytes = pattern(3_000_000)
    let server = try WebServer(ServedContent(bytes).answer)
    let source = try #require(try source(server))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      let count = Int.random(in: 0...600_000, using: &generator)
      let expected = Array(bytes[start..<min(bytes.count, start + count)])
      #expect(try source.bytes(at: UInt64(start), count: count) == expected)
    }
    #expect(try source.bytes(at: 3_000_000, count: 1) == [])
  }

  @Test func `readers at several places get their bytes at the same time`() async throws {
    let bytes = pattern(12_000_000)
    let server = try WebServer(ServedContent(bytes).answer)
    let source = try #require(try source(server))
    await withTaskGroup(of: Bool.self) { group in
      for start in stride(from: 0, to: 12_000_000, by: 3_000_000) {
        group.addTask {
          for offset in stride(from: start, to: start + 3_000_000, by: 1_000_000) {
            let piece = try? source.bytes(at: UInt64(offset), count: 1_000_000)
            if piece != Array(bytes[offset..<offset + 1_000_000]) { return false }
          }
          return true
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func `a range of status 200 counts, as some servers for buckets answer`() throws {
    let content = ServedContent(pattern(500_000))
    let server = try WebServer { request in
      var answer = content.answer(request)
      answer.status = 200
      return answer
    }
    let source = try #require(try source(server))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(500_000))
  }

  @Test func `a server that gives less of a range than was asked is asked for the rest`() throws {
    let content = ServedContent(pattern(1_000_000))
    let server = try WebServer { request in
      guard let range = request.range else { return WebServer.Answer(500) }
      let end = min(range.lowerBound + 99_999, 999_999)
      return WebServer.Answer(
        206,
        content.versionFields + [("Content-Range", "bytes \(range.lowerBound)-\(end)/1000000")],
        body: content.bytes(range.lowerBound..<end + 1))
    }
    let source = try #require(try source(server))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(1_000_000))
  }

  @Test func `a server that ignores ranges is cut off at its head`() throws {
    let size = UInt64(200 << 20)
    let content = ServedContent(size: size, parts: [(0, pattern(100))])
    let server = try WebServer { _ in
      WebServer.Answer(200, content.versionFields, body: content.bytes(0..<size))
    }
    guard case .stream(let stream) = try opened(server) else {
      Issue.record("it is no stream")
      return
    }
    #expect(stream.size == size)
    var first = [UInt8](repeating: 1, count: 100)
    let count = try first.withUnsafeMutableBytes { try stream.read(into: $0) }
    #expect(count == 100)
    #expect(first == pattern(100))
    #expect(server.requests.count == 1)
    // What lies in the system's buffers was sent, and no more.
    #expect(server.bytes < 20 << 20)
  }

  @Test func `a small file of a server that ignores ranges is taken whole`() throws {
    let server = try WebServer { _ in ServedContent(pattern(5000)).wholeAnswer() }
    let source = try #require(try source(server))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(5000))
    #expect(server.requests.count == 1)
  }

  /// Answers that are no range although they may look like one.
  static let wrongRanges: [(name: String, fields: [(String, String)], status: Int)] = [
    ("another start", [("Content-Range", "bytes 5-262148/500000")], 206),
    ("more than was asked", [("Content-Range", "bytes 0-499999/500000")], 206),
    ("no range", [], 206),
    ("several ranges", [("Content-Type", "multipart/byteranges; boundary=x")], 206),
    ("another unit", [("Content-Range", "pages 0-262143/500000")], 206),
    ("a last byte behind the end", [("Content-Range", "bytes 0-262143/262143")], 206),
    ("compressed", [("Content-Range", "bytes 0-262143/500000"), ("Content-Encoding", "br")], 206),
  ]

  @Test(arguments: wrongRanges.indices)
  func `an answer that is no range is not taken for one, and all is read instead`(
    _ index: Int
  ) throws {
    let wrong = Self.wrongRanges[index]
    let content = ServedContent(pattern(500_000))
    let server = try WebServer { request in
      guard request.range != nil else { return content.wholeAnswer() }
      return WebServer.Answer(wrong.status, wrong.fields, body: content.bytes(0..<262_144))
    }
    guard case .stream(let stream) = try opened(server) else {
      Issue.record("\(wrong.name): it is no stream")
      return
    }
    #expect(try stream.all() == pattern(500_000), "\(wrong.name)")
    #expect(server.requests.map { $0.range == nil } == [false, true])
  }

  @Test func `a body that is compressed although it should not be is decompressed`() throws {
    let content = pattern(400_000)
    let folder = try TemporaryFolder()
    try folder.write(content, to: "a")
    let packed = try run("gzip", ["-c", folder.path("a")]).output
    let server = try WebServer { _ in
      WebServer.Answer(200, [("Content-Encoding", "gzip")], body: packed)
    }
    guard case .stream(let stream) = try opened(server) else {
      Issue.record("it is no stream")
      return
    }
    #expect(stream.size == nil)
    #expect(try stream.all() == content)
    #expect(server.requests.allSatisfy { $0.fields["accept-encoding"] == "identity" })
  }

  @Test func `the size is asked for where the range does not tell it`() throws {
    let content = ServedContent(pattern(400_000))
    let server = try WebServer { request in
      if request.method == "HEAD" { return content.wholeAnswer() }
      var answer = content.answer(request)
      if let range = request.range {
        let last = min(range.upperBound, 399_999)
        answer.fields =
          content.versionFields + [
            ("Content-Range", "bytes \(range.lowerBound)-\(last)/*")
          ]
      }
      return answer
    }
    let source = try #require(try source(server))
    #expect(try source.allBytes(limit: .max, named: "") == pattern(400_000))
  }

  @Test func `without a size anywhere it is read as a stream`() throws {
    let content = ServedContent(pattern(400_000))
    let server = try WebServer { request in
      if request.method == "HEAD" { return WebServer.Answer(405) }
      guard let range = request.range else { return content.wholeAnswer() }
      return WebServer.Answer(
        206, [("Content-Range", "bytes 0-\(range.upperBound)/*")],
        body: content.bytes(0..<range.upperBound + 1))
    }
    guard case .stream(let stream) = try opened(server) else {
      Issue.record("it is no stream")
      return
    }
    #expect(try stream.all() == pattern(400_000))
  }

  @Test(arguments: ["HTTP/1.0", "HTTP/1.1"])
  func `a body without a length ends with its connection`(_ version: String) throws {
    let server = try WebServer { _ in
      var answer = WebServer.Answer(200, body: pattern(400_000))
      answer.length = -1
      answer.version = version
      return answer
    }
    guard case .stream(let stream) = try opened(server) else {
      Issue.record("it is no stream")
      return
    }
    #expect(stream.size == nil)
    #expect(try stream.all() == pattern(400_000))
  }

  @Test func `a file at offsets beyond 4 GiB is read`() throws {
    let size = UInt64(100) << 30
    let content = ServedContent(
      size: size, parts: [(5 << 30, pattern(1000)), (size - 7, [1, 2, 3, 4, 5, 6, 7])])
    let server = try WebServer(content.answer)
    let source = try #require(try source(server))
    #expect(try source.bytes(at: 5 << 30, count: 1000) == pattern(1000))
    #expect(try source.bytes(at: size - 7, count: 100) == [1, 2, 3, 4, 5, 6, 7])
    #expect(server.requests.count == 3)
  }

  @Test(arguments: ["18446744073709551615", "9223372036854775808", "99999999999999999999999"])
  func `a size that no file has is refused or not believed`(_ size: String) throws {
    let server = try WebServer { request in
      request.range == nil
        ? WebServer.Answer(200, body: [1])
        : WebServer.Answer(206, [("Content-Range", "bytes 0-99/\(size)")], body: pattern(100))
    }
    let error = #expect(throws: ByteSourceError.self) {
      if case .stream = try opened(server) {
        throw ByteSourceError(code: .limitExceeded, doing: "", reason: "", place: Place(""))
      }
    }
    #expect(error?.code == .limitExceeded)
  }
}

/// Numbers that are the same in each run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
