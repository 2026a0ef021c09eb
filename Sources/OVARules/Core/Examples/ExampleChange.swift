extension Example {
  /// A change of the files of the sound package.
  public enum Change: Sendable, Hashable {
    /// A file is added at the end.
    case add(String, Content)
    /// A file is added a second time under a name that is taken.
    case addAgain(String, Content)
    /// A file is left out.
    case remove(String)
    /// A file has another name.
    case rename(String, to: String)
    /// A file has other bytes.
    case content(String, Content)
    /// A piece of a text file is written otherwise; the manifest is made before its text changes.
    case text(String, replacing: String, with: String)
    /// The manifest is made now, so that later changes contradict it.
    case sealManifest
    /// The manifest uses this algorithm: `SHA1`, `SHA256`, `SHA384` or `SHA512`.
    case algorithm(String)
    /// The files stand in this order; those not named come after.
    case order([String])
    /// A member of the archive is something other than a file.
    case kind(String, MemberKind)
    /// A member is written in this dialect of tar.
    case dialect(String, Dialect)
    /// A member's header is written otherwise.
    case header(String, HeaderForm)
    /// The certificate file is made, with a signature over the manifest.
    case sign(Signer)
    /// The file, or the archive that it is in, loses its second half while it is checked.
    case cutWhileChecked(String)
    /// The check is given a folder of schemas with this one in it.
    case schema(String)
    /// Something happens to the finished archive as a whole.
    case archive(ArchiveChange)
  }

  /// The content of a file.
  public enum Content: Sendable, Hashable {
    /// UTF-8 text.
    case text(String)
    /// These bytes.
    case bytes([UInt8])
    /// So many bytes of one value; a rule that is only asked for its id does not make them.
    case filled(with: UInt8, count: Int)
    /// A streamOptimized disk of so many bytes' capacity with a little data.
    case disk(capacity: UInt64)
    /// A disk made otherwise; see ``DiskShape``.
    case shapedDisk(DiskShape)
    /// The current content, compressed by gzip.
    case gzipped
    /// The current content without its last bytes.
    case shortened(by: Int)
    /// The current content with one byte flipped at this offset; negative counts from the end.
    case flipped(at: Int)
    /// The current content followed by these bytes.
    case followed(by: [UInt8])
  }

  /// A disk that is not the usual one.
  public enum DiskShape: String, Sendable, Hashable {
    /// A monolithicSparse VMDK.
    case monolithicSparse
    /// A text descriptor whose extent lies in another file.
    case textDescriptor
    /// A streamOptimized disk with an adapter type of `ide`.
    case ideAdapter
    /// A streamOptimized disk that names a parent.
    case withParent
    /// A streamOptimized disk as `qemu-img` makes it: directory in front, zeros after the end.
    case qemuStream
    /// A streamOptimized disk whose header has version 1.
    case versionOne
    /// A streamOptimized disk with an unknown key in its descriptor.
    case unknownKey
    /// A streamOptimized disk with CR LF between the lines of its descriptor.
    case windowsLines
  }

  /// The kinds of members that are not files.
  public enum MemberKind: Sendable, Hashable {
    /// A symbolic link.
    case symbolicLink(to: String)
    /// A hard link.
    case hardLink(to: String)
    /// A folder.
    case folder
    /// A character device.
    case device
    /// A GNU sparse file.
    case sparse
  }

  /// The dialects of a member's header.
  public enum Dialect: String, Sendable, Hashable {
    /// Seventh Edition Unix, without a magic number.
    case v7
    /// POSIX ustar, as the standard demands.
    case ustar
    /// GNU tar.
    case gnu
    /// POSIX pax with an extended header.
    case pax
  }

  /// Irregular forms of a member's header.
  public enum HeaderForm: Sendable, Hashable {
    /// The name is these bytes; in pax the extended header keeps the name of the file.
    case name([UInt8])
    /// An extended header gives an empty name.
    case emptyPaxName
    /// The size is in GNU's base-256 form.
    case base256Size
    /// The name stands in a GNU long-name header before it, whose own name is this one.
    case gnuLongName(header: String)
    /// The mode is this one, with bits for the kind of file.
    case mode(Int)
    /// An extended header gives the size, and the member's own header another.
    case otherSizeInPax
    /// The size is below zero.
    case negativeSize
    /// The size is no number.
    case unreadableSize
    /// The checksum is wrong.
    case wrongChecksum
    /// An extended header stands before it that holds no records.
    case malformedExtension
    /// A global extended header stands before it.
    case afterGlobalHeader
  }

  /// The signer whose signature a certificate file holds.
  public enum Signer: String, Sendable, Hashable {
    /// A certificate that signed itself; RSA of 2048 bits.
    case selfSigned
    /// One that is past its last day.
    case expired
    /// One whose first day is to come.
    case notYetValid
    /// One that ends within a few days.
    case expiresSoon
    /// One with an RSA key of 1024 bits.
    case weakKey
    /// An elliptic curve key.
    case ellipticCurve
    /// One that an unknown authority issued.
    case unknownAuthority
    /// One whose authority is among the trusted of the check.
    case trustedAuthority
    /// A trusted one, whose certificate stands behind its authority's.
    case authorityFirst
    /// A trusted one, whose signature is over SHA-1.
    case weakDigest
    /// A trusted one with an Ed25519 key.
    case edwardsCurve
    /// A trusted one, with a CMS block over the same manifest behind it.
    case withMessage
    /// A trusted one, with a CMS block over other bytes behind it.
    case withOtherMessage
    /// A trusted one, with a CMS block behind it that is none.
    case withBrokenMessage
    /// A trusted one, with the private key behind it.
    case withPrivateKey
  }

  /// A change of an archive as a whole.
  public enum ArchiveChange: Sendable, Hashable {
    /// The last so many bytes are missing.
    case shortened(by: Int)
    /// The two blocks of zeros at the end are missing.
    case withoutEnd
    /// Only one block of zeros ends it.
    case oneEndBlock
    /// These bytes follow the end.
    case followed(by: [UInt8])
    /// The whole is compressed by gzip.
    case gzipped
    /// The file holds these bytes instead.
    case replaced(by: [UInt8])
    /// The file has this name.
    case named(String)
  }
}
