import HTTPTypes
import Hummingbird
import OVABasics
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVATime

/// The user's own folder and its syncs.
enum SyncPages {
  static let all = [
    Route("/sync", access: .page, .post("Asks for a sync.") { try await submit($0) }),
    Route("/sync/{id}", access: .page, .get("Shows a sync.") { try await one($0) }),
  ]

  private static func submit(_ context: HandlerContext) async throws -> APIResponse {
    guard !context.user.isEmpty else { return .seeOther(SafePath.signIn(context)) }
    try await PageForm(context).requireToken(of: context)
    let request = try await UserRoutes.submitSync(context)
    return .seeOther("\(context.services.basePath)/sync/\(request.id)")
  }

  private static func one(_ context: HandlerContext) async throws -> APIResponse {
    guard !context.user.isEmpty else { return .seeOther(SafePath.signIn(context)) }
    let id = try context.itemID()
    let user = context.user
    let request = try await context.services.catalog.read {
      try $0.request(id: id, username: user)
    }
    guard let request else { throw Problem.notFound }
    var answer = try WebTemplates.sync.page(
      SyncPage(context.frame, request, context.services.times))
    // It shows by itself when there is news.
    if !request.status.isFinal { answer.headers[.refresh] = "3" }
    return answer
  }
}

/// The content of the page of a sync.
struct SyncPage {
  var base: String
  var signedIn: String?
  var formToken: String
  var sync: SyncText
  var lists: [List]

  /// Texts of one kind.
  struct List {
    var title: String
    var kind: String
    var count: Int
    var items: [String]
    /// The number of further ones; nil when all are shown.
    var left: Int?
  }

  private static let most = 500

  init(_ frame: PageFrame, _ request: SyncRequestRow, _ times: APITime) {
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    sync = SyncText(request, times)
    lists = [
      ("Errors", "error", request.errors), ("Warnings", "warning", request.warnings),
      ("Added", "good", request.added), ("Deleted", "info", request.deleted),
    ].compactMap { title, kind, texts in
      guard !texts.isEmpty else { return nil }
      let left = texts.count - Self.most
      return List(
        title: title, kind: kind, count: texts.count,
        items: texts.prefix(Self.most).map(\.forDisplay), left: left > 0 ? left : nil)
    }
  }
}

/// A sync in words.
struct SyncText {
  var id: Int64
  var badge: Badge
  var asked: String
  /// The time at which it ended; nil while it has not.
  var ended: String?
  /// `2 added, 1 deleted, 1 error`; nil while it has not ended.
  var result: String?

  init(_ request: SyncRequestRow, _ times: APITime) {
    id = request.id
    badge = Badge.of(request)
    asked = PageTime.text(request.createdOn, times)
    guard request.status.isFinal else { return }
    ended = PageTime.text(request.updatedOn, times)
    func counted(_ texts: [String], _ word: String) -> String? {
      texts.isEmpty ? nil : "\(texts.count) \(word)\(texts.count == 1 ? "" : "s")"
    }
    let parts = [
      request.added.isEmpty ? nil : "\(request.added.count) added",
      request.deleted.isEmpty ? nil : "\(request.deleted.count) deleted",
      counted(request.errors, "error"), counted(request.warnings, "warning"),
    ].compactMap(\.self)
    result = parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
  }
}

/// The texts on a user's own folder.
struct OwnFolder {
  /// `[vssUser-xfers] josem/images`.
  var path: String
  /// The place to upload to, in words.
  var upload: String?
  /// The same as a link.
  var uploadLink: String?
  /// Nil when there was none.
  var lastSync: SyncText?

  /// Nil when the server has no repositories of users.
  init?(_ context: HandlerContext, last: SyncRequestRow?) {
    guard let personal = context.services.personal,
      let repository = try? personal.repository(of: context.user)
    else { return nil }
    path = "[\(personal.dataStore)] \(repository.mapping.folder)".forDisplay
    if let upload = personal.upload?.forDisplay {
      let isLink = upload.hasPrefix("https://") || upload.hasPrefix("http://")
      uploadLink = isLink ? upload : nil
      self.upload = isLink ? nil : upload
    }
    lastSync = last.map { SyncText($0, context.services.times) }
  }
}

extension HTTPField.Name {
  /// Seconds after which a browser loads the page anew.
  static let refresh = HTTPField.Name("Refresh") ?? .from
}
