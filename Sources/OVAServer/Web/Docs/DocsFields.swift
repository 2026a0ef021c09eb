import OVACatalog

/// Descriptions of fields, operators and statuses on the page of the API.
enum DocsFields {
  /// An object that answers hold; `name` is its schema's in the OpenAPI document.
  struct Kind: Sendable {
    let name: String
    let title: String
    let about: String
    let fields: [(name: String, type: String, about: String)]
  }

  private static let time = "time"
  private static let text = "text"
  private static let number = "number"

  static let all: [Kind] = [
    Kind(
      name: "Image", title: "An image",
      about: "A package as lists show it. All of these can be filtered and sorted by.",
      fields: [
        ("created_on", time, "When it was added: 2017-11-24 Fri 15:37:36 EST."),
        ("data_store", text, "The data store that it lies in."),
        ("folder", "text or null", "Its folder; null at the top of a user's own."),
        ("id", number, "Its number, which stays the same for ever."),
        ("label", text, "Folder and name."), ("name", text, "The file's name."),
        ("path", text, "The datastore path: [vss-ISOs] VmImages/ubuntu/a.ova."),
        ("public", "true or false", "Whether everybody sees it."),
        ("updated_on", time, "When its content changed last."),
      ]),
    Kind(
      name: "Inspection", title: "An inspection",
      about: "What is known of an image's hardware and files.",
      fields: [
        ("disks", "list", "Disks: name, file, format, capacity_bytes, size_bytes, slot."),
        ("document", "object or null", "All that was read, as 'ova inspect --format json' has it."),
        ("files", "list", "Files: name, member, size_bytes, digests by algorithm."),
        ("firmware", "text or null", "bios or efi, where the descriptor says."),
        ("format", "text or null", "ova or ovf."),
        ("guest_system", "text or null", "The first machine's guest system."),
        ("hardware_family", "text or null", "vmx-13."), ("id", number, "The image's number."),
        ("memory_bytes", "number or null", "Memory of all machines."), ("name", text, "Its name."),
        ("network_adapters", "number or null", "Network adapters of all machines."),
        ("product", "text or null", "The product."),
        ("size_bytes", "number or null", "Bytes of all its files."),
        ("state", text, "whole, changing, waiting (for a file), truncated or unreadable."),
        ("state_detail", "text or null", "Why it is not whole."),
        ("systems", "number or null", "Machines."), ("vendor", "text or null", "Who made it."),
        ("version", "text or null", "The product's version."),
        ("virtual_cpus", "number or null", "CPUs of all machines."),
      ]),
    Kind(
      name: "Findings", title: "A finding",
      about: "A fault that a rule found in an image; each is explained by 'ova explain <rule>'.",
      fields: [
        ("file", text, "The file that it is in."), ("fix", "text or null", "How to fix it."),
        ("line", "number or null", "The line of the descriptor."),
        ("message", text, "What was found."), ("rule", text, "The rule."),
        ("rule_version", number, "The rule's version."),
        ("severity", text, "error, warning or info."),
      ]),
    Kind(
      name: "Targets", title: "A target's verdict",
      about: """
        What is known of how a target, for which scans judge the images, takes an image. That nothing \
        is known against it is no promise.
        """,
      fields: [
        (
          "reasons", "list",
          """
          Why, the most severe first: condition, which 'ova explain <condition>' explains, effect \
          (fails, loss, unknown or note), severity, title, outcome, depends_on, fix, the first \
          places (file, line, found, reads) and the count of all.
          """
        ), ("target", text, "The target: vsphere-8.0u2."), ("title", text, "Its name for people."),
        ("verdict", text, "fails, loss, unknown or nothing-known."),
      ]),
    Kind(
      name: "Submitted", title: "A submitted request",
      about: "The answer to a PATCH: the request was taken in.",
      fields: [
        ("_links", "object", "request: the URL to follow."), ("message", text, "For people."),
        ("name", text, "Accepted."),
        ("request", "object", "The request's id, status, task_id and type."),
        ("status", number, "202."),
      ]),
    Kind(
      name: "SyncRequest", title: "A sync request",
      about: "How far a sync of the user's folder has come, and what it did.",
      fields: [
        ("_links", "object", "self: the request's URL."),
        ("added", "list of texts", "Paths of images that came into the list."),
        ("created_on", time, "When it was asked for."),
        ("deleted", "list of texts", "Paths of images that left the list."),
        ("id", number, "Its number."),
        ("message", "object", "errors and warnings, each a list of texts."),
        ("status", text, "How far it has come: see 'Following a sync'."),
        ("task_id", "text or null", "The task that does it."), ("type", text, "VM."),
        ("updated_on", time, "When its status changed last."),
        ("user", "object", "username: whose it is."), ("username", text, "Whose it is."),
      ]),
    Kind(
      name: "TokenEntry", title: "A token", about: "Never the token itself.",
      fields: [
        ("created_on", time, "When it was made."),
        ("expires_on", "time or null", "When it ends; null for never."),
        ("id", number, "Its number."), ("last_used_on", "time or null", "When it was used last."),
        ("name", text, "Its name."), ("revoked_on", "time or null", "When it was revoked."),
      ]),
    Kind(
      name: "SignedToken", title: "A signed token", about: "For a user's name and password.",
      fields: [("token", text, "Goes into the header: Authorization: Bearer <token>.")]),
    Kind(
      name: "User", title: "A user", about: "Who the token belongs to.",
      fields: [("username", text, "The user's name.")]),
    Kind(
      name: "ListMeta", title: "meta of a list", about: "Beside data in every list.",
      fields: [
        ("_link", "object", "self: the request's URL."), ("count", number, "Rows on this page."),
        ("filter", text, "The filter, when one was given."),
        (
          "pages", "object",
          """
          first_url, last_url, next_url and prev_url (null at the ends), page, pages, per_page, and \
          total: rows on all pages.
          """
        ), ("sort", text, "The order, when one was given."),
        ("time", text, "How long the answer took."), ("user", "text or null", "Who asked."),
      ]),
    Kind(
      name: "SingleMeta", title: "meta of one object", about: "Beside data in every other answer.",
      fields: [
        ("count", number, "How many objects data holds."),
        ("time", text, "How long the answer took."), ("user", "text or null", "Who asked."),
      ]),
    Kind(
      name: "Error", title: "An error", about: "The whole body of an answer of 400 and above.",
      fields: [
        ("error", text, "The status in words: not found."),
        ("message", text, "What was wrong; InvalidParameterValue: <name> begins those about one."),
        ("status", number, "The status."),
      ]),
  ]

  static let operators: [(Filter.Operator, String)] = Filter.Operator.allCases.map {
    ($0, meaning($0))
  }

  private static func meaning(_ comparison: Filter.Operator) -> String {
    switch comparison {
    case .eq: "equal"
    case .ne: "not equal"
    case .lt: "less than"
    case .le: "less than or equal"
    case .gt: "greater than"
    case .ge: "greater than or equal"
    case .like: "of a pattern, in any case of letters: % is any text, _ one character"
    case .oneOf: "one of several values with commas between them"
    }
  }

  /// Describes a request's status.
  static func meaning(_ status: RequestStatus) -> String {
    switch status {
    case .submitted: "It was taken in."
    case .pending, .scheduled: "It waits for its turn."
    case .inProgress: "The folder is being read."
    case .processed: "It is done: added and deleted say what changed, message what is wrong."
    case .error: "It failed: message.errors say why. The list is as it was."
    case .errorRetry: "It failed and will be tried again."
    case .cancelled: "It was canceled."
    }
  }

  static let statuses: [(Int, String)] = [
    (200, "All is well."), (202, "A sync was taken in; Location is the URL to follow."),
    (304, "Nothing changed since the answer whose ETag came in If-None-Match."),
    (400, "A parameter, the body or the request itself is not valid; message says which."),
    (401, "No token, or none that is valid; or a wrong password."),
    (404, "It does not exist, or it belongs to another user."),
    (405, "Not with this method; Allow says which there are."),
    (413, "The body is too long."), (414, "The query is too long."),
    (429, "Too many logins; Retry-After says in how many seconds to try again."),
    (431, "The headers are too long."), (500, "The server is at fault; its log says why."),
    (503, "The images cannot be read at the moment; Retry-After says when to try again."),
  ]
}
