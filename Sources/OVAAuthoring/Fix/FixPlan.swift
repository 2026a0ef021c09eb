import OVAArchive
public import OVABasics
import OVAByteSource
public import OVAIntegrity
public import OVAPackage
import OVFDescriptor

/// A plan of the repairs that can be made to a package without inventing facts.
public struct FixPlan: Sendable {
  /// One repair.
  public struct Step: Sendable, Hashable {
    /// The kinds of repair.
    public enum Kind: String, Sendable, CaseIterable {
      /// `ovf:size` in the descriptor becomes the file's size.
      case correctSizes = "correct-sizes"
      /// The children of items and systems are put into the schema's order.
      case reorderItemChildren = "reorder-item-children"
      /// The parts of the envelope and of machines are put into the schema's order.
      case reorderSections = "reorder-sections"
      /// Elements that name the firmware's settings are taken out, and their file with them.
      case dropNVRAM = "drop-nvram"
      /// Zeros behind the end of a streamed disk are cut off.
      case cutDiskPadding = "cut-disk-padding"
      /// Members that belong to macOS and not to the package are left out.
      case dropAppleDouble = "drop-apple-double"
      /// Entries for folders, which a package does not have, are left out.
      case dropFolders = "drop-folders"
      /// Names lose `./` and the like.
      case cleanNames = "clean-names"
      /// Descriptor, manifest, certificate, files in the order of the References.
      case reorder = "reorder-members"
      /// The archive is written anew as plain ustar.
      case plainArchive = "plain-archive"
      /// A package without a manifest gets one.
      case addManifest = "add-manifest"
      /// The manifest is written anew in the standard's form.
      case rewriteManifest = "rewrite-manifest"
      /// The certificate signs a manifest that is no more.
      case dropCertificate = "drop-certificate"
    }

    /// The kind of repair.
    public let kind: Kind
    /// The changes in detail, each in a sentence; of more than 1,000 the last one says how many
    /// more there are.
    public let details: [String]
    /// The parts that become invalid.
    public let invalidates: [String]
  }

  /// Something that is not repaired.
  public struct Refusal: Sendable, Hashable {
    /// The place that the repair concerns.
    public let place: Place
    /// The reason not to repair it.
    public let reason: String
    /// True if nothing at all can be written because of it.
    public let isBlocking: Bool
  }

  /// Parts of a package that are taken out only when somebody says so.
  public enum Part: String, Sendable, CaseIterable {
    /// The firmware's settings: the `.nvram` file and all that names it.
    case nvram
  }

  /// Options of a repair.
  public struct Options: Sendable {
    /// The digests of a new manifest; nil for those that the old one has.
    public var algorithm: DigestAlgorithm?
    /// The parts to remove.
    public var drops: Set<Part> = []
    /// True if the plan is only to be looked at: no further byte of a disk is read for it.
    package var isForecast = false

    /// Repairs what can be, and takes nothing out.
    public init(algorithm: DigestAlgorithm? = nil, drops: Set<Part> = []) {
      self.algorithm = algorithm
      self.drops = drops
    }
  }

  /// The repairs in the order in which they are made.
  public let steps: [Step]
  /// The faults that are not repaired.
  public let refusals: [Refusal]
  /// The reasons why a new manifest would accept bytes whose origin nothing proves. Nothing is
  /// written then unless somebody who has looked at them says so. None when the manifest stays.
  public let doubts: [ManifestDoubt]
  /// The members of the repaired package; none when something blocks, or they were released.
  public private(set) var members: [PackageWriter.Member]
  /// The facts about the repaired package that need no reading of it; nil when there are no members.
  private(set) var known: KnownContents?
  /// True if the descriptor was validated against schemas.
  package let wasValidated: Bool

  /// True if nothing has to be done.
  public var isEmpty: Bool { steps.isEmpty }
  /// True if nothing can be written.
  public var isBlocked: Bool { refusals.contains(where: \.isBlocking) }
}

extension FixPlan {
  /// The algorithm of a package's manifest where it has one and the same everywhere.
  public static func algorithm(of package: Package) -> DigestAlgorithm {
    let found = package.manifest?.manifest.algorithms ?? []
    guard found.count == 1, let only = found.first, DigestAlgorithm.ofManifests.contains(only)
    else { return .sha256 }
    return only
  }

  /// Releases the members and all that is known of them, once they are written: a package may have
  /// as many as its limit allows, and it is read again then.
  package mutating func letGoOfMembers() { (members, known) = ([], nil) }

  /// Plans the repair of a package. The plan does not hold the package, which may be released.
  /// - Parameters:
  ///   - checked: the package, read with `always` holding the algorithm.
  ///   - options: what is wanted.
  /// - Throws: `PackageError` when the descriptor or a file cannot be read.
  public init(_ checked: CheckedPackage, _ options: Options = Options()) throws(PackageError) {
    let package = checked.package
    wasValidated = checked.schema != nil
    var planning = FixPlanning(checked)
    var layout = try PackageLayout(package) { !$0.isAppleDouble }
    planning.findBlocks()
    try planning.planDisks(&layout)
    planning.planDescriptor(&layout, drops: options.drops)
    planning.planNames(layout)
    guard !planning.isBlocked else {
      (steps, doubts, members, known) = ([], [], [], nil)
      refusals = planning.refusals
      return
    }
    let digests: [PackagePath: [DigestValue]]
    let keepsCertificate: Bool
    let supply: PackageLayout.DigestSupply = options.isForecast ? .forecast : .read
    let wanted = options.algorithm ?? Self.algorithm(of: package)
    let reasons = planning.manifestDiagnostics(layout, wanted)
    if reasons.isEmpty, let own = package.manifest {
      let certificate = try planning.certificateBytes()
      doubts = []
      members = layout.members(manifest: own.bytes, certificate: certificate)
      keepsCertificate = certificate != nil
      digests = layout.digests(checked.evidence)
    } else {
      doubts = ManifestDoubt.all(of: checked, layout)
      members = layout.members(
        manifest: try layout.manifest(wanted, checked.evidence, supply), certificate: nil)
      planning.replaceManifest(reasons, wanted)
      keepsCertificate = false
      digests = try layout.digests(wanted, checked.evidence, supply)
    }
    known = KnownContents(
      checked, cut: layout.cutPaths, digests: digests, keepsSignature: keepsCertificate)
    planning.planOrder(members.map(\.name))
    steps = planning.ordered
    refusals = planning.refusals
  }
}
