// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "OVAKit", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [.product(name: "FuzzSubjects", package: "OVAKit")],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .unsafeFlags(["-parse-as-library", "-sanitize=fuzzer,address"]),
      ],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
  ]
)
