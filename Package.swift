// swift-tools-version: 6.2
import PackageDescription

/// Settings every target is built with.
let common: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Settings of the modules of the product. A whole run of `scripts/test` has them optimized: compiling
/// takes minutes more, and testing many minutes less. Overflows and indexes are checked as ever.
let strict: [SwiftSetting] =
  common + (Context.environment["OVA_OPTIMIZED"] == nil ? [] : [.unsafeFlags(["-O"])])

/// Settings of the modules that call C: each unsafe use is marked with `unsafe`.
let strictWithC: [SwiftSetting] = strict + [.strictMemorySafety()]

/// Settings of the modules that a scan of thousands of packages hardly enters: those that say what was
/// found, parse command lines and serve. A release has them compiled for size. Only
/// `scripts/release-build` asks for it: no other package could depend on one with flags of its own.
let small: [SwiftSetting] =
  strict + (Context.environment["OVA_RELEASE"] == nil ? [] : [.unsafeFlags(["-Osize"])])
let smallWithC: [SwiftSetting] = small + [.strictMemorySafety()]

/// The condition of dependencies that only the command `ova` needs.
let withCommands = TargetDependencyCondition.when(traits: ["CommandLine"])
/// The condition of dependencies that only the server needs.
let withServer = TargetDependencyCondition.when(traits: ["Server"])

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser", condition: withCommands)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let hummingbird = Target.Dependency.product(
  name: "Hummingbird", package: "hummingbird", condition: withServer)
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: withServer)
let unixSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle", condition: withServer)
let logging = Target.Dependency.product(
  name: "Logging", package: "swift-log", condition: withServer)
let nioEmbedded = Target.Dependency.product(
  name: "NIOEmbedded", package: "swift-nio", condition: withServer)
let nio = Target.Dependency.product(
  name: "NIOCore", package: "swift-nio", condition: withServer)
let nioHTTP1 = Target.Dependency.product(
  name: "NIOHTTP1", package: "swift-nio", condition: withServer)
let nioHTTPTypes = Target.Dependency.product(
  name: "NIOHTTPTypes", package: "swift-nio-extras", condition: withServer)
let nioHTTPTypes1 = Target.Dependency.product(
  name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras", condition: withServer)
let hummingbirdCore = Target.Dependency.product(
  name: "HummingbirdCore", package: "hummingbird", condition: withServer)
let jwtKit = Target.Dependency.product(
  name: "JWTKit", package: "jwt-kit", condition: withServer)
let metrics = Target.Dependency.product(
  name: "Metrics", package: "swift-metrics", condition: withServer)
let httpTypes = Target.Dependency.product(
  name: "HTTPTypes", package: "swift-http-types", condition: withServer)
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(
  name: "Yams", package: "Yams", condition: withServer)

let package = Package(
  name: "OVAKit",
  products: [
    .executable(name: "ova", targets: ["ova"]),
    .library(name: "OVAKit", targets: ["OVAKit"]),
    .library(name: "OVAServer", targets: ["OVAConfiguration", "OVAServer"]),
    .library(name: "OVFDescriptor", targets: ["OVABasics", "OVFDescriptor"]),
    .library(name: "VirtualDisks", targets: ["OVABasics", "OVAByteSource", "VirtualDisks"]),
    .library(name: "OVAArchive", targets: ["OVABasics", "OVAByteSource", "OVAArchive"]),
    .library(name: "OVAIntegrity", targets: ["OVABasics", "OVAIntegrity"]),
    .library(name: "OVAPackage", targets: ["OVABasics", "OVAByteSource", "OVAPackage"]),
    .library(name: "OVAAuthoring", targets: ["OVABasics", "OVAByteSource", "OVAAuthoring"]),
    .library(name: "OVARules", targets: ["OVARules"]),
    .library(name: "OVACatalog", targets: ["OVABasics", "OVACatalog"]),
    // For the package in `Fuzz`.
    .library(name: "FuzzSubjects", targets: ["FuzzSubjects"]),
  ],
  // A program that uses the library alone depends on the package with `traits: []`, and resolves
  // and builds nothing of the server and the command line.
  traits: [
    .default(enabledTraits: ["CommandLine"]),
    .trait(
      name: "CommandLine", description: "The command 'ova'.", enabledTraits: ["Server"]),
    .trait(name: "Server", description: "The HTTP server, in the product OVAServer."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPlatform"),
    .systemLibrary(
      name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
    // Only its header: the library is loaded when something remote is read.
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    // Declarations alone: the library is loaded when a catalog on PostgreSQL is opened.
    .systemLibrary(name: "CPQ"),
    .target(name: "OVABasics", dependencies: [system], swiftSettings: strict),
    .target(name: "OVAConcurrency", dependencies: ["CPlatform"], swiftSettings: strictWithC),
    .target(name: "OVATime", dependencies: ["OVABasics"], swiftSettings: strictWithC),
    .target(
      name: "OVAByteSource", dependencies: ["OVABasics", system], swiftSettings: strictWithC),
    .target(
      name: "OVARemote",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVAConcurrency", "OVFXML", "CCurl", crypto,
      ],
      swiftSettings: strictWithC),
    .target(
      name: "OVASandbox",
      dependencies: ["OVABasics", "OVAByteSource", "CPlatform", "CSeccomp"],
      swiftSettings: strictWithC),
    .target(
      name: "OVFXML", dependencies: ["OVABasics", "CXML2", system], swiftSettings: strictWithC),
    .target(name: "OVFDescriptor", dependencies: ["OVABasics", "OVFXML"], swiftSettings: strict),
    .target(
      name: "VirtualDisks",
      dependencies: ["OVABasics", "OVAByteSource", "OVAConcurrency", "CDeflate"],
      swiftSettings: strictWithC),
    .target(
      name: "OVAArchive", dependencies: ["OVABasics", "OVAByteSource", "CArchive"],
      swiftSettings: strictWithC),
    .target(
      name: "OVAIntegrity",
      dependencies: ["OVABasics", "CZlib", crypto, cryptoExtras, x509, asn1],
      swiftSettings: strictWithC),
    .target(
      name: "OVAPackage",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVAConcurrency", "OVFXML", "OVFDescriptor", "VirtualDisks",
        "OVAArchive", "OVAIntegrity", system,
      ], swiftSettings: strictWithC),
    .target(
      name: "OVAAuthoring",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVFXML", "OVFDescriptor", "VirtualDisks", "OVAArchive",
        "OVAIntegrity", "OVAPackage",
      ], swiftSettings: smallWithC),
    .target(
      name: "OVARules",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVFXML", "OVFDescriptor", "VirtualDisks", "OVAArchive",
        "OVAIntegrity", "OVAPackage",
      ], swiftSettings: strict),
    .target(name: "OVAMessages", swiftSettings: small),
    .target(
      name: "OVATargets",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVFXML", "OVFDescriptor", "VirtualDisks", "OVAArchive",
        "OVAIntegrity", "OVAPackage", "OVARules",
      ], swiftSettings: small),
    .target(
      name: "OVAPolicy",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVFDescriptor", "OVAIntegrity", "OVAPackage",
        "OVARules", "OVATargets",
      ], swiftSettings: small),
    .target(
      name: "OVAReport",
      dependencies: [
        mustache, "OVABasics", "OVATime", "OVAByteSource", "OVAMessages", "OVFXML",
        "OVFDescriptor", "VirtualDisks", "OVAArchive", "OVAIntegrity", "OVAPackage",
        "OVAAuthoring", "OVARules", "OVATargets", "OVAPolicy", "OVACatalog",
      ], swiftSettings: strict),
    .target(
      name: "OVACatalog",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVAConcurrency", "CPQ", grdb, grdbSQLite, system,
      ],
      swiftSettings: strictWithC),
    .target(
      name: "OVAConfiguration",
      dependencies: [
        "OVABasics", "OVATime", "OVARules", "OVAPolicy", "OVACatalog", yams, system,
      ],
      swiftSettings: small),
    .target(
      name: "OVAIndexer",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVAConcurrency", "OVFXML", "OVFDescriptor", "VirtualDisks",
        "OVAIntegrity", "OVAPackage", "OVARules", "OVAPolicy", "OVATargets", "OVAReport",
        "OVACatalog", "OVASandbox",
      ], swiftSettings: strictWithC),
    .target(
      name: "OVAKit",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVFXML", "OVFDescriptor", "VirtualDisks", "OVAArchive",
        "OVAIntegrity", "OVAPackage", "OVAAuthoring", "OVARules", "OVAReport", "OVACatalog",
        "OVAIndexer", "OVATime",
      ], swiftSettings: strict),
    .target(
      name: "OVAJobs",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVAConcurrency", "OVACatalog",
        "OVAConfiguration", "OVAPolicy", "OVAIndexer", "OVASandbox", lifecycle, logging,
      ], swiftSettings: smallWithC),
    .target(
      name: "OVAServer",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVAConcurrency", "OVATargets", "OVAReport",
        "OVACatalog", "OVAConfiguration", "OVAJobs", "OVASandbox", "CCrypt", hummingbird,
        hummingbirdCore, httpTypes, nio, nioHTTP1, nioHTTPTypes, nioHTTPTypes1, mustache, lifecycle,
        unixSignals, logging, metrics, crypto, jwtKit,
      ], swiftSettings: smallWithC),
    .target(
      name: "OVACommands",
      dependencies: [
        "OVAConfiguration", "OVAConcurrency", "OVAIndexer", "OVABasics", "OVATime", "OVFXML",
        "OVAByteSource", "OVFDescriptor", "VirtualDisks", "OVAArchive", "OVAIntegrity",
        "OVAPackage", "OVAAuthoring", "OVAMessages", "OVARules", "OVAPolicy", "OVATargets",
        "OVAReport", "OVACatalog", "OVAJobs", "OVARemote", "OVAServer", "OVASandbox", "CPlatform",
        argumentParser, system, logging, metrics,
      ], swiftSettings: small),
    .executableTarget(name: "ova", dependencies: ["OVACommands"], swiftSettings: strict),
    .executableTarget(
      name: "make-samples",
      dependencies: ["OVABasics", "OVAByteSource", "VirtualDisks", "OVAArchive", "OVAIntegrity"],
      path: "Sources/MakeSamples", swiftSettings: strict),
    .executableTarget(
      name: "record-findings", dependencies: ["OVARules", "OVATestSupport"],
      path: "Sources/RecordFindings", swiftSettings: strict),
    .executableTarget(
      name: "check-folder", dependencies: ["OVAKit"], path: "Examples/CheckFolder",
      swiftSettings: strict),
    .executableTarget(
      name: "hardware-table", dependencies: ["OVAKit"], path: "Examples/HardwareTable",
      swiftSettings: strict),
    .executableTarget(
      name: "folder-catalog", dependencies: ["OVAKit"], path: "Examples/FolderCatalog",
      swiftSettings: strict),
    .target(
      name: "OVATestSupport",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVFXML", "VirtualDisks", "OVAIntegrity", "OVAPackage",
        "OVARules",
      ], swiftSettings: strict),
    .target(
      name: "FuzzSubjects",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVAConcurrency", "OVFDescriptor", "VirtualDisks",
        "OVAArchive", "OVAIntegrity", "OVAPackage", "OVARules", "OVACatalog",
      ], swiftSettings: strict),
    .testTarget(
      name: "OVASandboxTests", dependencies: ["OVABasics", "OVASandbox"], swiftSettings: common),
    .testTarget(
      name: "FuzzSubjectsTests", dependencies: ["FuzzSubjects", "OVATestSupport"],
      exclude: ["Inputs"], swiftSettings: common),
    .testTarget(name: "OVABasicsTests", dependencies: ["OVABasics"], swiftSettings: common),
    .testTarget(
      name: "OVAConcurrencyTests", dependencies: ["OVAConcurrency"], swiftSettings: common),
    .testTarget(
      name: "OVAByteSourceTests",
      dependencies: ["OVABasics", "OVAByteSource", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVARemoteTests",
      dependencies: ["OVABasics", "OVAByteSource", "OVARemote", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVFXMLTests", dependencies: ["OVABasics", "OVFXML", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVFDescriptorTests",
      dependencies: ["OVABasics", "OVFXML", "OVFDescriptor", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "VirtualDisksTests",
      dependencies: ["OVABasics", "OVAByteSource", "VirtualDisks", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVAArchiveTests",
      dependencies: ["OVABasics", "OVAByteSource", "OVAArchive", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVAIntegrityTests",
      dependencies: ["OVABasics", "OVAIntegrity", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVAPackageTests",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVAIntegrity", "OVFXML", "OVFDescriptor", "OVAPackage",
        "OVARules", "OVATestSupport", "VirtualDisks",
      ], swiftSettings: common),
    .testTarget(
      name: "OVARulesTests",
      dependencies: [
        "OVABasics", "OVFXML", "OVFDescriptor", "OVAIntegrity", "VirtualDisks", "OVAPackage",
        "OVARules", "OVATestSupport", "record-findings",
      ], exclude: ["Findings"], swiftSettings: common),
    .testTarget(
      name: "OVAPolicyTests",
      dependencies: [
        "OVABasics", "OVATime", "OVAIntegrity", "OVAPackage", "OVAPolicy", "OVARules", "OVATargets",
        "OVATestSupport",
      ], swiftSettings: common),
    .testTarget(
      name: "OVAReportTests",
      dependencies: [
        "OVABasics", "OVAPackage", "OVAPolicy", "OVAReport", "OVARules", "OVATargets",
        "OVATestSupport",
      ], swiftSettings: common),
    .testTarget(
      name: "OVAMessagesTests", dependencies: ["OVAMessages", "OVARules", "OVATargets"],
      swiftSettings: common),
    .testTarget(
      name: "OVATargetsTests",
      dependencies: [
        "OVABasics", "OVAPackage", "OVAReport", "OVARules", "OVATargets", "OVATestSupport",
      ], exclude: ["Hits"], swiftSettings: common),
    .testTarget(
      name: "OVAAuthoringTests",
      dependencies: [
        "OVAByteSource", "OVAIntegrity", "OVAPackage", "OVAAuthoring", "OVARules", "OVAReport",
        "OVATestSupport",
      ], swiftSettings: common),
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["OVABasics", "OVAPolicy", "OVAReport", "OVARules", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVAKitTests",
      dependencies: [
        "OVAKit", "OVAConfiguration", "OVAServer", "OVATestSupport", "check-folder",
        "hardware-table", "folder-catalog", crypto, logging,
      ], swiftSettings: common),
    .testTarget(
      name: "OVAConfigurationTests",
      dependencies: [
        "OVABasics", "OVATime", "OVACatalog", "OVAConfiguration", "OVAPolicy", "OVATestSupport",
      ],
      swiftSettings: common),
    .testTarget(
      name: "OVAServerTests",
      dependencies: [
        "OVACatalog", "OVAConfiguration", "OVAJobs", "OVARules", "OVAServer", "OVATestSupport",
        hummingbird, httpTypes, nio, nioEmbedded, logging, metrics,
      ], swiftSettings: common),
    .testTarget(
      name: "OVACommandsTests",
      dependencies: [
        "OVABasics", "OVACommands", "OVAConfiguration", "OVAPolicy", "OVARules", "OVAReport",
        "OVATestSupport",
      ],
      swiftSettings: common),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "ova", "make-samples", "OVACommands", "OVAReport", "OVARules", "OVATargets",
        "OVATestSupport",
      ],
      swiftSettings: common),
    .testTarget(
      name: "OVACatalogTests",
      dependencies: [
        "OVABasics", "OVATime", "OVAByteSource", "OVACatalog", "OVATestSupport", grdb,
      ],
      swiftSettings: common),
    .testTarget(
      name: "OVATimeTests", dependencies: ["OVABasics", "OVATime", "OVATestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "OVAIndexerTests",
      dependencies: [
        "OVABasics", "OVAByteSource", "OVASandbox", "OVAConcurrency", "OVATime", "OVARules",
        "OVATargets", "OVAReport", "OVACatalog", "OVAIndexer", "OVATestSupport", "ova",
      ], swiftSettings: common),
  ]
)
