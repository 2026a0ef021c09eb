import ArgumentParser
import Glibc
import OVAAuthoring
import OVABasics
import OVAByteSource
import OVAPackage
import SystemPackage

/// Options on the signature that is written.
struct SigningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Sign with this private key (PEM).", valueName: "file"),
    completion: .file())
  var sign: FilePath?

  @Option(
    help: ArgumentHelp("The key's certificate, then its chain (PEM).", valueName: "file"),
    completion: .file())
  var certificate: FilePath?

  @Flag(help: "Sign also with a certificate that has expired or is not valid yet.")
  var allowInvalidDates = false

  func validate() throws {
    if (sign == nil) != (certificate == nil) {
      throw ValidationError("--sign and --certificate go together.")
    }
  }

  /// The signer; nil when nothing is to be signed.
  /// - Throws: `PackageError` when a file cannot be read, or the certificate is not valid today and
  ///   nobody said that this is meant.
  func signer() throws(PackageError) -> Signer? {
    guard let sign, let certificate else { return nil }
    let signer = Signer(key: try read(sign), certificate: try read(certificate))
    if !allowInvalidDates, let refusal = signer.refusal(at: Int64(time(nil))) { throw refusal }
    return signer
  }

  private func read(_ path: FilePath) throws(PackageError) -> (bytes: [UInt8], name: String) {
    do throws(ByteSourceError) {
      let bytes = try FileSource(path).allBytes(
        limit: Limits().certificateBytes, named: "certificateBytes")
      return (bytes, path.text)
    } catch {
      throw PackageError(error)
    }
  }
}
