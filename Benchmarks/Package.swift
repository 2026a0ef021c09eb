// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody pays for it in a normal build. It measures the command as
// people run it, and needs nothing of the libraries.
let package = Package(
  name: "Benchmarks",
  targets: [
    .executableTarget(name: "scan-benchmark", swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(name: "server-benchmark", swiftSettings: [.swiftLanguageMode(.v6)]),
  ])
