import Foundation
import HTTPTypes
import Logging
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Synchronization
import Testing

/// Letters about syncs, with mail programs that do not do what they should.
@Suite struct LetterTests {
  /// A clock that a test turns.
  private final class Clock: Sendable {
    private let seconds = Mutex<Int64>(1_700_000_000)
    var now: Int64 { seconds.withLock { $0 } }
    func advance(_ more: Int64) { seconds.withLock { $0 += more } }
  }

  private static func write(_ script: String, to folder: TemporaryFolder) throws -> String {
    let path = try folder.write("#!/bin/sh\n\(script)\n", to: "sendmail")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  /// Keeps what it is given, as `mail-1`, `mail-2` and so on.
  private static func keeping(_ folder: TemporaryFolder) -> String {
    "cat > \(folder.path)/mail-$(ls \(folder.path) | grep -c '^mail-')"
  }

  private func fixture(_ script: String, clock: Clock, timeout: Int = 30) throws -> Fixture {
    try Fixture(records: [], clock: Fixture.Clock(now: { clock.now })) { configuration, folder in
      var mail = MailSettings(from: "ova@example.org")
      mail.sendmail = try Self.write(script, to: folder)
      mail.domain = "example.com"
      mail.timeoutSeconds = timeout
      configuration.mail = mail
    }
  }

  private func sync(_ fixture: Fixture) async {
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
  }

  private func letters(_ fixture: Fixture) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
      .filter { $0.hasPrefix("mail-") }.sorted()
      .map { String(decoding: try fixture.folder.read($0), as: UTF8.self) }
  }

  private func waiting(_ fixture: Fixture) async throws -> Int {
    try await fixture.store.read { try $0.letterCount() }
  }

  private func counted(_ fixture: Fixture) async -> [String] {
    await fixture.send(.get, "/metrics").text.split(separator: "\n")
      .filter { $0.hasPrefix("ova_letters") }.map(String.init)
  }

  @Test func aLetterIsQueuedWithTheOutcomeAndSentOnce() async throws {
    let clock = Clock()
    let fixture = try fixture("true", clock: clock)
    _ = try Self.write(Self.keeping(fixture.folder), to: fixture.folder)
    try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/a.ovf")
    await sync(fixture)
    #expect(try await waiting(fixture) == 1)
    #expect(await counted(fixture).contains("ova_letters_waiting 1"))
    await fixture.server.letters?.sendAll()
    await fixture.server.letters?.sendAll()
    #expect(
      try letters(fixture) == [
        """
        From: ova@example.org
        To: josem@example.com
        Subject: Image sync 1 done
        Message-ID: <image-sync-1.1700000000@example.org>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit
        Auto-Submitted: auto-generated

        The sync of your images (request 1) is done.

        Added:
          [vssUser-xfers] josem/images/a.ovf

        """
      ])
    #expect(try await waiting(fixture) == 0)
    #expect(await counted(fixture).contains(#"ova_letters_total{outcome="sent"} 1"#))
  }

  /// Programs that do not take the letter, with what is said of each.
  @Test(arguments: [
    ("echo no such host >&2; exit 75", "ended with status 75: no such host"),
    ("exit 1", "ended with status 1"), ("kill -9 $$", "was ended by signal 9"),
    ("exec /no/such/program", "ended with status 127"),
  ])
  func whatIsNotTakenIsTriedAgainLaterAndLater(script: String, reason: String) async throws {
    let clock = Clock()
    let fixture = try fixture(script, clock: clock)
    await sync(fixture)
    await fixture.server.letters?.sendAll()
    #expect(try await waiting(fixture) == 1)
    #expect(await counted(fixture).contains(#"ova_letters_total{outcome="retried"} 1"#))
    let failure = try await fixture.store.read { try $0.letterFailures() }
    #expect(failure.count == 1)
    #expect(failure.first?.contains(reason) == true)

    // Not before a minute is over.
    _ = try Self.write(Self.keeping(fixture.folder), to: fixture.folder)
    clock.advance(59)
    await fixture.server.letters?.sendAll()
    #expect(try letters(fixture).isEmpty)
    clock.advance(1)
    await fixture.server.letters?.sendAll()
    #expect(try letters(fixture).count == 1)
    #expect(try await waiting(fixture) == 0)
  }

  @Test func aProgramThatIsNotThereIsSaidToBe() async throws {
    let clock = Clock()
    let fixture = try fixture("true", clock: clock)
    try FileManager.default.removeItem(atPath: fixture.folder.path("sendmail"))
    await sync(fixture)
    await fixture.server.letters?.sendAll()
    let failure = try await fixture.store.read { try $0.letterFailures() }
    #expect(failure.first?.hasSuffix("cannot be run: No such file or directory") == true)
  }

  @Test func aLetterThatIsNotTakenForDaysIsDropped() async throws {
    let clock = Clock()
    let fixture = try fixture("exit 75", clock: clock)
    await sync(fixture)
    var attempts = 0
    while try await waiting(fixture) > 0, attempts < 100 {
      attempts += 1
      await fixture.server.letters?.sendAll()
      clock.advance(3 * 3600)
    }
    #expect(attempts == 24)
    #expect(await counted(fixture).contains(#"ova_letters_total{outcome="dropped"} 1"#))
  }

  @Test func aProgramThatHangsIsEndedWithAllThatItStarted() async throws {
    let clock = Clock()
    let fixture = try fixture("true", clock: clock, timeout: 1)
    // One that is deaf to a polite word, and starts another that is as well.
    _ = try Self.write(
      """
      trap '' TERM
      echo $$ >> \(fixture.folder.path)/pids
      sh -c 'trap "" TERM; echo $$ >> \(fixture.folder.path)/pids; while :; do sleep 1; done' &
      while :; do sleep 1; done
      """, to: fixture.folder)
    await sync(fixture)
    let start = ContinuousClock.now
    await fixture.server.letters?.sendAll()
    #expect(ContinuousClock.now - start < .seconds(10))
    let failure = try await fixture.store.read { try $0.letterFailures() }
    #expect(failure.first?.hasSuffix("was not done after 1 s") == true)
    let pids = String(decoding: try fixture.folder.read("pids"), as: UTF8.self)
      .split(separator: "\n").compactMap { Int32($0) }
    #expect(pids.count == 2)
    for pid in pids {
      // Nobody takes the status of an orphan at once; it does nothing any more.
      let state = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ") Z"
      #expect(state.contains(") Z") || state.contains(") X"))
    }
  }

  @Test func aHangingProgramHoldsUpNoSync() async throws {
    let clock = Clock()
    let fixture = try fixture("sleep 600", clock: clock, timeout: 600)
    await sync(fixture)
    let mail = Task { await fixture.server.letters?.sendAll() }
    for number in 2...5 {
      await sync(fixture)
      let reply = await fixture.send(.get, "/v2/request/image_sync/\(number)")
      #expect(reply.data["status"] as? String == "PROCESSED")
    }
    mail.cancel()
    await mail.value
    // What was cut short is still to be sent.
    #expect(try await waiting(fixture) == 5)
  }

  @Test func whatWaitsWhenAServerEndsIsSentByTheNext() async throws {
    let clock = Clock()
    let fixture = try fixture("exit 75", clock: clock)
    await sync(fixture)
    await fixture.server.letters?.sendAll()
    _ = try Self.write(Self.keeping(fixture.folder), to: fixture.folder)
    clock.advance(60)
    var configuration = Configuration()
    var mail = MailSettings(from: "ova@example.org")
    mail.sendmail = fixture.folder.path("sendmail")
    mail.addresses = ["josem": "elsewhere@example.net"]
    configuration.mail = mail
    let server = try CatalogServer(
      configuration, catalog: CatalogConnection(path: fixture.store.path), version: "1",
      logger: .init(label: "test"), now: { clock.now })
    await server.letters?.sendAll()
    #expect(try letters(fixture).first?.contains("\nTo: elsewhere@example.net\n") == true)
  }
}
