import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

@Suite
struct DamageTests {
  /// The sectors of a stream's markers.
  private func markers(_ file: [UInt8]) -> [(offset: Int, size: Int, type: Int)] {
    func number(_ at: Int, _ width: Int) -> Int {
      file[at..<at + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    var found: [(offset: Int, size: Int, type: Int)] = []
    var at = number(64, 8) * 512
    while at < file.count {
      let (value, size, type) = (number(at, 8), number(at + 8, 4), number(at + 12, 4))
      found.append((at, size, size > 0 ? -1 : type))
      if size == 0, type == 0 { break }
      at += size > 0 ? (12 + size + 511) / 512 * 512 : 512 + value * 512
    }
    return found
  }

  private func flipped(_ file: [UInt8], _ at: Int, by mask: UInt8 = 0xFF) -> [UInt8] {
    var file = file
    file[at] ^= mask
    return file
  }

  @Test(arguments: Sample.all)
  func aByteChangedInTheHeaderIsFound(sample: Sample) throws {
    let file = try sample.file()
    // The redundant directory's offset means nothing where the flags leave it unused, and only
    // the lower bound of the first grain hangs on overHead in an uncompressed extent.
    let isStream = file[10] == 3
    let unused = file[8] & 2 == 0 ? 48..<56 : 0..<0
    for at in 4..<79 where !unused.contains(at) && (isStream || at != 64) {
      #expect(try !diagnostics(flipped(file, at)).isEmpty, "byte \(at)")
    }
    for at in [79, 300, 511] {
      #expect(try diagnosticNames(flipped(file, at)).contains("reservedNotZero"))
    }
    for at in 0..<4 { #expect(try !diagnostics(flipped(file, at)).isEmpty) }
  }

  @Test(arguments: Sample.streams)
  func aByteChangedInAnyMarkerIsFound(sample: Sample) throws {
    let file = try sample.file()
    for marker in markers(file) {
      for at in 0..<(marker.size > 0 ? 12 : 16) {
        #expect(
          try !diagnostics(flipped(file, marker.offset + at)).isEmpty, "\(marker) byte \(at)")
      }
    }
  }

  @Test(arguments: Sample.streams)
  func aByteChangedInAGrainsDataOrPaddingIsFound(sample: Sample) throws {
    let file = try sample.file()
    var dice = SeededNumbers(seed: 3)
    for marker in markers(file) where marker.size > 0 {
      let end = marker.offset + 12 + marker.size
      var places = (0..<12).map { _ in Int.random(in: marker.offset + 12..<end, using: &dice) }
      places += [marker.offset + 12, marker.offset + 13, end - 1, end - 4]
      for at in places {
        let found = try diagnostics(flipped(file, at, by: 0x10))
        #expect(!found.isEmpty, "byte \(at)")
        #expect(found.contains { $0.place.offset == UInt64(marker.offset) })
      }
      if end % 512 != 0 {
        #expect(try diagnosticNames(flipped(file, end)).contains("paddingNotZero"))
      }
    }
  }

  @Test
  func aChangedChecksumIsToldApartFromChangedData() throws {
    let file = try Sample.all[0].file()
    let grain = markers(file)[1]
    let names = try diagnosticNames(flipped(file, grain.offset + 12 + grain.size - 1))
    #expect(names == ["grainChecksum"])
  }

  @Test(arguments: Sample.all)
  func aByteChangedInATableOrDirectoryIsFound(sample: Sample) throws {
    let file = try sample.file()
    let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
    let directory = Int(try #require(disk.extent?.directorySector)) * 512
    func number(_ at: Int) -> Int {
      file[at..<at + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let count = try #require(disk.header?.tableCount)
    var places = (0..<count * 4).map { directory + $0 }
    for table in 0..<count where number(directory + table * 4) > 0 {
      let start = number(directory + table * 4) * 512
      places += (0..<40).map { start + $0 }
      places.append(start + Int(sample.width) * 4 - 1)
    }
    if disk.header?.flags.contains(.redundantDirectory) == true {
      let copy = Int(disk.header?.redundantDirectorySector ?? 0) * 512
      places += (0..<count * 4).map { copy + $0 }
      places += (0..<20).map { number(copy) * 512 + $0 }
    }
    for at in places { #expect(try !diagnostics(flipped(file, at)).isEmpty, "byte \(at)") }
  }

  @Test(arguments: Sample.streams)
  func aByteChangedInTheFooterIsFound(sample: Sample) throws {
    let file = try sample.file()
    guard let marker = markers(file).first(where: { $0.type == 3 }) else { return }
    for at in 0..<79 where !(48..<56).contains(at) {
      #expect(try !diagnostics(flipped(file, marker.offset + 512 + at)).isEmpty, "byte \(at)")
    }
    #expect(try !diagnostics(flipped(file, marker.offset + 1024 + 100)).isEmpty)
  }

  @Test(arguments: Sample.all)
  func aCutAtAnyBoundaryIsFoundByTheCheapCheck(sample: Sample) throws {
    let file = try sample.file()
    guard !sample.grains.isEmpty else { return }
    var cuts = [1, 511, 512, 1000, 1024, file.count / 2]
    let isFooted = file[56..<64].allSatisfy { $0 == 0xFF }
    // Of shape c, what follows the last grain is padding; its loss costs nothing.
    let isStream = file[10] == 3
    let ends = isStream ? markers(file) : []
    let last = ends.last { $0.size > 0 }
    let content = last.map { $0.offset + 12 + $0.size } ?? file.count
    for marker in ends { cuts += [marker.offset - 1, marker.offset, marker.offset + 12] }
    let hasFooter = ends.contains { $0.type == 3 }
    cuts += hasFooter ? [file.count - sample.padding - 1] : [content - 1]
    for cut in cuts where cut > 0 && cut < (hasFooter ? file.count - sample.padding : content) {
      let disk = try VirtualDisk.open(
        MemorySource(Array(file[..<cut]), name: "disk.vmdk"))
      #expect(!disk.diagnostics.isEmpty, "cut at \(cut) of \(file.count), \(isFooted)")
    }
  }

  @Test
  func whatIsMissingOfAnUncompressedExtentIsToldToTheByte() throws {
    let file = try Sample(testDescription: "", layout: .monolithicSparse(version: 1)).file()
    let disk = try VirtualDisk.open(
      MemorySource(Array(file.dropLast(1500)), name: "disk.vmdk"))
    #expect(disk.diagnostics.map(\.kind).contains(.truncated(missing: 1500, atLeast: false)))
  }

  @Test
  func whatIsMissingOfAStreamWithoutFooterIsToldToTheByte() throws {
    let file = try Sample.all[6].file()
    let last = try #require(markers(file).last { $0.size > 0 })
    let disk = try VirtualDisk.open(
      MemorySource(Array(file[..<(last.offset + 12 + last.size - 70)]), name: "disk.vmdk"))
    #expect(disk.diagnostics.map(\.kind).contains(.truncated(missing: 70, atLeast: false)))
  }

  @Test(arguments: Sample.streams)
  func aZeroedStretchInTheMiddleIsFound(sample: Sample) throws {
    guard sample.grains.count > 3 else { return }
    var file = try sample.file()
    let grains = markers(file).filter { $0.size > 0 }
    for at in grains[1].offset..<grains[3].offset { file[at] = 0 }
    let names = try diagnosticNames(file)
    #expect(names.contains("dataAfterEnd"))
    #expect(names.contains("entryWithoutGrain"))
  }

  @Test(arguments: Sample.streams)
  func dataAfterTheEndIsFound(sample: Sample) throws {
    let file = try sample.file() + [UInt8](repeating: 0x41, count: 512)
    let names = try diagnosticNames(file)
    #expect(names.contains("trailingData"))
    #expect(names.contains("dataAfterEnd"))
  }

  @Test
  func aTransferInTextModeIsNamed() throws {
    var file = try Sample.all[0].file()
    file[75] = 0x0A
    #expect(try diagnosticNames(file).contains("textModeDamage"))
  }

  @Test
  func aDiskThatWasNotClosedIsNamed() throws {
    #expect(try diagnosticNames(flipped(Sample.all[8].file(), 72, by: 1)).contains("unclean"))
  }

  @Test
  func contentsBehindADamagedGrainAreAnErrorNotWrongBytes() throws {
    let file = try Sample.all[0].file()
    let grain = markers(file)[0]
    let disk = try VirtualDisk.open(
      MemorySource(flipped(file, grain.offset + 20), name: "disk.vmdk"))
    #expect(throws: DiskError.self) { try contents(disk) }
  }

  /// A disk of `qemu-img` with three grain tables, one of them of holes alone.
  private func diskOfQemu(_ subformat: String, in folder: Folder) throws {
    let (raw, _) = try OtherProducersTests.raw(in: folder)
    try QemuImage.run(
      "convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=\(subformat)", raw,
      "\(folder.path)/disk.vmdk")
  }

  /// The bytes to change of a directory with its tables: all of the directory, and the ends, the
  /// entries that are set and one that is not of each table.
  private func places(in file: [UInt8], directory: Int, tables: Int, width: Int) -> [Int] {
    func number(_ at: Int) -> Int {
      file[at..<at + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    var places = (0..<tables * 4).map { directory + $0 }
    for table in 0..<tables {
      let start = number(directory + table * 4) * 512
      guard start > 0 else { continue }
      let set = (0..<width).filter { number(start + $0 * 4) != 0 }
      for entry in Set([0, width / 2, width - 1] + set.prefix(2) + set.suffix(1)) {
        places.append(start + entry * 4 + entry % 4)
      }
    }
    return places
  }

  @Test(
    .enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu),
    arguments: ["streamOptimized", "monolithicSparse", "twoGbMaxExtentSparse"])
  func aByteChangedInADiskOfQemuImgIsFound(subformat: String) throws {
    let folder = try Folder()
    try diskOfQemu(subformat, in: folder)
    let name = try folder.open("disk.vmdk").otherFiles.first ?? "disk.vmdk"
    let source = try FileSource(path: "\(folder.path)/\(name)")
    let file = try source.bytes(at: 0, count: Int(source.size))
    #expect(try diagnostics(file).isEmpty)
    let disk = try VirtualDisk.open(source)
    let header = try #require(disk.header)
    let tables = try #require(header.tableCount)
    #expect(tables == 3)
    var places = [0, 4, 8, 12, 20, 28, 44, 48, 56, 72, 74, 77, 100]
    if subformat != "twoGbMaxExtentSparse" { places.append(36) }
    for sector in [disk.extent?.directorySector, header.redundantDirectorySector] {
      let directory = Int(try #require(sector)) * 512
      places += self.places(
        in: file, directory: directory, tables: tables, width: Int(header.tableEntries))
    }
    if subformat == "streamOptimized" {
      var dice = SeededNumbers(seed: 5)
      for marker in markers(file) where marker.size > 0 {
        places += [0, 3, 7, 8, 9, 11].map { marker.offset + $0 }
        places += (0..<4).map { _ in
          marker.offset + 12 + Int.random(in: 0..<marker.size, using: &dice)
        }
      }
    }
    let text = try folder.open("disk.vmdk")
    for at in places {
      let changed = MemorySource(flipped(file, at), name: name)
      // The capacity of an extent is told wrong by the text that names it.
      let seen: any ByteSource = text.otherFiles.isEmpty ? changed : text.source
      let disk = try VirtualDisk.open(seen) { _ in changed }
      let found = try disk.diagnostics + DeepDiskCheck.run(changed).diagnostics
      #expect(!found.isEmpty, "byte \(at)")
    }
  }

  @Test(.enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu))
  func aCutAtAnyGrainOfAStreamOfQemuImgIsFoundByTheCheapCheck() throws {
    let folder = try Folder()
    try diskOfQemu("streamOptimized", in: folder)
    let source = try FileSource(path: "\(folder.path)/disk.vmdk")
    let file = try source.bytes(at: 0, count: Int(source.size))
    let grains = markers(file).filter { $0.size > 0 }
    let directory = try #require(try VirtualDisk.open(source).extent?.directorySector)
    var cuts = [1, 79, 511, 512, 1024, Int(directory) * 512, Int(directory) * 512 + 512]
    for grain in grains {
      cuts += [0, 11, 12, 12 + grain.size / 2, 12 + grain.size - 1].map { grain.offset + $0 }
    }
    for cut in cuts {
      let disk = try VirtualDisk.open(MemorySource(Array(file[..<cut]), name: "disk.vmdk"))
      #expect(disk.diagnostics.contains { $0.weight == .damage }, "cut at \(cut)")
    }
  }

  @Test(
    .enabled(if: QemuImage.isThere, IntactDiskTests.needsQemu),
    arguments: ["monolithicFlat", "twoGbMaxExtentFlat", "twoGbMaxExtentSparse"])
  func aCutExtentOfADiskOfQemuImgIsFound(subformat: String) throws {
    let folder = try Folder()
    try diskOfQemu(subformat, in: folder)
    let name = try #require(try folder.open("disk.vmdk").otherFiles.first)
    let path = "\(folder.path)/\(name)"
    let source = try FileSource(path: path)
    let file = try source.bytes(at: 0, count: Int(source.size))
    // The last grain of the disk is stored whole; the capacity ends five sectors into it.
    let end = subformat == "twoGbMaxExtentSparse" ? file.count - 65_536 + 5 * 512 : file.count
    for cut in [0, 100, 512, file.count / 2, end - 512, end - 1] {
      _ = try folder.write(Array(file[..<cut]), name)
      #expect(try !folder.open("disk.vmdk").diagnostics.isEmpty, "cut at \(cut)")
    }
  }
}
