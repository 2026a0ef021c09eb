import Glibc

extension Worker {
  /// An error number of the system.
  struct StartFailure: Error { let number: Int32 }

  /// Starts a program with an empty environment, in a process group of its own, so that a terminal's
  /// Ctrl-C reaches its parent alone.
  static func start(
    _ program: WorkerProgram, connection: Int32, input: Int32?
  ) -> Result<pid_t, StartFailure> {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // The connection first: it may have the number of one of the others.
    unsafe posix_spawn_file_actions_adddup2(&actions, connection, WorkerConnection.descriptor)
    if let input {
      unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    for output in [1, 2] as [Int32] {
      unsafe posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var process: pid_t = 0
    // Each thread of a C library would take address space of its own for memory. A crash is
    // reported by its signal: the runtime's own report would take another process.
    var variables = ["MALLOC_ARENA_MAX=2", "SWIFT_BACKTRACE=enable=no"]
    // The library path that the loader was given for this program.
    if let folders = unsafe getenv("LD_LIBRARY_PATH") {
      unsafe variables.append("LD_LIBRARY_PATH=" + String(cString: folders))
    }
    let number = unsafe withStrings(["ova", WorkerProgram.argument]) { arguments in
      unsafe withStrings(variables) { environment in
        unsafe posix_spawn(&process, program.path, &actions, &attributes, arguments, environment)
      }
    }
    return number == 0 ? .success(process) : .failure(StartFailure(number: number))
  }

  /// Calls a function with texts as a C program has its arguments.
  private static func withStrings<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe body(pointers)
  }
}
