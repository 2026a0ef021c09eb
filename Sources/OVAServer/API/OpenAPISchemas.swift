import OVABasics
import OVACatalog

/// The shapes of the API's answers.
enum OpenAPISchemas {
  /// The shapes of responses.
  enum Shape: Sendable {
    /// A list of a kind of row, or of their URLs.
    case list(of: String)
    /// One thing.
    case single(of: String)
    /// An object of its own.
    case object(String)
    /// Text for programs.
    case text

    /// The schema.
    var schema: JSON {
      switch self {
      case .text: ["type": "string"]
      case .object(let name): OpenAPISchemas.reference(name)
      case .single(let name):
        OpenAPISchemas.object(
          required: ["_links", "data", "meta"],
          [
            ("_links", OpenAPISchemas.links), ("data", OpenAPISchemas.reference(name)),
            ("meta", OpenAPISchemas.reference("SingleMeta")),
          ])
      case .list(let name):
        OpenAPISchemas.object(
          required: ["data", "meta"],
          [
            ("_links", OpenAPISchemas.links),
            (
              "data",
              [
                "type": "array",
                "items": [
                  "anyOf": .array([OpenAPISchemas.reference(name), ["type": "string"]])
                ],
              ]
            ), ("meta", OpenAPISchemas.reference("ListMeta")),
          ])
      }
    }
  }

  static func reference(_ name: String) -> JSON {
    ["$ref": .string("#/components/schemas/\(name)")]
  }

  private static let links: JSON = [
    "type": "object", "additionalProperties": ["type": "string"],
  ]
  private static let text: JSON = ["type": "string"]
  private static let number: JSON = ["type": "integer"]
  private static let texts: JSON = ["type": "array", "items": ["type": "string"]]
  private static let optionalText: JSON = ["type": .texts(["string", "null"])]
  private static let optionalNumber: JSON = ["type": .texts(["integer", "null"])]
  /// `2017-11-24 Fri 15:37:36 EST`.
  private static let time: JSON = [
    "type": "string",
    "pattern": #"^\d{4,}-\d\d-\d\d (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d:\d\d:\d\d \S+$"#,
    "examples": .texts(["2017-11-24 Fri 15:37:36 EST"]),
  ]
  private static let optionalTime: JSON = ["anyOf": .array([time, ["type": "null"]])]
  private static let duration: JSON = ["type": "string", "pattern": #"^\d+\.\d{5}s$"#]

  /// An object; all members are required when `required` is nil.
  private static func object(
    required: [String]? = nil, _ members: [(key: String, value: JSON)]
  ) -> JSON {
    [
      "type": "object", "required": .texts(required ?? members.map(\.key)),
      "properties": .object(members),
    ]
  }

  /// All shapes by name.
  static let all: [(key: String, value: JSON)] = [
    ("Error", object([("error", text), ("message", text), ("status", number)])),
    (
      "Image",
      object([
        ("created_on", time), ("data_store", text), ("folder", optionalText), ("id", number),
        ("label", text), ("name", text), ("path", text), ("public", ["type": "boolean"]),
        ("updated_on", time),
      ])
    ),
    (
      "Inspection",
      object([
        ("disks", ["type": "array", "items": ["type": "object"]]),
        ("document", ["type": .texts(["object", "null"])]),
        ("files", ["type": "array", "items": ["type": "object"]]), ("firmware", optionalText),
        ("format", optionalText), ("guest_system", optionalText),
        ("hardware_family", optionalText), ("id", number), ("memory_bytes", optionalNumber),
        ("name", text), ("network_adapters", optionalNumber), ("product", optionalText),
        ("size_bytes", optionalNumber), ("state", text), ("state_detail", optionalText),
        ("systems", optionalNumber), ("vendor", optionalText), ("version", optionalText),
        ("virtual_cpus", optionalNumber),
      ])
    ),
    (
      "Findings",
      [
        "type": "array",
        "items": object([
          ("file", text), ("fix", optionalText), ("line", optionalNumber), ("message", text),
          ("rule", text), ("rule_version", number),
          ("severity", ["enum": .texts(["error", "warning", "info"])]),
        ]),
      ]
    ),
    (
      "Targets",
      [
        "type": "array",
        "items": object([
          (
            "reasons",
            [
              "type": "array",
              "items": object([
                ("condition", text), ("count", number), ("depends_on", optionalText),
                ("effect", ["enum": .texts(["fails", "loss", "unknown", "note"])]),
                ("fix", optionalText), ("outcome", text),
                (
                  "places",
                  [
                    "type": "array",
                    "items": object([
                      ("file", text), ("found", optionalText), ("line", optionalNumber),
                      ("reads", optionalText),
                    ]),
                  ]
                ), ("severity", ["enum": .texts(["error", "warning", "info"])]), ("title", text),
              ]),
            ]
          ), ("target", text), ("title", text),
          ("verdict", ["enum": .texts(["fails", "loss", "unknown", "nothing-known"])]),
        ]),
      ]
    ),
    (
      "SyncRequest",
      object([
        ("_links", links), ("added", texts), ("created_on", time), ("deleted", texts),
        ("id", number), ("message", object([("errors", texts), ("warnings", texts)])),
        ("status", ["enum": .texts(RequestStatus.allCases.map(\.rawValue))]),
        ("task_id", optionalText), ("type", text), ("updated_on", time),
        ("user", object([("username", text)])), ("username", text),
      ])
    ),
    (
      "Submitted",
      object([
        ("_links", links), ("message", text), ("name", text),
        (
          "request",
          object([("id", number), ("status", text), ("task_id", optionalText), ("type", text)])
        ), ("status", number),
      ])
    ),
    (
      "TokenEntry",
      object([
        ("created_on", time), ("expires_on", optionalTime), ("id", number),
        ("last_used_on", optionalTime), ("name", text), ("revoked_on", optionalTime),
      ])
    ),
    ("User", object([("username", text)])), ("URLs", texts), ("Anything", ["type": "object"]),
    ("SignedToken", object([("token", text)])), ("Health", object([("status", text)])),
    ("Version", object([("name", text), ("version", text)])),
    (
      "SingleMeta",
      object(
        required: ["time", "user"],
        [("count", number), ("time", duration), ("user", optionalText)])
    ),
    (
      "ListMeta",
      object(
        required: ["count", "pages", "time", "user"],
        [
          ("_link", links), ("count", number), ("filter", text),
          (
            "pages",
            object([
              ("first_url", text), ("last_url", text), ("next_url", optionalText),
              ("page", number), ("pages", number), ("per_page", number),
              ("prev_url", optionalText), ("total", number),
            ])
          ), ("sort", text), ("time", duration), ("user", optionalText),
        ])
    ),
  ]
}
