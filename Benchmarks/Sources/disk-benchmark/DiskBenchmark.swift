import Foundation
import Glibc

/// `disk-benchmark OVA [MEBIBYTES] [ROUNDS] [FOLDER]`: times and memory of the deep check beside
/// those of `qemu-img convert` to nowhere and of `openssl dgst`, alternating in one run on the same
/// disks, so that the ratios hold on any machine.
@main
struct DiskBenchmark {
  static func main() throws {
    guard CommandLine.arguments.count > 1 else {
      print("usage: disk-benchmark OVA [MEBIBYTES] [ROUNDS] [FOLDER]")
      return
    }
    let arguments = CommandLine.arguments
    let size = arguments.count > 2 ? max(64, Int(arguments[2]) ?? 2048) : 2048
    let rounds = arguments.count > 3 ? max(1, Int(arguments[3]) ?? 5) : 5
    let work =
      arguments.count > 4
      ? arguments[4]
      : FileManager.default.temporaryDirectory.appendingPathComponent("disk-benchmark").path
    try? FileManager.default.removeItem(atPath: work)
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    for kind in Filling.allCases {
      let disk = try Disk(kind, mebibytes: size, in: work)
      print("\(kind.rawValue): \(disk.bytes >> 20) MiB of file, \(size) MiB of disk")
      try compare(disk, ova: arguments[1], rounds: rounds)
      disk.remove()
    }
  }

  /// Medians of alternating runs, each beside that of the first command.
  private static func compare(_ disk: Disk, ova: String, rounds: Int) throws {
    let nowhere = "driver=null-co,size=\(disk.capacity)"
    let commands: [(name: String, command: [String])] = [
      (
        "qemu-img convert to nowhere",
        ["qemu-img", "convert", "-n", "-f", "vmdk", "--target-image-opts", disk.path, nowhere]
      ),
      ("ova disk --deep", [ova, "disk", "--deep", disk.path]),
      ("openssl dgst -sha256", ["openssl", "dgst", "-sha256", disk.path]),
      ("ova check --deep, digests too", [ova, "check", "--deep", disk.descriptor]),
    ]
    var runs = [[Run]](repeating: [], count: commands.count)
    // The first round warms the pages and does not count.
    for round in 0...rounds {
      for (index, command) in commands.enumerated() {
        let run = try Run(command.command)
        if round > 0 { runs[index].append(run) }
      }
    }
    let medians = runs.map { $0.map(\.seconds).sorted()[rounds / 2] }
    let work = runs.map { $0.map(\.processorSeconds).sorted()[rounds / 2] }
    for (index, (name, _)) in commands.enumerated() {
      let memory = runs[index].map(\.kibibytes).max() ?? 0
      print(
        "  " + name.padding(toLength: 32, withPad: " ", startingAt: 0)
          + String(
            format: "%7.3f s %5.2f × qemu-img, %7.3f s of processor %5.2f ×, %4d MiB of memory",
            medians[index], medians[index] / medians[0], work[index], work[index] / work[0],
            memory >> 10))
    }
  }
}

/// One run of a command: how long it took and the most memory it had.
struct Run {
  let seconds: Double
  /// What all cores together did for it; busy neighbors do not change it much.
  let processorSeconds: Double
  let kibibytes: Int

  init(_ command: [String]) throws {
    let clock = ContinuousClock()
    let start = clock.now
    var process = pid_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    let started = posix_spawnp(&process, command[0], &actions, nil, &arguments, environ)
    guard started == 0 else { throw POSIXError(POSIXErrorCode(rawValue: started) ?? .EIO) }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, 0, &usage) == process else { throw POSIXError(.ECHILD) }
    let time = (clock.now - start).components
    seconds = Double(time.seconds) + Double(time.attoseconds) / 1e18
    let times = [usage.ru_utime, usage.ru_stime]
    processorSeconds = times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    kibibytes = usage.ru_maxrss
    if status != 0 { print("  \(command[0]) \(command[1]) ended with \(status >> 8)") }
  }
}
