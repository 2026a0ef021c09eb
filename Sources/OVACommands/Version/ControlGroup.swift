import Foundation

/// The limits of this process's control group, as services and containers set them.
package struct ControlGroup: Sendable, Hashable {
  /// The most memory in bytes; nil for no limit, or none that can be read.
  package let memoryBytes: UInt64?
  /// The limits on reading and writing each device, as the kernel writes them: `8:0 rbps=1048576
  /// wbps=max riops=max wiops=max`. Empty for no limit.
  package let deviceLimits: [String]

  /// The group of this process.
  package static var current: ControlGroup {
    ControlGroup(ownGroups: "/proc/self/cgroup", root: "/sys/fs/cgroup")
  }

  /// Reads the limits of a group and of those that it is in: the least of each holds.
  ///
  /// - Parameters:
  ///   - ownGroups: The file that names the groups, as `/proc/self/cgroup` does.
  ///   - root: The folder that the hierarchy of groups is mounted at.
  package init(ownGroups: String, root: String) {
    // `0::/system.slice/ova.service` is the group in the one hierarchy that has every limit.
    let lines = Self.lines(ownGroups)
    guard let own = lines.first(where: { $0.hasPrefix("0::/") }) else {
      (memoryBytes, deviceLimits) = (nil, [])
      return
    }
    var folder = root
    var folders = [folder]
    for name in own.dropFirst(4).split(separator: "/") {
      folder += "/\(name)"
      folders.append(folder)
    }
    memoryBytes = folders.compactMap { Self.lines("\($0)/memory.max").first.flatMap(UInt64.init) }
      .min()
    deviceLimits = folders.flatMap { Self.lines("\($0)/io.max") }
  }

  private static func lines(_ path: String) -> [String] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }
}
