import Foundation
import OVAByteSource

/// Waits until a condition holds, looking at it again every few milliseconds.
///
/// - Parameter seconds: how long to wait at most, on a machine that is busy with everything else.
/// - Returns: whether it held in the end.
public func eventually(
  within seconds: Double = 60, isolation: isolated (any Actor)? = #isolation,
  _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let start = ContinuousClock.now
  while ContinuousClock.now - start < .seconds(seconds) {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(5))
  }
  return try await condition()
}

/// The same, on the calling thread.
public func becomesTrue(
  within seconds: Double = 60, _ condition: () throws -> Bool
) rethrows -> Bool {
  let start = ContinuousClock.now
  while ContinuousClock.now - start < .seconds(seconds) {
    if try condition() { return true }
    usleep(5000)
  }
  return try condition()
}

extension TemporaryFolder {
  /// Waits until its last change is so long ago that a listing of it may be kept: what was changed
  /// moments ago may change again within what its file system takes for the same time. Times of
  /// change cannot be set.
  public func settle() throws -> Bool {
    try becomesTrue {
      FileFacts.now - (try FileFacts.of(path: path)).changed > 2_000_000_000
    }
  }
}
