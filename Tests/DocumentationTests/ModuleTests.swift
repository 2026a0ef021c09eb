import Foundation
import OVATestSupport
import Testing

/// The project's folder.
private let project = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// One target of the package, as `swift package dump-package` prints it.
private struct Target: Decodable, CustomTestStringConvertible {
  /// A dependency: its name, and for a product of another package that package's name.
  struct Dependency: Decodable {
    let name: String

    init(from decoder: any Decoder) throws {
      let kinds = try decoder.singleValueContainer().decode([String: [Part]].self)
      guard case .name(let name)? = kinds.values.first?.first else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
      }
      self.name = name
    }

    /// A name, or a condition or null, which this test does not read.
    enum Part: Decodable {
      case name(String)
      case other

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        self = (try? value.decode(String.self)).map(Part.name) ?? .other
      }
    }
  }

  let name: String
  let type: String
  let path: String?
  let dependencies: [Dependency]

  var testDescription: String { name }

  /// The target's folder, from the project's folder.
  var folder: String {
    path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)")
  }

  /// The Swift files of the target, by their paths from the target's folder.
  func files() -> [String] {
    let root = project.appending(path: folder).path
    let all = FileManager.default.enumerator(atPath: root)
    return (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
  }

  /// The modules that a file of the target imports.
  func imports(of file: String) throws -> Set<String> {
    let path = project.appending(path: folder).appending(path: file)
    let text = try String(contentsOf: path, encoding: .utf8)
    let pattern =
      /^(?:@\w+\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?(\w+)/
      .anchorsMatchLineEndings()
    return Set(text.matches(of: pattern).map { String($0.output.1) })
  }

  /// Every target of the package; empty where the manifest cannot be read.
  static let all: [Target] = {
    struct Manifest: Decodable { let targets: [Target] }
    guard let folder = try? TemporaryFolder(),
      // A folder of its own: the running `swift test` holds the lock of the usual one.
      let result = try? run(
        "swift", ["package", "--scratch-path", folder.path("build"), "dump-package"],
        in: project.path),
      result.status == 0,
      let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(result.output))
    else { return [] }
    return manifest.targets
  }()
}

@Suite struct ModuleTests {
  /// Modules of the toolchain and of the C library, which no manifest declares.
  private static let toolchain: Set<String> = [
    "Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc",
    "Synchronization", "Testing",
  ]

  @Test func `the package's manifest can be read`() {
    #expect(Target.all.isEmpty == false)
  }

  @Test(arguments: Target.all.filter { $0.type != "system" })
  fileprivate func `a target imports what it declares, and declares what it imports`(
    _ target: Target
  ) throws {
    let executables = Set(Target.all.filter { $0.type == "executable" }.map(\.name))
    let declared = Set(target.dependencies.map(\.name)).subtracting(executables)
    var imported: Set<String> = []
    for file in target.files() {
      let modules = try target.imports(of: file).subtracting(Self.toolchain)
      let undeclared = modules.subtracting(declared)
      #expect(undeclared == [], "\(target.folder)/\(file) imports what is not declared")
      imported.formUnion(modules)
    }
    #expect(declared.subtracting(imported) == [], "\(target.name) declares what it does not import")
  }

  @Test(arguments: [
    ("GRDB", "OVACatalog"), ("GRDBSQLite", "OVACatalog"), ("Hummingbird", "OVAServer"),
    ("ArgumentParser", "OVACommands"), ("CArchive", "OVAArchive"), ("CXML2", "OVFXML"),
    ("CDeflate", "VirtualDisks"), ("CZlib", "OVAIntegrity"), ("Yams", "OVAConfiguration"),
  ])
  func `a library has one module that imports it`(library: String, neighbor: String) {
    let users = Target.all.filter { target in
      target.type != "test" && target.dependencies.contains { $0.name == library }
    }
    #expect(users.map(\.name) == [neighbor])
  }

  @Test(arguments: Target.all.filter { $0.type != "system" })
  fileprivate func `a folder holds one subject, of at most so many files`(_ target: Target) {
    let limits = ["OVARules": 30, "OVAPackage": 40]
    let limit = limits[target.name] ?? 20
    let folders = Dictionary(grouping: target.files()) { file in
      file.split(separator: "/").dropLast().joined(separator: "/")
    }
    for (folder, files) in folders {
      #expect(files.count <= limit, "\(target.folder)/\(folder) has \(files.count) files")
    }
  }
}
