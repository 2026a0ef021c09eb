import OVABasics

/// A guest operating system, read from one of its names: family, version, and width in bits.
public struct GuestIdentity: Hashable, Sendable {
  /// Systems that are distinguished.
  public enum Family: String, Hashable, Sendable {
    case windowsClient, windowsServer, windows
    case ubuntu, debian, redHat, centOS, oracleLinux, rocky, alma, fedora, suse, openSUSE, photon
    case amazonLinux, coreOS, asianux, mandriva, turboLinux, linux
    case freeBSD, openBSD, netBSD, solaris, macOS, esxi, netWare, os2, dos, sco
  }

  /// The system; nil for one that is not recognized, or "other".
  public let family: Family?
  /// The version as far as it tells systems apart: a year of Windows Server, a major number.
  public let version: String?
  /// True if later versions are meant, too: "or later".
  public let includesLater: Bool
  /// 32 or 64; nil where nothing is said.
  public let bits: Int?

  /// True if it names one system, rather than "Other" or any Linux.
  public var isSpecific: Bool {
    switch family {
    case nil, .linux, .windows: false
    default: true
    }
  }

  init(family: Family?, version: String? = nil, includesLater: Bool = false, bits: Int? = nil) {
    self.family = family
    self.version = version
    self.includesLater = includesLater
    self.bits = bits
  }

  /// Reads a text for people, a name of VirtualBox's or of CIM's.
  public init(text: String) {
    let lower = text.lowercased()
    let families = Self.families(in: lower)
    bits = Self.bits(in: lower)
    includesLater =
      lower.containsBytes("later") || lower.containsBytes("newer") || lower.containsBytes("higher")
    // "Debian or Ubuntu" names neither.
    guard families.count == 1, let found = families.first else {
      family = families.isEmpty ? nil : Self.common(families.map(\.family))
      version = nil
      return
    }
    family = found.family
    version = Self.version(after: found.word, of: found.family, in: lower)
  }

  /// The name for people: `Ubuntu Linux (64-bit)`.
  public var title: String {
    let name = [family?.title ?? "Other", version].compactMap(\.self).joined(separator: " ")
    return name + (includesLater ? " or later" : "") + (bits.map { " (\($0)-bit)" } ?? "")
  }

  /// Returns whether a machine cannot be both; what one of them does not say contradicts nothing.
  ///
  /// - Parameter comparingVersions: false where one of them is from a list that is older than the
  ///   systems that it names, as CIM's.
  public func contradicts(_ other: GuestIdentity, comparingVersions: Bool = true) -> Bool {
    if let bits, let others = other.bits, bits != others { return true }
    guard let family, let others = other.family else { return false }
    guard family == others else { return !family.mayBe(others) && !others.mayBe(family) }
    guard comparingVersions, let version, let theirs = other.version else { return false }
    if version == theirs { return false }
    guard let a = Self.number(version), let b = Self.number(theirs) else { return true }
    if includesLater || other.includesLater { return includesLater ? b < a : a < b }
    // Windows Server 2012 R2 has no name of its own in vSphere.
    return a != b || a != 2012
  }

  private static func number(_ version: String) -> Int? {
    Int(version.prefix { $0.isNumber })
  }
}

extension GuestIdentity.Family {
  /// The name for people.
  var title: String {
    switch self {
    case .windowsClient, .windows: "Windows"
    case .windowsServer: "Windows Server"
    case .ubuntu: "Ubuntu Linux"
    case .debian: "Debian GNU/Linux"
    case .redHat: "Red Hat Enterprise Linux"
    case .centOS: "CentOS"
    case .oracleLinux: "Oracle Linux"
    case .rocky: "Rocky Linux"
    case .alma: "AlmaLinux"
    case .fedora: "Fedora"
    case .suse: "SUSE Linux Enterprise"
    case .openSUSE: "openSUSE"
    case .photon: "VMware Photon OS"
    case .amazonLinux: "Amazon Linux"
    case .coreOS: "CoreOS Linux"
    case .asianux: "Asianux"
    case .mandriva: "Mandriva Linux"
    case .turboLinux: "Turbolinux"
    case .linux: "Other Linux"
    case .freeBSD: "FreeBSD"
    case .openBSD: "OpenBSD"
    case .netBSD: "NetBSD"
    case .solaris: "Solaris"
    case .macOS: "macOS"
    case .esxi: "VMware ESXi"
    case .netWare: "NetWare"
    case .os2: "OS/2"
    case .dos: "DOS"
    case .sco: "SCO Unix"
    }
  }

  private enum Kind { case windows, linux, other }

  private var kind: Kind {
    switch self {
    case .windowsClient, .windowsServer, .windows: .windows
    case .ubuntu, .debian, .redHat, .centOS, .oracleLinux, .rocky, .alma, .fedora, .suse,
      .openSUSE, .photon, .amazonLinux, .coreOS, .asianux, .mandriva, .turboLinux, .linux:
      .linux
    case .freeBSD, .openBSD, .netBSD, .solaris, .macOS, .esxi, .netWare, .os2, .dos, .sco: .other
    }
  }

  /// Returns whether this name, taken in its wider sense, covers the other.
  fileprivate func mayBe(_ other: Self) -> Bool {
    switch self {
    case .linux: other.kind == .linux
    case .windows: other.kind == .windows
    case .suse: other == .openSUSE
    default: self == other
    }
  }

  /// The wide name of one of Linux's or Windows' systems; nil for another.
  fileprivate var wideName: Self? {
    switch kind {
    case .linux: .linux
    case .windows: .windows
    case .other: nil
    }
  }
}

extension GuestIdentity {
  /// The words that name a system; of two that begin alike the longer comes first.
  private static let words: [(word: String, family: Family)] = [
    ("ubuntu", .ubuntu), ("debian", .debian), ("red hat", .redHat), ("redhat", .redHat),
    ("rhel", .redHat), ("centos", .centOS), ("oracle linux", .oracleLinux),
    ("oraclelinux", .oracleLinux), ("rocky", .rocky), ("almalinux", .alma), ("fedora", .fedora),
    ("opensuse", .openSUSE), ("suse", .suse), ("sles", .suse), ("photon", .photon),
    ("amazon linux", .amazonLinux), ("coreos", .coreOS), ("flatcar", .coreOS),
    ("asianux", .asianux), ("mandriva", .mandriva), ("mandrake", .mandriva),
    ("turbolinux", .turboLinux), ("freebsd", .freeBSD), ("openbsd", .openBSD),
    ("netbsd", .netBSD), ("solaris", .solaris), ("sunos", .solaris), ("mac os", .macOS),
    ("macos", .macOS), ("darwin", .macOS), ("esxi", .esxi), ("netware", .netWare),
    ("os/2", .os2), ("unixware", .sco), ("openserver", .sco),
  ]

  private static func families(in lower: String) -> [(word: String, family: Family)] {
    if lower.containsBytes("windows") || lower.containsBytes("winnt")
      || lower.containsBytes("win20")
    {
      return [("windows", windows(lower))]
    }
    var found: [(word: String, family: Family)] = []
    for word in words where lower.containsBytes(word.word) {
      // openSUSE holds SUSE, CentOS no other.
      if word.family == .suse, found.contains(where: { $0.family == .openSUSE }) { continue }
      if !found.contains(where: { $0.family == word.family }) { found.append(word) }
    }
    if found.isEmpty, lower.containsBytes("linux") { return [("linux", .linux)] }
    return found
  }

  private static func windows(_ lower: String) -> Family {
    if lower.containsBytes("server") { return .windowsServer }
    // VirtualBox's names do not say "server".
    let years = ["2003", "2008", "2012", "2016", "2019", "2022", "2025"]
    if years.contains(where: lower.containsBytes) { return .windowsServer }
    let clients = [
      "xp", "vista", "windows 7", "windows7", "windows 8", "windows8", "windows 1",
      "windows1",
    ]
    return clients.contains(where: lower.containsBytes) ? .windowsClient : .windows
  }

  private static func common(_ families: [Family]) -> Family? {
    let wide = Set(families.map(\.wideName))
    return wide.count == 1 ? wide.first ?? nil : nil
  }

  private static func bits(in lower: String) -> Int? {
    let wide = ["64-bit", "64 bit", "64bit", "x86_64", "amd64", "x64", "_64"]
    if wide.contains(where: lower.containsBytes) { return 64 }
    let narrow = ["32-bit", "32 bit", "32bit", "i386", "i686"]
    return narrow.contains(where: lower.containsBytes) ? 32 : nil
  }

  /// The version: Windows' year or name, else the whole number that follows the system's name.
  private static func version(after word: String, of family: Family, in lower: String) -> String? {
    switch family {
    case .windowsServer:
      let years = ["2000", "2003", "2008", "2012", "2016", "2019", "2022", "2025"]
      let named = years.filter(lower.containsBytes)
      guard named.count == 1, let year = named.first else { return nil }
      return lower.containsBytes("\(year) r2") || lower.containsBytes("\(year)r2")
        ? "\(year) R2" : year
    case .windowsClient:
      if lower.containsBytes("vista") { return "Vista" }
      if lower.containsBytes("xp") { return "XP" }
    case .linux, .windows, .macOS: return nil
    default: break
    }
    // The number nearest to the name: "Rocky Linux release 9.3", "Debian_12_64".
    guard let end = lower.firstRange(of: word)?.upperBound else { return nil }
    let rest = lower[end...].unicodeScalars.prefix(24)
    guard let first = rest.firstIndex(where: { ("0"..."9").contains($0) }) else { return nil }
    guard !rest[..<first].contains("(") else { return nil }
    let digits = rest[first...].prefix { ("0"..."9").contains($0) }
    let next = rest[digits.endIndex...].first
    // "4/5/6" are several, "64-bit" is none.
    guard next != "/", digits.count <= 2, !["32", "64"].contains(String(digits)) else {
      return nil
    }
    return String(digits)
  }
}
