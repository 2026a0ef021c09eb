/// The program that is started to parse packages: this very one.
public struct WorkerProgram: Hashable, Sendable {
  /// The first argument of a worker, which no person gives.
  public static let argument = "parse-in-sandbox"

  /// The program's path.
  public let path: String

  /// A program that handles `argument`.
  public init(path: String) { self.path = path }

  /// The program that this process runs, even if its file was replaced or removed meanwhile.
  public static let current = WorkerProgram(path: "/proc/self/exe")
}
