public import OVABasics

/// A file's name with its digest: what one line of a manifest says.
public struct FileDigest: Hashable, Sendable {
  /// The name, as the descriptor's reference writes it.
  public let fileName: String
  /// The digest of the file as stored.
  public let digest: DigestValue

  /// Pairs a name with a digest.
  public init(fileName: String, digest: DigestValue) {
    self.fileName = fileName
    self.digest = digest
  }
}

extension Manifest {
  /// A manifest in the standard's strict form, one line each, in the order given.
  /// - Throws: `IntegrityError.Code.unwritableName` for an empty name or one with a line break or
  ///   NUL, which no reader could read back.
  public static func text(_ files: [FileDigest]) throws(IntegrityError) -> String {
    var result = ""
    for file in files {
      let isWritable = !file.fileName.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }
      guard isWritable, !file.fileName.isEmpty else {
        throw IntegrityError(
          .unwritableName, doing: "write a manifest entry",
          reason: "a name that is empty or holds a line break or NUL cannot stand in a manifest",
          place: Place(file.fileName.forDisplay), fix: "rename the file and its reference")
      }
      result += "\(file.digest.algorithm.name)(\(file.fileName))= \(file.digest.hex)\n"
    }
    return result
  }
}
