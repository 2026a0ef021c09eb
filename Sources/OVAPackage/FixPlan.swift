import OVAArchive
public import OVABasics
import OVAByteSource
public import OVAIntegrity
import OVFDescriptor

/// What can be repaired in a package without inventing facts, and how.
public struct FixPlan: Sendable {
  /// One repair.
  public struct Step: Sendable, Hashable {
    /// The kinds of repair.
    public enum Kind: String, Sendable, CaseIterable {
      /// `ovf:size` in the descriptor becomes the file's size.
      case correctSizes = "correct-sizes"
      /// Members that belong to macOS and not to the package go.
      case dropAppleDouble = "drop-apple-double"
      /// Entries for folders, which a package does not have, go.
      case dropFolders = "drop-folders"
      /// Names lose `./` and the like.
      case cleanNames = "clean-names"
      /// Descriptor, manifest, certificate, files in the order of the References.
      case reorder = "reorder-members"
      /// The archive is written anew as plain ustar.
      case plainArchive = "plain-archive"
      /// The manifest is written anew in the standard's form.
      case rewriteManifest = "rewrite-manifest"
      /// The certificate signs a manifest that is no more.
      case dropCertificate = "drop-certificate"
    }

    /// What is done.
    public let kind: Kind
    /// To what, each in a sentence.
    public let details: [String]
    /// What it makes invalid.
    public let invalidates: [String]
  }

  /// Something that is not repaired.
  public struct Refusal: Sendable, Hashable {
    /// What it is about.
    public let place: Place
    /// Why it is left.
    public let reason: String
    /// Whether nothing at all can be written because of it.
    public let isBlocking: Bool
  }

  /// The repairs in the order in which they are made.
  public let steps: [Step]
  /// What is not repaired.
  public let refusals: [Refusal]
  /// Files whose bytes contradict the manifest: a new one accepts them as they are.
  public let contradicted: [PackageFile]
  /// The members of the repaired package; none when something blocks.
  public let members: [PackageWriter.Member]

  /// Whether nothing has to be done.
  public var isEmpty: Bool { steps.isEmpty }
}

extension FixPlan {
  /// The algorithm of a package's manifest where it has one and the same everywhere.
  public static func algorithm(of package: Package) -> DigestAlgorithm {
    let found = package.manifest?.manifest.algorithms ?? []
    return found.count == 1 ? found.first ?? .sha256 : .sha256
  }

  /// Plans the repair of a package.
  /// - Parameters:
  ///   - checked: the package, read with `always` holding the algorithm.
  ///   - algorithm: the digests of a new manifest; nil for those it has.
  /// - Throws: `PackageError` when the descriptor or a file cannot be read.
  public init(_ checked: CheckedPackage, algorithm: DigestAlgorithm?) throws(PackageError) {
    let package = checked.package
    var planning = FixPlanning(checked)
    var layout = try PackageLayout(package) { !$0.isAppleDouble }
    planning.findBlocks()
    planning.planSizes(&layout)
    planning.planNames(layout)
    let wanted = algorithm ?? Self.algorithm(of: package)
    let hasManifest = package.manifest != nil || algorithm != nil
    var manifest = package.manifest?.bytes
    var certificate: [UInt8]?
    if !planning.isBlocked, hasManifest {
      let reasons = planning.manifestFaults(layout, wanted)
      if reasons.isEmpty {
        certificate = try planning.certificateBytes()
      } else {
        manifest = try layout.manifest(wanted, checked.evidence)
        planning.replaceManifest(reasons, wanted)
      }
    }
    if planning.isBlocked {
      contradicted = []
      steps = []
      members = []
    } else {
      contradicted = planning.contradicted(layout)
      members = layout.members(manifest: manifest, certificate: certificate)
      planning.planOrder(members.map(\.name))
      steps = planning.ordered
    }
    refusals = planning.refusals
  }
}
