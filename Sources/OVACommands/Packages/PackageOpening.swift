import OVABasics
import OVAByteSource
import OVAPackage
import SystemPackage

extension Package {
  /// Opens a path, or reads the archive on standard input to its end when the path is `-`.
  ///
  /// - Parameter streamName: what to call the archive on standard input.
  static func openPathOrStandardInput(
    _ path: FilePath, streamName: FilePath? = nil
  ) throws(PackageError) -> Package {
    guard path == StreamOptions.standardInput else { return try Package.open(path) }
    var options = ReadingOptions()
    options.digests = false
    let input = DescriptorStream(descriptor: 0, name: (streamName ?? path).text)
    return try Package.read(input, options: options).package
  }
}
