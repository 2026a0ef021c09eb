import OVABasics
import OVAIntegrity
import OVFDescriptor

/// Parts of a package that were parsed before it is put together, each once.
struct ParsedParts {
  /// The descriptor, or why it is none.
  struct Descriptor {
    let file: PackageFile
    let result: Result<ParsedDescriptor, DescriptorError>

    init(_ file: PackageFile, _ bytes: [UInt8], _ limits: Limits) {
      self.file = file
      result = Result { () throws(DescriptorError) in
        try ParsedDescriptor.read(bytes, name: file.place.file, limits: limits)
      }
    }
  }

  struct ManifestPart {
    let file: PackageFile
    let manifest: Manifest
    let bytes: [UInt8]
  }

  var descriptor: Descriptor?
  var manifest: ManifestPart?
}
