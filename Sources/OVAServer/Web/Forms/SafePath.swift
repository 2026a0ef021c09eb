import Hummingbird
import OVACatalog

/// Paths of this server that a sign-in may lead to.
enum SafePath {
  private static let longest = 2000

  /// A path with its query, below the base path; `/` for everything that could lead elsewhere.
  ///
  /// Browsers drop tabs and line breaks in URLs and take `\` for `/`, so that only plain ASCII
  /// passes, and neither of both behind the first slash.
  static func accepted(_ text: String?) -> String {
    guard let text, text.utf8.count <= longest, text.utf8.first == UInt8(ascii: "/"),
      text.utf8.dropFirst().first != UInt8(ascii: "/"),
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
      !["/sign-in", "/sign-out"].contains(where: text.hasPrefix)
    else { return "/" }
    return text
  }

  /// The sign-in page's address with the page that was wanted.
  static func signIn(_ context: HandlerContext) -> String {
    let target = context.target
    let isPage = context.request.method == .get || context.request.method == .head
    let wanted = accepted(
      isPage ? target.path + (target.query.isEmpty ? "" : "?\(target.query)") : "/?of=me")
    let query = wanted == "/" ? "" : "?to=\(URLText.encoded(wanted))"
    return "\(context.services.basePath)/sign-in\(query)"
  }
}
