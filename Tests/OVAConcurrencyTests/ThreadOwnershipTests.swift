import Foundation
import Testing

/// Nothing but OVAConcurrency makes threads, or keeps threads waiting for each other.
struct ThreadOwnershipTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// Lines of code that make threads, queues of work, or locks that are waited for.
  static func offences(in text: String) -> [Substring] {
    let forbidden =
      /\bimport Dispatch\b|\bDispatch(Queue|Group|Semaphore|WorkItem|Source)\b|\bconcurrentPerform\b|\bThread\b|\bOperationQueue\b|\bNS(Lock|Condition|RecursiveLock)\b|\bNIOThreadPool\b|\bNIOSingletons\b|\bTask\.detached\b|\bpthread_(create|mutex|cond|rwlock)|\bsem_(init|wait|open)\b/
      .wordBoundaryKind(.simple)
    // The expression takes long; most files have none of these words.
    let words = ["Dispatch", "Thread", "concurrentPerform", "detached", "pthread_", "sem_"]
    let more = ["OperationQueue", "NSLock", "NSCondition", "NSRecursiveLock", "NIOSingletons"]
    guard (words + more).contains(where: { text.contains($0) }) else { return [] }
    return text.split(separator: "\n").filter { line in
      let code = line.split(separator: "//", maxSplits: 1).first ?? ""
      return !line.drop { $0 == " " }.hasPrefix("//") && code.contains(forbidden)
    }
  }

  @Test func nothingElseMakesThreads() throws {
    let files = try #require(
      FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
    var seen = 0
    // Servers that tests talk to have threads of their own; no product links them.
    let exempt: Set = ["OVAConcurrency", "OVATestSupport"]
    for case let file as URL in files
    where file.pathExtension == "swift" && exempt.isDisjoint(with: file.pathComponents) {
      seen += 1
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in Self.offences(in: text) {
        Issue.record("\(file.path): \(line)")
      }
    }
    #expect(seen > 500)
  }

  @Test(arguments: [
    "import Dispatch", "  DispatchQueue.global().async {", "let t = Thread {", "Thread(block: f)",
    "  Thread.detachNewThread {", "let s = DispatchSemaphore(value: 0)", "Task.detached { }",
    "try await NIOThreadPool.singleton.runIfActive {",
    "DispatchQueue.concurrentPerform(iterations:",
    "let lock = NSLock()", "pthread_create(&thread, nil, f, nil)",
  ]) func theWaysToDoSoAreKnown(line: String) {
    #expect(Self.offences(in: line).count == 1)
  }

  @Test(arguments: [
    "// Thread by thread", "  /// A DispatchQueue.", "let threads = 3", "onThisThread()",
    "MultiThreadedEventLoop", "let x = 1  // no Thread",
  ]) func otherLinesAreLeftAlone(line: String) {
    #expect(Self.offences(in: line).isEmpty)
  }
}
