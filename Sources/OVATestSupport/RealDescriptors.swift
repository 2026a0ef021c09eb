public import Foundation

/// Real descriptors with the facts that an independent reader found in them. They are not part of
/// the project; where they are missing, tests of them are skipped.
public enum RealDescriptors {
  /// The folder that they are in, beside the project.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/corpus/dev")

  /// True if they are here.
  public static let arePresent = !facts().isEmpty

  /// The files with the reader's facts, in order.
  public static func facts() -> [URL] {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let files = walk?.compactMap { $0 as? URL }.filter { $0.path.hasSuffix(".oracle.json") } ?? []
    return files.sorted { $0.path < $1.path }
  }

  /// The descriptors, templates among them, in order.
  public static func all() -> [URL] {
    facts().map(descriptor)
  }

  /// The descriptor that facts are about.
  public static func descriptor(of facts: URL) -> URL {
    facts.deletingPathExtension().deletingPathExtension()
  }

  /// A descriptor's path in the folder.
  public static func name(of descriptor: URL) -> String {
    String(descriptor.path.dropFirst(folder.path.count + 1))
  }
}
