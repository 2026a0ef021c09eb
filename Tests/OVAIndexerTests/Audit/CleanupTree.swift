import Foundation
import OVABasics
import OVACatalog
import OVAIndexer
import OVAReport
import OVATestSupport
import Testing

/// Builds a repository at random out of layouts that are met in the field.
struct TreeBuilder {
  let tree: Tree
  var numbers: SeededNumbers

  /// The steps by which it was built, for messages.
  private(set) var steps: [String] = []
  /// Files that nothing needs, which are to be named.
  private(set) var leftOver: [String] = []
  /// Archives of the same bytes: all but one are to be named.
  private(set) var copies: [[String]] = []
  /// Files that are no whole package's and must stay all the same.
  private(set) var needed: [String] = []
  private var count = 0

  init(tree: Tree, numbers: SeededNumbers) {
    self.tree = tree
    self.numbers = numbers
  }

  private typealias Step = (
    name: String, make: @Sendable (inout TreeBuilder, String) throws -> Void
  )

  private static let steps: [Step] = [
    ("archive", { try $0.tree.addArchive("\($1)/web.ova", machine: $1) }),
    ("folder", { try $0.tree.addFolder($1, machine: $1) }),
    ("folder with disks below", { try $0.tree.addFolder($1, machine: $1, disksIn: "disks/") }),
    ("copies", { try $0.addCopies($1) }),
    ("leftover", { try $0.addLeftover($1) }),
    ("orphan", { try $0.addOrphan($1) }),
    ("sparse orphan", { try $0.addSparseOrphan($1) }),
    ("orphan of two names", { try $0.addTwoNames($1) }),
    ("content library", { try $0.addContentLibrary($1) }),
    ("published library", { try $0.addPublishedLibrary($1) }),
    ("link to an archive", { try $0.addLinkedArchive($1) }),
    ("link to a folder", { try $0.addLinkedFolder($1) }),
    ("linked disk", { try $0.addLinkedDisk($1) }),
    ("hard link of an archive", { try $0.addHardLink($1) }),
    ("hard link of a disk", { try $0.addHardLinkedDisk($1) }),
    ("extents", { try $0.addExtents($1) }),
    ("delta", { try $0.addDelta($1, inFolder: "") }),
    ("delta of another folder", { try $0.addDelta($1, inFolder: "../\($1)-base/") }),
    ("delta by an absolute path", { try $0.addDelta($1, inFolder: "\($0.tree.root)/\($1)-b/") }),
    ("delta of a lost path", { try $0.addDelta($1, inFolder: "/vmfs/volumes/x/") }),
    ("backing file", { try $0.addBackingFile($1) }),
    ("system folders", { try $0.addSystemFolders($1) }),
    ("near miss", { try $0.addNearMiss($1) }),
    ("broken descriptor", { try $0.addBrokenDescriptor($1) }),
    ("machine", { try $0.addMachine($1) }),
    ("broken links", { try $0.addBrokenLinks($1) }),
    ("manifest with more", { try $0.addManifest($1) }),
    ("climbing href", { try $0.addClimbingHref($1) }),
    ("download", { try $0.addDownload($1) }),
    ("link out", { try $0.addLinkOut($1) }),
    ("odd names", { try $0.addOddNames($1) }),
  ]

  mutating func build() throws {
    for _ in 0..<Int.random(in: 6...12, using: &numbers) {
      let step = Self.steps.randomElement(using: &numbers) ?? Self.steps[0]
      count += 1
      let above = ["", "", "a/", "a/b/", "z y/"].randomElement(using: &numbers) ?? ""
      steps.append(step.name)
      try step.make(&self, "\(above)n\(count)")
    }
  }

  // MARK: What may go

  private mutating func addCopies(_ name: String) throws {
    let paths = ["\(name)/x.ova", "\(name)-2/y.ova", "\(name)/deep/er/z.ova"]
      .prefix(Int.random(in: 2...3, using: &numbers))
    for path in paths { try tree.addArchive(path, machine: name) }
    copies.append(Array(paths))
  }

  private mutating func addLeftover(_ name: String) throws {
    let suffix = ["part", "tmp", "filepart", "crdownload"].randomElement(using: &numbers) ?? "part"
    let path = "\(name)/upload.ova.\(suffix)"
    try tree.write(
      [UInt8](repeating: 7, count: Int.random(in: 0..<9000, using: &numbers)), to: path)
    leftOver.append(path)
  }

  private mutating func addOrphan(_ name: String) throws {
    if Bool.random(using: &numbers) { try tree.addFolder(name, machine: name) }
    let names = ["left over.vmdk", "old.vhdx", "x.qcow2", "gone.mf", "d.vmdk.000000003"]
    let path = "\(name)/\(names.randomElement(using: &numbers) ?? "x.vmdk")"
    try tree.write(
      [UInt8](repeating: 1, count: Int.random(in: 1..<9000, using: &numbers)), to: path)
    leftOver.append(path)
  }

  private mutating func addSparseOrphan(_ name: String) throws {
    let path = try tree.write([1], to: "\(name)/thin.vmdk")
    truncate(path, 1 << 24)
    leftOver.append("\(name)/thin.vmdk")
  }

  private mutating func addTwoNames(_ name: String) throws {
    let path = try tree.write([UInt8](repeating: 3, count: 5000), to: "\(name)/one.vmdk")
    try link(path, tree.path("\(name)/two.vmdk"))
    leftOver += ["\(name)/one.vmdk", "\(name)/two.vmdk"]
  }

  // MARK: Libraries and other systems

  private mutating func addContentLibrary(_ name: String) throws {
    let uuids = [
      "a1b2c3d4-0e7a-4ca9-8fcc-bfce2c08c244", "b1b2c3d4-0e7a-4ca9-8fcc-bfce2c08c244",
      "8aa84709-0e7a-4ca9-8fcc-bfce2c08c244",
    ]
    let folder =
      "\(name)/contentlib-c87ae30e-7a02-4c97-8360-2cf68ee1fae5/11111111-2222-4333-8444-555555555555"
    for (file, bytes) in try Sample.files(machine: name) {
      let parts = file.split(separator: ".")
      let path = "\(folder)/\(parts[0])_\(uuids[file == "web.ovf" ? 0 : 2]).\(parts[1])"
      try tree.write(bytes, to: path)
      needed.append(path)
    }
    try tree.write(Array("SHA256(web.ovf)= 00\n".utf8), to: "\(folder)/web_\(uuids[1]).mf")
    needed.append("\(folder)/web_\(uuids[1]).mf")
  }

  private mutating func addPublishedLibrary(_ name: String) throws {
    try tree.write(
      Array(#"{"vcspVersion":"2","itemsHref":"items.json"}"#.utf8), to: "\(name)/lib.json")
    try tree.write(
      Array(#"{"items":[{"selfHref":"item/item.json"}]}"#.utf8), to: "\(name)/items.json")
    try tree.write(
      Array(#"{"type":"vcsp.ovf","files":[{"hrefs":["item/free.vmdk"]}]}"#.utf8),
      to: "\(name)/item/item.json")
    try tree.write([1, 2, 3], to: "\(name)/item/free.vmdk")
    needed.append("\(name)/item/free.vmdk")
    for copy in ["one", "two"] { try tree.addArchive("\(name)/\(copy)/x.ova", machine: name) }
    needed += ["\(name)/one/x.ova", "\(name)/two/x.ova"]
  }

  private mutating func addSystemFolders(_ name: String) throws {
    try tree.addArchive("\(name)/app.ova", machine: name)
    let folders = [
      ".snapshot/hourly.0", "#snapshot/x", "~snapshot/x", "#recycle", "@eaDir/app.ova",
      "$RECYCLE.BIN/S-1", "System Volume Information", ".Trash-1000/files", "lost+found",
    ]
    for folder in folders.shuffled(using: &numbers).prefix(4) {
      try tree.addArchive("\(name)/\(folder)/app.ova", machine: name)
      try tree.write([1], to: "\(name)/\(folder)/old.vmdk")
      needed += ["\(name)/\(folder)/app.ova", "\(name)/\(folder)/old.vmdk"]
    }
    needed.append("\(name)/app.ova")
  }

  private mutating func addMachine(_ name: String) throws {
    try tree.write(
      Array(
        "scsi0:0.fileName = \"vm.vmdk\"\nscsi0:1.fileName = \"../\(leaf(name))-disks/data.vmdk\"\n"
          .utf8),
      to: "\(name)/vm.vmx")
    for path in ["\(name)/vm.vmdk", "\(name)/vm.nvram", "\(name)-disks/data.vmdk"] {
      try tree.write([UInt8](repeating: 4, count: 700), to: path)
      needed.append(path)
    }
  }

  // MARK: Links

  private mutating func addLinkedArchive(_ name: String) throws {
    try tree.addArchive("\(name)/real/app.ova", machine: name)
    try tree.addArchive("\(name)/link/other.ova", machine: "\(name) other")
    try symlink("../real/app.ova", tree.path("\(name)/link/app.ova"))
    needed.append("\(name)/real/app.ova")
    if Bool.random(using: &numbers) {
      // A copy of what is linked may go, the linked one not.
      try tree.addArchive("\(name)/copy/app.ova", machine: name)
      leftOver.append("\(name)/copy/app.ova")
    }
  }

  private mutating func addLinkedFolder(_ name: String) throws {
    try tree.addFolder("\(name)/v1", machine: name)
    try tree.write([9, 9], to: "\(name)/v1/left.vmdk")
    try symlink("v1", tree.path("\(name)/current"))
    // Named once, by the path without the link.
    leftOver.append("\(name)/v1/left.vmdk")
  }

  private mutating func addLinkedDisk(_ name: String) throws {
    for (file, bytes) in try Sample.files(machine: name) {
      if file.hasSuffix(".ovf") {
        try tree.write(bytes, to: "\(name)/\(file)")
      } else {
        try tree.write(bytes, to: "\(name)-store/\(file)")
        try symlink("../\(leaf(name))-store/\(file)", tree.path("\(name)/\(file)"))
        needed.append("\(name)-store/\(file)")
      }
    }
  }

  private mutating func addHardLink(_ name: String) throws {
    try tree.addArchive("\(name)/v1/app.ova", machine: name)
    try tree.addArchive("\(name)/latest/other.ova", machine: "\(name) other")
    try link(tree.path("\(name)/v1/app.ova"), tree.path("\(name)/latest/app.ova"))
    needed += ["\(name)/v1/app.ova", "\(name)/latest/app.ova"]
    if Bool.random(using: &numbers) {
      try tree.addArchive("\(name)/copy/app.ova", machine: name)
      leftOver.append("\(name)/copy/app.ova")
    }
  }

  private mutating func addHardLinkedDisk(_ name: String) throws {
    try tree.addFolder(name, machine: name)
    try tree.write([1], to: "\(name)-pool/readme.txt")
    try link(tree.path("\(name)/web-disk1.vmdk"), tree.path("\(name)-pool/disk.vmdk"))
    needed.append("\(name)-pool/disk.vmdk")
  }

  private mutating func addBrokenLinks(_ name: String) throws {
    try tree.write([1], to: "\(name)/readme.txt")
    try symlink("nowhere.ova", tree.path("\(name)/gone.ova"))
    leftOver.append("\(name)/gone.ova")
    try symlink("/mnt/not-mounted/x.ova", tree.path("\(name)/away.ova"))
    try symlink("..", tree.path("\(name)/up"))
  }

  private mutating func addLinkOut(_ name: String) throws {
    try tree.folder.write([1, 2, 3], to: "outside/\(leaf(name)).vmdk")
    try tree.write([1], to: "\(name)/readme.txt")
    try symlink(tree.folder.path("outside"), tree.path("\(name)/out"))
  }

  // MARK: Disks that need others

  /// A descriptor that references a disk of some text, and the text.
  private mutating func addTextDisk(_ folder: String, _ text: [UInt8]) throws {
    for (file, bytes) in try Sample.files(machine: folder) where file.hasSuffix(".ovf") {
      try tree.write(bytes, to: "\(folder)/\(file)")
    }
    try tree.write(text, to: "\(folder)/web-disk1.vmdk")
  }

  private func diskText(
    _ extents: [[UInt8]], parent: String? = nil, encoding: String = "UTF-8"
  ) -> [UInt8] {
    var text = Array(
      "# Disk DescriptorFile\nversion=1\nencoding=\"\(encoding)\"\nCID=7e57ab1e\n".utf8)
    text += Array("parentCID=\(parent == nil ? "ffffffff" : "12345678")\n".utf8)
    text += Array("createType=\"twoGbMaxExtentFlat\"\n".utf8)
    if let parent { text += Array("parentFileNameHint=\"\(parent)\"\n".utf8) }
    for extent in extents {
      text += Array("RW 32 FLAT \"".utf8) + extent + Array("\" 0\n".utf8)
    }
    return text + Array("ddb.adapterType = \"lsilogic\"\n".utf8)
  }

  private mutating func write(_ name: [UInt8], in folder: String) throws {
    let path = String(fileSystemBytes: Array("\(tree.path(folder))/".utf8) + name)
    let bytes = path.fileSystemBytes.map { CChar(bitPattern: $0) } + [0]
    let file = open(bytes, O_CREAT | O_WRONLY, 0o644)
    try #require(file >= 0)
    defer { close(file) }
    let content = [UInt8](repeating: 5, count: 16_384)
    try #require(Glibc.write(file, content, content.count) == content.count)
  }

  private mutating func addExtents(_ name: String) throws {
    // What the text says, in the encoding that it declares, and what the files are called.
    let words: [(encoding: String, text: [UInt8], name: [UInt8])] = [
      ("UTF-8", Array("虚拟机".utf8), Array("虚拟机".utf8)),
      ("GBK", [0xD0, 0xE9, 0xC4, 0xE2, 0xBB, 0xFA], Array("虚拟机".utf8)),
      ("windows-1252", [0x67, 0x72, 0xF6, 0xDF, 0x65], Array("größe".utf8)),
      ("UTF-8", [0xE4, 0x2D], [0xE4, 0x2D]),
      ("unheard-of", [0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0x41]),
      ("UTF-8", Array("plain".utf8), Array("plain".utf8)),
    ]
    let word = words.randomElement(using: &numbers) ?? words[0]
    let ends = ["-f001.vmdk", "-extra.bin.vmdk"].map { Array($0.utf8) }
    try addTextDisk(name, diskText(ends.map { word.text + $0 }, encoding: word.encoding))
    for end in ends {
      try write(word.name + end, in: name)
      needed.append("\(name)/\(String(fileSystemBytes: word.name + end))")
    }
  }

  private mutating func addDelta(_ name: String, inFolder folder: String) throws {
    try addTextDisk(name, diskText([Array("delta-f001.vmdk".utf8)], parent: "\(folder)base.vmdk"))
    try write(Array("delta-f001.vmdk".utf8), in: name)
    let home =
      folder.hasPrefix(tree.root)
      ? "\(name)-b" : folder.hasPrefix("../") ? "\(name)-base" : folder.isEmpty ? name : "elsewhere"
    if folder.hasPrefix(tree.root) {
      // The absolute path leads to a folder of its own below the root.
      let path = String(folder.dropFirst(tree.root.count + 1)) + "base.vmdk"
      try tree.write(diskText([Array("base-bytes.vmdk".utf8)]), to: path)
      let parent = String(path.dropLast("/base.vmdk".count))
      try write(Array("base-bytes.vmdk".utf8), in: parent)
      needed += [path, "\(parent)/base-bytes.vmdk"]
    } else {
      try tree.write(diskText([Array("base-bytes.vmdk".utf8)]), to: "\(home)/base.vmdk")
      try write(Array("base-bytes.vmdk".utf8), in: home)
      needed += ["\(home)/base.vmdk", "\(home)/base-bytes.vmdk"]
    }
    needed.append("\(name)/delta-f001.vmdk")
  }

  private mutating func addBackingFile(_ name: String) throws {
    var head = Array("QFI".utf8) + [0xFB, 0, 0, 0, 3]
    let base = Array("../\(leaf(name))-img/golden.qcow2".utf8)
    head += [0, 0, 0, 0, 0, 0, 0, 104, 0, 0, 0, UInt8(base.count)]
    head += [UInt8](repeating: 0, count: 104 - head.count) + base
    head += [UInt8](repeating: 0, count: 512 - head.count)
    try addTextDisk(name, head)
    try tree.write([UInt8](repeating: 8, count: 600), to: "\(name)-img/golden.qcow2")
    needed.append("\(name)-img/golden.qcow2")
  }

  private mutating func addManifest(_ name: String) throws {
    try tree.addFolder(name, machine: name)
    try tree.write([3, 3], to: "\(name)/extra.vmdk")
    let zeros = String(repeating: "0", count: 64)
    try tree.write(Array("SHA256(extra.vmdk)= \(zeros)\n".utf8), to: "\(name)/web.mf")
    needed.append("\(name)/extra.vmdk")
  }

  // MARK: What is not understood

  private mutating func addNearMiss(_ name: String) throws {
    let near =
      [
        "WEB-disk1.vmdk", "web-disk1 (1).vmdk", "web-disk1.VMDK", "web-disk1_copy.vmdk",
        "Web-Disk1.vmdk.part",
      ].randomElement(using: &numbers) ?? ""
    for (file, bytes) in try Sample.files(machine: name) {
      try tree.write(bytes, to: "\(name)/\(file.hasSuffix(".ovf") ? file : near)")
    }
    needed.append("\(name)/\(near)")
  }

  private mutating func addBrokenDescriptor(_ name: String) throws {
    try tree.addFolder(name, machine: name)
    try tree.write(Array("<Envelope".utf8), to: "\(name)/web.ovf")
    try tree.write([1, 2], to: "\(name)/disks/more.vmdk")
    needed += ["\(name)/web-disk1.vmdk", "\(name)/disks/more.vmdk"]
  }

  private mutating func addClimbingHref(_ name: String) throws {
    for (file, bytes) in try Sample.files(machine: name) {
      guard file.hasSuffix(".ovf") else {
        try tree.write(bytes, to: "\(name)-disks/\(file)")
        needed.append("\(name)-disks/\(file)")
        continue
      }
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("href=\"web", with: "href=\"../\(leaf(name))-disks/web")
      try tree.write(Array(text.utf8), to: "\(name)/\(file)")
    }
  }

  private mutating func addDownload(_ name: String) throws {
    try tree.addArchive("\(name)/x.ova", machine: name)
    try tree.write([0, 1], to: "\(name)/x.ova.aria2")
    needed += ["\(name)/x.ova", "\(name)/x.ova.aria2"]
  }

  private mutating func addOddNames(_ name: String) throws {
    for odd in ["it's $(touch x).part", "-rf.part", "größe ∆.part", "line\nrm -rf y.part"] {
      try tree.write([1], to: "\(name)/\(odd)")
      leftOver.append("\(name)/\(odd)")
    }
  }

  private func leaf(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  private func link(_ path: String, _ name: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.linkItem(atPath: path, toPath: name)
  }

  private func symlink(_ target: String, _ name: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: target)
  }
}
