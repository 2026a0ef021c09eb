import OVABasics
import OVAByteSource
import OVAPackage
import OVARemote

extension Package {
  /// Opens what lies at a path or URL, or reads the archive on standard input to its end when the
  /// name is `-`.
  ///
  /// - Parameter streamName: what to call the archive on standard input.
  static func open(
    _ name: PackageName, streamName: PackageName? = nil
  ) throws(PackageError) -> Package {
    if name == .standardInput {
      return try read(DescriptorStream(descriptor: 0, name: (streamName ?? name).text))
    }
    guard name.isRemote else { return try Package.open(name.text) }
    switch try RemoteInput.open(name.text) {
    case .package(let package): return package
    case .stream(let stream):
      RemoteInput.tellStreamed(stream)
      return try read(stream)
    }
  }

  private static func read(_ stream: any ByteStream) throws(PackageError) -> Package {
    var options = ReadingOptions()
    options.digests = false
    return try Package.read(stream, options: options).package
  }
}
