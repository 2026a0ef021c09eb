public import OVABasics

/// The error of a configuration.
public typealias ConfigurationError = Explained<ConfigurationFailure>

/// The kinds of `ConfigurationError`.
public enum ConfigurationFailure: String, Sendable {
  /// The file cannot be read.
  case unreadable
  /// The file is no YAML, or not of the expected shape.
  case malformed
  /// A key that means nothing.
  case unknownKey
  /// A key that is needed is missing.
  case missingKey
  /// A value of the wrong kind or out of range.
  case invalidValue
}

/// Everything that is wrong with configurations, ignore files or baselines: read to the end, since
/// the user who fixes one line wants to know of the others.
public struct ConfigurationErrors: Error, Sendable {
  /// The errors in the order of their files and lines; never empty.
  public let errors: [ConfigurationError]
  /// True if there are more, which are not listed.
  public let hasMore: Bool

  /// Sorts errors by their places within each file, and leaves out what is said twice.
  /// - Parameter hasMore: whether there are more than these.
  /// - Returns: nil where there are none.
  package init?(_ errors: [ConfigurationError], hasMore: Bool = false) {
    self.hasMore = hasMore
    var files: [String] = []
    for error in errors where !files.contains(error.place.file) { files.append(error.place.file) }
    var said: Set<[String]> = []
    let sorted = files.flatMap { file in
      errors.filter { $0.place.file == file }
        .sorted { ($0.place.line ?? 0, $0.reason) < ($1.place.line ?? 0, $1.reason) }
    }
    self.errors = sorted.filter { said.insert([$0.place.description, $0.reason]).inserted }
    if self.errors.isEmpty { return nil }
  }

  /// One error alone.
  init(_ error: ConfigurationError) { (errors, hasMore) = ([error], false) }

  /// The same error with another description of what was being done.
  func whileDoing(_ doing: String) -> ConfigurationErrors {
    ConfigurationErrors(all: errors.map { $0.whileDoing(doing) }, hasMore)
  }

  private init(all errors: [ConfigurationError], _ hasMore: Bool) {
    (self.errors, self.hasMore) = (errors, hasMore)
  }
}

/// The errors that are found while a file is read.
final class ConfigurationProblems {
  /// The most that are reported: a file of another kind has a thousand.
  private static let most = 50

  private var errors: [ConfigurationError] = []
  private var hasMore = false

  /// Adds an error, which is not made where there are enough, unless it was added before.
  func add(_ error: @autoclosure () -> ConfigurationError) {
    guard errors.count < Self.most else {
      hasMore = true
      return
    }
    let error = error()
    let isKnown = errors.contains { $0.place == error.place && $0.reason == error.reason }
    if !isKnown { errors.append(error) }
  }

  /// Ends the reading where something was wrong.
  func end() throws(ConfigurationErrors) {
    if let all = ConfigurationErrors(errors, hasMore: hasMore) { throw all }
  }
}

extension ConfigurationError {
  /// The same error with another description of what was being done.
  func whileDoing(_ doing: String) -> ConfigurationError {
    ConfigurationError(code: code, doing: doing, reason: reason, place: place, fix: fix)
  }

  /// An error of the configuration at `place`.
  public init(code: Code, reason: String, place: Place, fix: String? = nil) {
    self.init(
      code: code, doing: "follow the configuration", reason: reason, place: place, fix: fix)
  }
}
