import Glibc

/// The runtime of the compiler's sanitizers, which has a thread and memory of its own.
enum SanitizerRuntime {
  /// True if this process was built with one.
  static let isPresent =
    unsafe dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
}
