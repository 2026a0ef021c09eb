import ArgumentParser
import OVABasics
import OVARules
import OVATargets

/// Targets as the command line names them.
enum TargetNames {
  /// The name that stands for every product in its newest release.
  private static let all = "all"

  /// The targets of these names, each once, in their order; `all` means every product in its newest
  /// release.
  /// - Parameter names: as `known(_:)` gives them.
  static func targets(_ names: [String]) throws -> [Target] {
    var seen: Set<String> = []
    return try names.flatMap { name throws -> [Target] in
      name.lowercased() == all ? Target.all : [try target(name)]
    }.filter { seen.insert($0.id).inserted }
  }

  /// The name, where it is that of a target.
  /// - Throws: `ValidationError` with the names that were perhaps meant.
  @Sendable static func known(_ name: String) throws -> String {
    _ = try targets([name])
    return name
  }

  private static func target(_ name: String) throws -> Target {
    do throws(Target.NameFault) {
      return try Target.named(name)
    } catch {
      switch error {
      case .unknownRelease(let product, let known):
        throw ValidationError(
          known.isEmpty
            ? "of \(product) no releases are told apart; use '\(product)'"
            : "of \(product) these releases are known: \(known.joined(separator: ", "))")
      case .unknownProduct:
        let ids = TargetProduct.all.map(\.id)
        let near = NearestNames.of(name, among: ids).map { "'\($0)'" }.joined(separator: ", ")
        throw ValidationError(
          "there is no such target; "
            + (near.isEmpty
              ? "there are \(ids.joined(separator: ", ")) and all" : "did you mean \(near)?"))
      }
    }
  }
}
