public import OVABasics

/// The error of a catalog.
public typealias CatalogError = Explained<CatalogFailure>

/// The kinds of `CatalogError`.
public enum CatalogFailure: String, Sendable {
  /// A parameter (filter, sort, page, …) has no meaning; `place` names the parameter.
  case invalidParameterValue
  /// A repository's description contradicts itself.
  case invalidMapping
  /// A record of an import is not one; `place` says which.
  case malformedRecord
  /// An import's id or path belongs to another record already.
  case conflict
  /// No such time zone on this machine.
  case unknownTimeZone
  /// Another process holds the database.
  case locked
  /// The disk or the quota is full.
  case full
  /// There is no database, or its folder is missing.
  case missing
  /// The file is not a database, or a damaged one.
  case corrupt
  /// The database was written by a newer version of this program.
  case newerSchema
  /// The database lies on a network file system, where SQLite's locks cannot be trusted.
  case networkFileSystem
  /// The database or its folder may not be written.
  case notWritable
  /// The device failed.
  case inputOutput
  /// It took longer than `CatalogStore.Options.longestReading`.
  case tooLong
  /// The caller no longer wants the answer.
  case cancelled
  /// The database server cannot be reached, or the connection to it was lost.
  case unreachable
  /// The database server does not let this user in.
  case refused
  /// The database engine reported something that none of the other codes says.
  case database
}

extension CatalogError {
  /// The error for a parameter that has no meaning.
  public static func invalidParameter(_ name: String, _ reason: String) -> CatalogError {
    CatalogError(
      code: .invalidParameterValue, doing: "understand \(name)", reason: reason, place: Place(name))
  }

  /// The text of the image API about a parameter: `InvalidParameterValue: filter: unknown field
  /// 'x'`.
  public var parameterMessage: String { "InvalidParameterValue: \(place.file): \(reason)" }
}
