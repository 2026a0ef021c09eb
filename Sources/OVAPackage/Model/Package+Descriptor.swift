import OVABasics
import OVAByteSource

extension Package {
  /// The descriptor as it stands; nil where its bytes can no longer be read.
  package var descriptorBytes: [UInt8]? {
    try? descriptor.source?.allBytes(limit: Limits().descriptorBytes, named: "descriptorBytes")
  }
}
