import CCurl
import OVABasics
import OVAByteSource

/// libcurl, loaded when something remote is first read.
@safe final class CurlLibrary: Sendable {
  /// The library's functions: pointers to code, set before they are shared and never changed.
  nonisolated(unsafe) let functions: ova_curl
  /// The version, such as `libcurl/7.88.1 OpenSSL/3.0.17`.
  let version: String

  /// The names of the library: with OpenSSL, with GnuTLS.
  private static let files = ["libcurl.so.4", "libcurl-gnutls.so.4"]

  /// The library of this process; nil where none is installed that has the functions.
  private static let loaded: CurlLibrary? = {
    for file in files {
      var functions = ova_curl()
      if unsafe ova_curl_load(&functions, file) == 0 { return CurlLibrary(functions) }
    }
    return nil
  }()

  private init(_ functions: ova_curl) {
    unsafe self.functions = functions
    version = unsafe functions.version().map { unsafe String(cString: $0) } ?? "libcurl"
  }

  /// The library.
  /// - Parameter place: what is to be read.
  /// - Throws: `ByteSourceError` `inputOutput` where it is not installed.
  static func shared(for place: Place) throws(ByteSourceError) -> CurlLibrary {
    guard let loaded else {
      throw ByteSourceError(
        code: .inputOutput, doing: "fetch it",
        reason: "libcurl (\(files[0])), which reads from web servers, is not installed",
        place: place, fix: "install it: on Debian and Ubuntu 'apt-get install libcurl4'")
    }
    return loaded
  }

  /// The library's words for a code.
  func words(_ code: CURLcode) -> String {
    unsafe functions.easy_strerror(code).map { unsafe String(cString: $0) }
      ?? "error \(code.rawValue)"
  }
}
