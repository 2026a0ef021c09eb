import Foundation
import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity

/// Reads the file of a part from its first line to its last, and takes nothing on trust: the order,
/// the folders' owner, the counts and the digest of all bytes.
///
/// A line is in memory at a time.
struct ShardReader {
  let header: ShardHeader
  let shard: Shard
  /// The closing line, once it was read.
  private(set) var end: EndLine?
  /// The file's facts when it was first read.
  var facts: FileFacts? { source.facts }

  private var source: LineSource
  private var digester = Digester([.sha256])
  private var counts = EndLine()
  private var folder: String?
  private var lastPackage: String?
  private var lastUnowned: String?

  /// Reads the first line.
  /// - Parameter facts: the facts of the file when it was read before.
  init(_ bytes: ShardBytes, facts: FileFacts? = nil) throws(ShardError) {
    source = LineSource(bytes: bytes, facts: facts)
    guard let line = try source.next() else {
      throw source.failure(
        .incomplete, "it is empty", fix: "run the shard again that was to write it")
    }
    digester.update(line)
    digester.update([UInt8(ascii: "\n")])
    guard let header = (try? JSONDecoder().decode(ShardLine.self, from: Data(line)))?.header else {
      throw source.failure(
        .notAShard, "it does not begin with the header of a shard",
        fix: "name files that 'ova scan --shard' wrote")
    }
    guard header.schema == ShardHeader.schema else {
      throw source.failure(
        .notAShard, "its format is '\(header.schema)', not '\(ShardHeader.schema)'",
        fix: "use one version of ova for the shards and for the merge")
    }
    guard let shard = Shard(number: header.shard, of: header.shards, depth: header.depth) else {
      throw source.failure(
        .damaged, "there is no shard \(header.shard) of \(header.shards) at depth \(header.depth)")
    }
    self.header = header
    self.shard = shard
  }

  /// The next line: a problem, a repository, a folder, a package or an unowned file; nil once the
  /// closing line was read and is right.
  mutating func next() throws(ShardError) -> ShardLine? {
    guard end == nil else { return nil }
    guard let bytes = try source.next() else {
      throw source.failure(
        .incomplete, "it has no closing line: it is not all there",
        fix: "run shard \(shard.number) of \(shard.count) again, or copy its file again")
    }
    let line: ShardLine
    do {
      line = try JSONDecoder().decode(ShardLine.self, from: Data(bytes))
    } catch {
      throw damaged("the line is not one of a shard")
    }
    if let end = line.end {
      try finish(end)
      self.end = end
      return nil
    }
    digester.update(bytes)
    digester.update([UInt8(ascii: "\n")])
    try take(line)
    return line
  }

  private mutating func finish(_ end: EndLine) throws(ShardError) {
    var expected = end
    expected.repositories = counts.repositories
    expected.folders = counts.folders
    expected.packages = counts.packages
    expected.unowned = counts.unowned
    expected.problems = counts.problems
    guard expected == end, counts.repositories == header.repositories.count else {
      throw damaged("the closing line counts other lines than there are")
    }
    guard end.files >= 0, end.hashed >= 0 else { throw damaged("a count is below zero") }
    guard digester.finish().first?.hex == end.sha256 else {
      throw damaged("its content is not what was written: the digest in the closing line differs")
    }
    guard try source.next() == nil else { throw damaged("something follows the closing line") }
  }

  private mutating func take(_ line: ShardLine) throws(ShardError) {
    if line.problem != nil, counts.repositories == 0 {
      counts.problems += 1
    } else if let repository = line.repository {
      guard repository.number == counts.repositories,
        header.repositories.indices.contains(repository.number)
      else { throw damaged("the repositories do not follow each other") }
      counts.repositories += 1
      (folder, lastPackage, lastUnowned) = (nil, nil, nil)
    } else if let next = line.folder, counts.repositories > 0 {
      try check(next)
      counts.folders += 1
      (folder, lastPackage, lastUnowned) = (next.path, nil, nil)
    } else if let package = line.package, let folder, lastUnowned == nil {
      try check(package, in: folder)
      counts.packages += 1
      lastPackage = package.name
    } else if let unowned = line.unowned, folder != nil {
      guard Self.isName(unowned.name), lastUnowned?.precedesInBytes(unowned.name) != false,
        unowned.size >= 0, unowned.place.map({ Self.areKnown($0.needs) }) != false
      else { throw damaged("the unowned file is not one of this folder") }
      counts.unowned += 1
      lastUnowned = unowned.name
    } else {
      throw damaged("a line of this kind does not belong here")
    }
  }

  private func check(_ next: FolderLine) throws(ShardError) {
    let names = next.path.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard next.path.isEmpty || names.last?.isEmpty == true,
      names.dropLast().allSatisfy({ Self.isName(String(Substring($0))) })
    else { throw damaged("'\(next.path.forDisplay)' is not a folder of a repository") }
    guard folder?.precedesInBytes(next.path) != false else {
      throw damaged("the folder '\(next.path.forDisplay)' is out of order")
    }
    guard shard.owns(next.path) else {
      throw damaged(
        "the folder '\(next.path.forDisplay)' belongs to shard \(shard.owner(of: next.path))")
    }
    guard next.rules == nil || next.rules == header.rules else {
      throw damaged("the folder was judged by other rules than the header says")
    }
  }

  private func check(_ package: PackageLine, in folder: String) throws(ShardError) {
    guard Self.isName(package.name), PackageKind(name: package.name) != nil else {
      throw damaged("'\(package.name.forDisplay)' is not the name of a package")
    }
    guard lastPackage?.precedesInBytes(package.name) != false else {
      throw damaged("the package '\(package.name.forDisplay)' is out of order")
    }
    let sizes =
      package.files.map(\.size) + package.files.compactMap(\.allocated)
      + package.disks.flatMap { [$0.size, $0.capacity].compactMap(\.self) }
      + [
        package.facts?.size, package.facts?.memory, package.facts?.virtualCPUs,
        package.facts?.networkAdapters, (package.facts?.systems).map(Int64.init),
      ].compactMap(\.self)
    guard sizes.allSatisfy({ $0 >= 0 }), Self.areKnown(package.needs) else {
      throw damaged("a number of the package '\(package.name.forDisplay)' is out of range")
    }
    guard
      package.facts.map({
        (try? JSONDecoder().decode(Document.self, from: Data($0.document.utf8))) != nil
      })
        != false
    else {
      throw damaged("the document of the package '\(package.name.forDisplay)' is no JSON object")
    }
  }

  /// Any object.
  private struct Document: Decodable {
    private enum None: CodingKey {}
    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: None.self) }
  }

  private static func areKnown(_ needs: [String]) -> Bool {
    needs.allSatisfy { FileNeed(text: $0) != nil }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && !name.utf8.contains(UInt8(ascii: "/"))
      && !name.utf8.contains(0)
  }

  private func damaged(_ reason: String) -> ShardError {
    source.failure(
      .damaged, reason,
      fix: "run shard \(shard.number) of \(shard.count) again with --force")
  }
}

/// The lines of a file, one in memory at a time.
private struct LineSource {
  let bytes: ShardBytes
  private(set) var facts: FileFacts?
  /// The line that was read last, from 1.
  private(set) var number = 0
  private var offset: UInt64 = 0
  private var buffer: [UInt8] = []
  private var start = 0

  init(bytes: ShardBytes, facts: FileFacts?) {
    self.bytes = bytes
    self.facts = facts
  }

  /// The next line without its line feed; nil at the end. What has no line feed is no line.
  mutating func next() throws(ShardError) -> [UInt8]? {
    var searched = start
    while true {
      if let feed = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[start..<feed])
        start = feed + 1
        number += 1
        return line
      }
      guard buffer.count - start <= ShardLine.longest else {
        number += 1
        throw failure(.damaged, "a line has more than \(ShardLine.longest) bytes")
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      let more = try read()
      if more.isEmpty {
        number += 1
        guard buffer.isEmpty else {
          throw failure(
            .incomplete, "it ends inside a line: it is not all there",
            fix: "run the shard again, or copy its file again")
        }
        return nil
      }
      buffer += more
    }
  }

  private mutating func read() throws(ShardError) -> [UInt8] {
    let before = facts
    let more = try bytes.bytes(at: offset, &facts)
    if let before, facts?.isSameVersion(as: before) == false {
      throw failure(
        .unreadable, "it changed while it was read", fix: "merge again once it is written")
    }
    offset += UInt64(more.count)
    return more
  }

  func failure(_ code: ShardFailure, _ reason: String, fix: String? = nil) -> ShardError {
    ShardError(
      code: code, doing: "merge the shard", reason: reason,
      place: Place(bytes.name, line: max(1, number)), fix: fix)
  }
}
