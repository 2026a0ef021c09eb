// swift-tools-version: 6.2
import PackageDescription

/// Settings every target is built with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Settings of the modules that call C: each unsafe use carries the word.
let strictWithC: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "OVAKit",
  products: [],
  dependencies: [],
  targets: [
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .target(name: "OVABasics", swiftSettings: strict),
    .target(name: "OVAByteSource", dependencies: ["OVABasics"], swiftSettings: strictWithC),
    .testTarget(name: "OVABasicsTests", dependencies: ["OVABasics"], swiftSettings: strict),
    .testTarget(
      name: "OVAByteSourceTests", dependencies: ["OVABasics", "OVAByteSource"],
      swiftSettings: strict),
  ]
)
