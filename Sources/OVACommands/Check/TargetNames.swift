import ArgumentParser
import OVABasics
import OVARules
import OVATargets

/// Targets as the command line names them.
enum TargetNames {
  /// The targets of these names, each once, in their order; `all` means every product in its newest
  /// release.
  /// - Throws: `ValidationError` with the names that were perhaps meant.
  static func targets(_ names: [String]) throws -> [Target] {
    var seen: Set<String> = []
    return try names.flatMap { name throws -> [Target] in
      name.lowercased() == "all" ? Target.all : [try target(name)]
    }.filter { seen.insert($0.id).inserted }
  }

  private static func target(_ name: String) throws -> Target {
    do throws(Target.NameFault) {
      return try Target.named(name)
    } catch {
      switch error {
      case .unknownRelease(let product, let known):
        throw ValidationError(
          known.isEmpty
            ? "--target \(name.inert): of \(product) no releases are told apart; use '\(product)'."
            : "--target \(name.inert): of \(product) these releases are known: "
              + known.joined(separator: ", ") + ".")
      case .unknownProduct:
        let ids = TargetProduct.all.map(\.id)
        let near = NearestNames.of(name, among: ids).map { "'\($0)'" }.joined(separator: ", ")
        throw ValidationError(
          "--target \(name.inert): there is no such target; "
            + (near.isEmpty
              ? "there are \(ids.joined(separator: ", ")) and all." : "did you mean \(near)?"))
      }
    }
  }
}
