internal import CXML2
import Glibc
public import OVABasics
import SystemPackage

/// XML schemas in a folder, against which documents are judged.
public struct SchemaFolder: Sendable {
  /// The folder's path, as text; see `FileNameText`.
  public let path: String

  /// Names a folder; it is read when a document is validated.
  public init(_ path: String) { self.path = path }

  /// Validates a document against the folder's schema for the document element's namespace.
  ///
  /// What that schema imports is looked for in the folder by the last part of its location, and
  /// nowhere else: no network, no other file.
  ///
  /// - Returns: what the schema says against the document, in document order; empty if nothing.
  /// - Throws: `XMLError` for a document that cannot be read, a folder without a schema for its
  ///   namespace, and a schema that is no schema.
  public func validate(
    _ bytes: [UInt8], name: String, limits: Limits = Limits()
  ) throws(XMLError) -> [SchemaDiagnostic] {
    let document = try XMLTree.read(bytes, name: name, limits: limits)
    guard !document.diagnostics.contains(where: { $0.kind == .doctype }) else {
      throw XMLError(
        .schema, doing: "validate the document", reason: "it has a document type declaration",
        place: Place(name))
    }
    let schema = try schema(for: document.root.name.namespace)
    let encoding =
      document.diagnostics.contains { if case .encodingNotKept = $0.kind { true } else { false } }
      ? Encoding(of: bytes).override ?? "UTF-8" : nil
    let length = Encoding(of: bytes).lengthWithoutPadding(bytes)
    return try SchemaLoader.serving(path) { () throws(XMLError) in
      try Self.judge(bytes, length, encoding, name, schema)
    }
  }

  /// Checks that the folder can be read and has a schema that can be used for one of the
  /// namespaces.
  /// - Throws: `XMLError` with the folder or the schema, and what is wrong with it.
  public func check(for namespaces: [String]) throws(XMLError) {
    let names = try FolderListing.names(in: path, suffix: ".xsd")
    guard !names.isEmpty else {
      throw XMLError(
        .schema, doing: "read the schemas", reason: "no schema (.xsd) lies in the folder",
        place: Place(path), fix: "give the folder that holds the schemas of OVF, such as dsp8023")
    }
    let schemas = try targets(names)
    let found = namespaces.compactMap { namespace in
      schemas.last { $0.namespace.isExactly(namespace) }?.file
    }
    guard !found.isEmpty else {
      throw XMLError(
        .schema, doing: "read the schemas",
        reason: "none of the \(names.count) schemas in the folder is for an OVF envelope",
        place: Place(path), fix: "give the folder that holds the schemas of OVF, such as dsp8023")
    }
    for file in found {
      try SchemaLoader.serving(path) { () throws(XMLError) in
        let errors = ErrorCollector(name: file)
        defer { withExtendedLifetime(errors) {} }
        unsafe xmlSchemaFree(try Self.parsed(file, errors))
      }
    }
  }

  /// The schemas of the folder by name, each with the namespace that it is for. Files that are none
  /// are passed over.
  /// - Throws: `XMLError` for a file that cannot be read to its end.
  private func targets(
    _ names: [String]
  ) throws(XMLError) -> [(file: String, namespace: String)] {
    var found: [(file: String, namespace: String)] = []
    for file in names {
      let bytes = try FolderListing.bytes(of: "\(path)/\(file)")
      guard let root = try? XMLTree.read(bytes, name: file).root,
        root.name.local.isExactly("schema"), let target = root.attribute("targetNamespace")?.value
      else { continue }
      found.append((file, target))
    }
    return found
  }

  /// The schema whose target namespace is the wanted one; of several the last by name, the newest.
  private func schema(for namespace: String) throws(XMLError) -> String {
    let names = try FolderListing.names(in: path, suffix: ".xsd")
    if let found = try targets(names).last(where: { $0.namespace.isExactly(namespace) }) {
      return found.file
    }
    throw XMLError(
      .schema, doing: "validate the document",
      reason: "no schema in it has the target namespace '\(namespace.forDisplay)'",
      place: Place(path),
      fix: "give the folder that holds the schema of this version of OVF")
  }

  /// The schema, read with all that it imports; to be freed.
  private static func parsed(
    _ schema: String, _ errors: ErrorCollector
  ) throws(XMLError) -> xmlSchemaPtr {
    let data = unsafe Unmanaged.passUnretained(errors).toOpaque()
    // As a URL, since that is what libxml2 takes it for.
    let location = PercentCoding.encoded(schema.fileSystemBytes)
    guard let parser = unsafe xmlSchemaNewParserCtxt(location) else {
      throw XMLError(.library, reason: "libxml2 gives no schema parser", place: Place(schema))
    }
    defer { unsafe xmlSchemaFreeParserCtxt(parser) }
    unsafe xmlSchemaSetParserStructuredErrors(parser, complain, data)
    guard let parsed = unsafe xmlSchemaParse(parser) else {
      let first = errors.diagnostics.first
      throw XMLError(
        .schema, doing: "read the schema",
        reason: first?.kind.message ?? "libxml2 does not say why",
        place: first?.place ?? Place(schema))
    }
    return unsafe parsed
  }

  private static func judge(
    _ bytes: [UInt8], _ length: Int, _ encoding: String?, _ name: String, _ schema: String
  ) throws(XMLError) -> [SchemaDiagnostic] {
    let errors = ErrorCollector(name: schema)
    let data = unsafe Unmanaged.passUnretained(errors).toOpaque()
    defer { withExtendedLifetime(errors) {} }
    let place = Place(schema)
    let parsed = unsafe try Self.parsed(schema, errors)
    defer { unsafe xmlSchemaFree(parsed) }
    guard let validator = unsafe xmlSchemaNewValidCtxt(parsed) else {
      throw XMLError(.library, reason: "libxml2 gives no validator", place: place)
    }
    defer { unsafe xmlSchemaFreeValidCtxt(validator) }
    var options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue
    options |= XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    if encoding != nil { options |= XML_PARSE_IGNORE_ENC.rawValue }
    let tree = unsafe bytes.withUnsafeBytes { buffer in
      unsafe xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: length), nil,
        encoding, Int32(clamping: options))
    }
    guard let tree = unsafe tree else {
      throw XMLError(.notWellFormed, reason: "libxml2 reads no document", place: Place(name))
    }
    defer { unsafe xmlFreeDoc(tree) }
    errors.diagnostics = []
    errors.name = name
    unsafe xmlSchemaSetValidStructuredErrors(validator, complain, data)
    guard unsafe xmlSchemaValidateDoc(validator, tree) >= 0 else {
      throw XMLError(
        .library, doing: "validate the document", reason: "libxml2 failed inside",
        place: Place(name))
    }
    return errors.diagnostics
  }
}

/// Gathers what libxml2 reports.
private final class ErrorCollector {
  /// The name of what is read, in places.
  var name: String
  var diagnostics: [SchemaDiagnostic] = []

  init(name: String) { self.name = name }
}

private let complain: xmlStructuredErrorFunc = { data, error in
  guard let data = unsafe data, let error = unsafe error else { return }
  let errors = unsafe Unmanaged<ErrorCollector>.fromOpaque(data).takeUnretainedValue()
  guard unsafe error.pointee.level != XML_ERR_WARNING else { return }
  let message = unsafe error.pointee.message.map { unsafe String(cString: $0).trimmingBlanks }
  let line = unsafe Int(error.pointee.line)
  errors.diagnostics.append(
    SchemaDiagnostic(
      SchemaViolation(message: message ?? ""),
      at: Place(errors.name, line: line > 0 ? line : nil)))
}

/// libxml2's way to outside files, which is one for the whole process: it leads to one folder for a
/// thread that validates, and nowhere for all others.
private enum SchemaLoader {
  /// The folder of the validation on this thread, on which libxml2 calls back.
  @TaskLocal private static var folder: String?
  private static let isInstalled: Bool = {
    // Makes tables that two threads must not make at a time.
    xmlSchemaInitTypes()
    unsafe xmlSetExternalEntityLoader { location, _, context in
      guard let location = unsafe location, let folder = SchemaLoader.folder else {
        return nil
      }
      // Read here: libxml2 takes a path for a URL, and complains on standard error.
      let written = unsafe String(cString: location).utf8
      guard let bytes = content(of: Array(written), in: folder) else { return nil }
      let buffer = unsafe bytes.withUnsafeBytes { bytes in
        unsafe xmlParserInputBufferCreateMem(
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count),
          XML_CHAR_ENCODING_NONE)
      }
      guard let buffer = unsafe buffer else { return nil }
      let input = unsafe xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE)
      // By this name it is known whether a schema was read already.
      unsafe input?.pointee.filename = unsafe UnsafePointer(
        xmlStrdup(location).map {
          unsafe UnsafeMutableRawPointer($0).assumingMemoryBound(to: CChar.self)
        })
      return unsafe input
    }
    return true
  }()

  /// The file of a folder that a location means: its last part as a URL has it, or letter for letter.
  private static func content(of location: [UInt8], in folder: String) -> [UInt8]? {
    guard let name = location.split(separator: UInt8(ascii: "/")).last else { return nil }
    for bytes in [PercentCoding.decoded(name), Array(name)] {
      let text = String(fileSystemBytes: bytes)
      guard !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0), !text.isExactly(".."),
        !text.isExactly(".")
      else { continue }
      if let content = try? FolderListing.bytes(of: "\(folder)/\(text)") { return content }
    }
    return nil
  }

  static func serving<Value>(
    _ path: String, _ body: () throws(XMLError) -> Value
  ) throws(XMLError) -> Value {
    guard Library.isReady, isInstalled else {
      throw XMLError(.library, reason: "libxml2 is not ready", place: Place(path))
    }
    let result = $folder.withValue(path) {
      Result { () throws(XMLError) in try body() }
    }
    return try result.get()
  }
}

/// The files of a folder of schemas.
private enum FolderListing {
  /// Bytes of a schema; the largest of CIM's have some hundred thousand.
  private static let most = 16 << 20

  /// Names with a suffix, in order.
  static func names(in path: String, suffix: String) throws(XMLError) -> [String] {
    guard let folder = unsafe FilePath(text: path).withPlatformString({ unsafe opendir($0) }) else {
      throw failure(errno, path)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
        unsafe String(fileSystemBytes: name.prefix { $0 != 0 })
      }
      if name.hasSuffix(suffix) { names.append(name) }
    }
    return names.sorted()
  }

  /// A file's bytes, all of them.
  static func bytes(of path: String) throws(XMLError) -> [UInt8] {
    let opened = unsafe FilePath(text: path).withPlatformString { unsafe fopen($0, "rb") }
    guard let file = unsafe opened else { throw failure(errno, path) }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe fread($0.baseAddress, 1, $0.count, file)
      }
      bytes += piece[..<count]
      guard bytes.count <= most else {
        throw XMLError(
          .schema, doing: "read the schemas", reason: "the schema has more than \(most) bytes",
          place: Place(path))
      }
      if count == 0 { break }
    }
    guard unsafe ferror(file) == 0 else { throw failure(errno, path) }
    return bytes
  }

  private static func failure(_ number: Int32, _ path: String) -> XMLError {
    XMLError(
      .schema, doing: "read the schemas", reason: unsafe String(cString: strerror(number)),
      place: Place(path))
  }
}
