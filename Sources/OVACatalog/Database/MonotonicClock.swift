import Glibc

/// The clock that waits and limits are measured by.
enum MonotonicClock {
  /// Nanoseconds since some instant, on a clock that does not go back.
  static var now: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
