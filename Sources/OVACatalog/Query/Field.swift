import OVABasics

/// The kinds of values, which decide how they are compared.
public enum FieldKind: Sendable {
  /// Text, ordered by code points.
  case text
  /// A whole number.
  case integer
  /// Truth; false comes before true.
  case flag
  /// An instant, in seconds since 1970.
  case time
  /// The status of a request, in upper case: `IN_PROGRESS`; `In Progress` means the same.
  case status
}

/// A value of a field, or that there is none.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  case null

  /// A flag is the number 0 or 1.
  static func flag(_ value: Bool) -> FieldValue { .integer(value ? 1 : 0) }

  /// `true`, `false`, `1` or `0`, in any case; nil for other text.
  static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  /// Returns whether the value comes before the other; null before everything, as SQLite sorts it.
  func precedes(_ other: FieldValue) -> Bool {
    switch (self, other) {
    case (.null, .null), (_, .null): false
    case (.null, _): true
    case (.text(let a), .text(let b)): a.precedesInBytes(b)
    case (.integer(let a), .integer(let b)): a < b
    case (.integer, .text): true
    case (.text, .integer): false
    }
  }

  /// Equal text is the same bytes.
  public static func == (a: FieldValue, b: FieldValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.text(let a), .text(let b)): a.isExactly(b)
    case (.integer(let a), .integer(let b)): a == b
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .integer(let number): hasher.combine(number)
    case .text(let text): text.hashBytes(into: &hasher)
    }
  }
}

/// A field that lists can be filtered and sorted by.
public struct Field: Hashable, Sendable {
  /// The API's name of it, which is the column's too.
  public let name: String
  /// The type of its values.
  public let kind: FieldKind
  /// The expression that stands for it in SQL; no text from outside is ever part of it.
  package let column: String

  package init(_ name: String, _ kind: FieldKind, column: String? = nil) {
    self.name = name
    self.kind = kind
    self.column = column ?? name
  }
}

/// The fields of one kind of row.
public struct FieldSet: Sendable {
  /// The fields, in their order.
  public let fields: [Field]

  package init(_ fields: [Field]) { self.fields = fields }

  /// The field of a name.
  public func field(named name: String) -> Field? {
    fields.first { $0.name.isExactly(name) }
  }

  /// The nine keys of a record.
  public static let images = FieldSet([
    Field("created_on", .time), Field("data_store", .text), Field("folder", .text),
    Field("id", .integer), Field("label", .text), Field("name", .text), Field("path", .text),
    Field("public", .flag), Field("updated_on", .time),
  ])

  /// The fields of a sync request.
  public static let requests = FieldSet([
    Field("created_on", .time), Field("id", .integer), Field("status", .status),
    Field("task_id", .text), Field("type", .text), Field("updated_on", .time),
    Field("username", .text),
  ])
}

/// A row that can be filtered and sorted in memory.
public protocol FieldRow {
  /// The row's value of a field; null for one it does not have.
  func value(of field: Field) -> FieldValue
}

extension Record: FieldRow {
  public func value(of field: Field) -> FieldValue {
    switch field.name {
    case "created_on": .integer(createdOn)
    case "data_store": .text(dataStore)
    case "folder": folder.map(FieldValue.text) ?? .null
    case "id": .integer(id)
    case "label": .text(label)
    case "name": .text(name)
    case "path": .text(path)
    case "public": .flag(isPublic)
    case "updated_on": .integer(updatedOn)
    default: .null
    }
  }
}
