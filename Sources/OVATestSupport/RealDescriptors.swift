public import Foundation

/// Real descriptors with the facts that an independent reader found in them. They are not part of
/// the project; where they are missing a test says so and passes.
public enum RealDescriptors {
  /// The folder that they are in, beside the project.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/corpus/dev")

  /// The files with the reader's facts, in order; none, and said so, where there are none.
  public static func facts(else whatIsNotDone: String) -> [URL] {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let files = walk?.compactMap { $0 as? URL }.filter { $0.path.hasSuffix(".oracle.json") } ?? []
    if files.isEmpty { print("skipped: no descriptors in \(folder.path): \(whatIsNotDone)") }
    return files.sorted { $0.path < $1.path }
  }

  /// The descriptors, templates among them, in order; none, and said so, where there are none.
  public static func all(else whatIsNotDone: String) -> [URL] {
    facts(else: whatIsNotDone).map(descriptor)
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
