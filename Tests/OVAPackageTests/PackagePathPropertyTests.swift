import OVABasics
import OVAPackage
import OVATestSupport
import Testing

/// Properties of paths inside a package, tried on many.
@Suite struct PackagePathPropertyTests {
  private static let parts = [
    "a", "b.vmdk", "..", ".", "", "...", ".a", "a b", "é", "e\u{301}", "C:", "%2e%2e", "\\", "x\\y",
    "\u{0}", "~", "-", "AUX", " ",
  ]

  /// Paths of up to five parts, and folders to read them in.
  private static let written: [(path: String, folder: String)] = {
    var numbers = SeededNumbers(seed: 11)
    return (0..<20_000).map { _ in
      let count = Int.random(in: 0...5, using: &numbers)
      let path = (0..<count).map { _ in parts.randomElement(using: &numbers) ?? "" }
      let folder = ["", "", "x", "x/y"].randomElement(using: &numbers) ?? ""
      return (path.joined(separator: "/"), folder)
    }
  }()

  @Test func `a path that is read leads nowhere but into the package`() {
    var read = 0
    for (path, folder) in Self.written {
      guard case .success(let found) = PackagePath.read(path, in: folder, limits: Limits()) else {
        continue
      }
      read += 1
      let parts = found.text.utf8.split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      #expect(!found.text.isEmpty && !found.text.utf8.contains(0), "\(path.debugDescription)")
      #expect(
        parts.allSatisfy { part in
          !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            && !part.contains(UInt8(ascii: "\\"))
        }, "\(path.debugDescription)")
    }
    #expect(read > 5_000)
  }

  @Test func `a path that was read is read as itself`() {
    for (path, folder) in Self.written {
      guard case .success(let found) = PackagePath.read(path, in: folder, limits: Limits()) else {
        continue
      }
      #expect(PackagePath.read(found.text, limits: Limits()) == .success(found))
      // Its two parts make it again, unless its name by itself would be that of a drive.
      guard !found.name.hasPrefix("C:") else { continue }
      #expect(
        PackagePath.read(found.name, in: found.folder, limits: Limits()) == .success(found),
        "\(found.text)")
    }
  }

  @Test func `a path means the same with steps in it that lead nowhere`() {
    var numbers = SeededNumbers(seed: 12)
    for (path, folder) in Self.written {
      guard case .success(let found) = PackagePath.read(path, in: folder, limits: Limits()) else {
        continue
      }
      var parts = found.text.split(separator: "/").map(String.init)
      for _ in 0..<3 {
        let step = [".", "", "q/.."].randomElement(using: &numbers) ?? "."
        // An empty first part would make it begin at the root.
        parts.insert(step, at: Int.random(in: 1...parts.count, using: &numbers))
      }
      let longer = parts.joined(separator: "/")
      #expect(PackagePath.read(longer, limits: Limits()) == .success(found), "\(longer)")
    }
  }

  @Test func `a path that climbs, begins at a root or names nothing says so`() {
    for (path, folder) in Self.written {
      guard case .failure(let fault) = PackagePath.read(path, in: folder, limits: Limits()) else {
        continue
      }
      let parts = path.utf8.split(separator: UInt8(ascii: "/"))
      switch fault {
      case .absolute: #expect(path.utf8.first == UInt8(ascii: "/") || path.contains("C:"))
      case .zeroByte: #expect(path.utf8.contains(0))
      case .backslash: #expect(path.utf8.contains(UInt8(ascii: "\\")))
      case .climbs: #expect(parts.contains { $0.elementsEqual("..".utf8) })
      case .empty: #expect(folder.isEmpty || parts.contains { $0.elementsEqual("..".utf8) })
      case .tooLong: Issue.record("no path is that long")
      }
    }
  }
}
