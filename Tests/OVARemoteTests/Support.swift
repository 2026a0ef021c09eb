import OVABasics
import OVAByteSource
import OVATestSupport

@testable import OVARemote

extension RemoteSettings {
  /// Those of tests: nothing of this machine's environment, and hardly a wait.
  static func testing(
    _ environment: [String: String] = [:], _ change: (inout RemoteSettings) -> Void = { _ in }
  ) -> RemoteSettings {
    var settings = RemoteSettings(
      environment: environment.merging(["AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nowhere"]) {
        own, _ in own
      })
    settings.retryMilliseconds = 1
    settings.connectSeconds = 5
    settings.stallSeconds = 2
    change(&settings)
    return settings
  }
}

/// Opens what a server has.
func opened(
  _ server: WebServer, _ path: String = "web.ova", _ settings: RemoteSettings = .testing()
) throws -> RemoteFile {
  try RemoteFile.open(try RemoteLocation(server.url(path)), RemoteClient(settings))
}

/// The source, where it is read where it lies.
func source(
  _ server: WebServer, _ path: String = "web.ova", _ settings: RemoteSettings = .testing()
) throws -> RemoteSource? {
  if case .source(let source) = try opened(server, path, settings) { source } else { nil }
}

/// Bytes of which each place is told apart from others.
func pattern(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8 ^ $0 >> 16) }
}

extension RemoteStream {
  /// All of it.
  func all() throws(ByteSourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var failure: ByteSourceError?
    var piece = [UInt8](repeating: 0, count: 100_000)
    while true {
      let count = piece.withUnsafeMutableBytes { buffer in
        do throws(ByteSourceError) {
          return try read(into: buffer)
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      guard count > 0 else { return bytes }
      bytes += piece.prefix(count)
    }
  }
}
