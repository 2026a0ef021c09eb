public import OVABasics
import OVAByteSource
public import OVAIntegrity
public import OVAPackage

/// A package of loose files as one archive: what goes into it and in which order.
public struct Packing: Sendable {
  /// The members in their order; none when they were released.
  public private(set) var members: [PackageWriter.Member]
  /// Remarks for the user.
  public let notes: [String]

  /// Releases the members, once they are written: the archive is read again then.
  package mutating func letGoOfMembers() { members = [] }

  /// Plans the archive of a package that was checked and found sound.
  ///
  /// A signed package whose manifest nobody wants changed keeps manifest and signature.
  /// - Parameters:
  ///   - checked: the package, read with `always` holding the algorithm.
  ///   - algorithm: the digests of the manifest; nil for SHA-256, or as it was in a signed one.
  ///   - signer: who signs it.
  /// - Throws: `PackageError` when a file cannot be read, or key and certificate cannot be used.
  public init(
    _ checked: CheckedPackage, algorithm: DigestAlgorithm?, signer: Signer?
  ) throws(PackageError) {
    let package = checked.package
    let layout = try PackageLayout(package) { _ in true }
    if algorithm == nil, signer == nil, let manifest = package.manifest,
      let certificate = package.certificate?.file.source, manifest.hasBaseName
    {
      do throws(ByteSourceError) {
        members = layout.members(
          manifest: manifest.bytes,
          certificate: try certificate.allBytes(
            limit: Limits().certificateBytes, named: "certificateBytes"))
      } catch {
        throw PackageError(error)
      }
      notes = ["the manifest and its signature are kept as they are"]
      return
    }
    let algorithm = algorithm ?? .sha256
    let manifest = try layout.manifest(algorithm, checked.evidence)
    let certificate = try signer.map { signer throws(PackageError) in
      try signer.sign(manifest, name: layout.manifestName.lastComponent, algorithm)
    }
    members = layout.members(manifest: manifest, certificate: certificate)
    let isDropped =
      signer == nil && package.certificate != nil && manifest != package.manifest?.bytes
    notes = isDropped ? ["the certificate is left out: it signs another manifest"] : []
  }
}
