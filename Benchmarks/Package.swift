// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody pays for it in a normal build. It measures the command as
// people run it, and needs nothing of the libraries: the C libraries are here as floors, for what
// the work costs at the least.
let package = Package(
  name: "Benchmarks",
  targets: [
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .executableTarget(
      name: "scan-benchmark", dependencies: ["CXML2", "CSQLite"],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(name: "disk-benchmark", swiftSettings: [.swiftLanguageMode(.v6)]),
  ])
