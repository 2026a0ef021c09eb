import Hummingbird
import OVABasics

/// An answer that is a refusal, for people.
struct ErrorPage {
  var base: String
  var signedIn: String?
  var formToken = ""
  var title: String
  var message: String
  var status: Int

  /// Paths of programs, which get JSON whatever they accept.
  private static let programs: Set<Substring> = [
    "v2", "auth", "livez", "readyz", "metrics", "version", "openapi.json",
  ]

  /// Returns whether whoever asks is to see a page: at the addresses of pages unless they accept
  /// JSON alone, elsewhere when they say that they read HTML and the address is none for programs.
  static func isWanted(_ access: Route.Access?, _ target: Target, accept: String?) -> Bool {
    let accepted = (accept ?? "").lowercased().split(separator: ",").map { part in
      part.split(separator: ";")[0].trimming { $0 == " " || $0 == "\t" }
    }
    let readsHTML = accepted.contains { $0 == "text/html" || $0 == "application/xhtml+xml" }
    switch access {
    case .page: return readsHTML || !accepted.contains("application/json")
    case .token, .everybody: return false
    case nil: return readsHTML && !programs.contains(target.firstPart)
    }
  }

  /// The page of a problem.
  static func answer(_ problem: Problem, base: String, user: String?, session: String?) throws
    -> APIResponse
  {
    var answer = try WebTemplates.error.page(
      ErrorPage(
        base: base, signedIn: user.flatMap { $0.isEmpty ? nil : $0.forDisplay },
        formToken: FormToken.text(of: session), title: title(of: problem.status),
        message: problem.sentence, status: problem.status.code),
      status: problem.status)
    for field in problem.headers where field.name != .wwwAuthenticate {
      answer.headers[field.name] = field.value
    }
    answer.isTagged = false
    return answer
  }

  private static func title(of status: HTTPResponse.Status) -> String {
    switch status {
    case .badRequest: "The request is not valid"
    case .forbidden: "Not allowed"
    case .notFound: "Not found"
    case .methodNotAllowed: "Not possible here"
    case .contentTooLarge: "Too much was sent"
    case .uriTooLong: "The address is too long"
    case .tooManyRequests: "Too many attempts"
    case .internalServerError: "Something went wrong"
    case .serviceUnavailable: "Not available at the moment"
    default: status.reasonPhrase
    }
  }
}

extension Problem {
  /// The message as a sentence for people.
  var sentence: String {
    let text = message.forDisplay.replacing("InvalidParameterValue: ", with: "")
    let end = text.hasSuffix(".") ? "" : "."
    return text.prefix(1).uppercased() + text.dropFirst() + end
  }
}
