import Foundation
import OVATestSupport

/// The files of a sound package, to be packed in ways that producers would not.
struct PackageFiles {
  var files: [(name: String, bytes: [UInt8])]

  /// `web.ovf`, `web.mf` and `web-disk1.vmdk` of the sample.
  init() throws {
    let folder = try TemporaryFolder()
    _ = try run("tar", ["-xf", OVATool.sample("good/web.ova"), "-C", folder.path])
    files = try ["web.ovf", "web.mf", "web-disk1.vmdk"].map { ($0, try folder.read($0)) }
  }

  subscript(name: String) -> [UInt8] {
    get { files.first { $0.name == name }?.bytes ?? [] }
    set {
      guard let index = files.firstIndex(where: { $0.name == name }) else { return }
      files[index].bytes = newValue
    }
  }

  /// Replaces text in a file.
  mutating func replace(_ old: String, _ new: String, in name: String) {
    self[name] = Array(String(decoding: self[name], as: UTF8.self).replacing(old, with: new).utf8)
  }

  /// Makes the manifest's digests right again, by the tool that people use.
  mutating func seal(_ folder: TemporaryFolder) throws {
    var lines = ""
    for file in files where file.name.hasSuffix(".ovf") || file.name.hasSuffix(".vmdk") {
      let path = try folder.write(file.bytes, to: "seal/\(file.name)")
      let sum = try run("sha256sum", [path]).text.prefix(64)
      lines += "SHA256(\(file.name))= \(sum)\n"
    }
    self["web.mf"] = Array(lines.utf8)
  }

  /// The archive of the files.
  func archive() -> [UInt8] {
    var builder = TarBuilder()
    for file in files { builder.file(file.name, file.bytes) }
    builder.end()
    return builder.bytes
  }

  /// Writes the files into a folder.
  func write(to folder: TemporaryFolder, _ name: String) throws -> String {
    for file in files { try folder.write(file.bytes, to: "\(name)/\(file.name)") }
    return folder.path(name)
  }
}

extension TemporaryFolder {
  /// The names in the folder or one below it, hidden ones too.
  func names(_ folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// Returns whether a file or folder is there.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}

extension ToolResult {
  /// The only object of a list in the JSON on standard output.
  func only(_ key: String) throws -> [String: Any] {
    let list = try object()[key] as? [[String: Any]]
    return list?.count == 1 ? list?.first ?? [:] : [:]
  }

  /// The rules of the findings of the only package, from JSON.
  func rules() throws -> [String] {
    let packages = try object()["packages"] as? [[String: Any]]
    let findings = packages?.first?["findings"] as? [[String: Any]]
    return (findings ?? []).compactMap { $0["rule"] as? String }.sorted()
  }
}
