public import OVABasics

/// Makes sparse VMDK files in memory, byte by byte the same for the same calls.
///
/// It writes the shapes that real producers write, among them those that `qemu-img` cannot.
public struct SparseDiskWriter: ~Copyable {
  /// The layout of the written file.
  public enum Layout: Hashable, Sendable {
    /// Compressed grains behind markers, the directory where the shape has it.
    case streamOptimized(StreamShape)
    /// Plain grains behind a directory and its redundant copy; version 2 knows zero grains.
    case monolithicSparse(version: UInt32)
  }

  /// Options of the disk; the defaults are those of VMware.
  public struct Options: Hashable, Sendable {
    /// Sectors of a grain; a power of two up to 4096.
    public var grainSize: UInt64 = 128
    /// Entries of a grain table; a power of two up to 65536.
    public var tableEntries: UInt32 = 512
    /// libdeflate's level, 0 to 12.
    public var level = 6
    /// True if each table follows its grains (ovftool) or all come last; footer shapes only.
    ///
    /// Needs grains in ascending order.
    public var interleavesTables = false
    /// Zero bytes after the end of stream.
    public var padding = 0
    /// The descriptor; nil writes a usual one.
    public var descriptor: String?
    /// The extent's name in the usual descriptor.
    public var extentName = "generated-stream.vmdk"
    /// Further lines of the usual descriptor.
    public var lines = ["ddb.adapterType = \"lsilogic\"", "ddb.virtualHWVersion = \"10\""]

    /// The defaults.
    public init() {}
  }

  private let layout: Layout
  private let options: Options
  private let capacity: UInt64
  private let deflater: Deflater
  private var output: [UInt8] = []
  /// Sectors by grain; 0 is a hole. Bounded by the caller's capacity.
  private var entries: [UInt32]
  private var directory: [UInt32]
  private var openTable: Int?
  private var lastGrain: UInt64 = 0
  private let frontDirectory: UInt64
  private let overhead: UInt64

  private var width: Int { Int(options.tableEntries) }
  private var isCompressed: Bool {
    if case .streamOptimized = layout { true } else { false }
  }
  private var hasFooter: Bool {
    switch layout {
    case .streamOptimized(.directoryInFooter), .streamOptimized(.directoryInBoth): true
    default: false
    }
  }
  private static let descriptorSectors: UInt64 = 20

  /// Begins a disk.
  /// - Parameters:
  ///   - capacity: the virtual size in bytes, a multiple of 512.
  ///   - layout: which file to write.
  ///   - options: what may be chosen.
  /// - Throws: `DiskError` when the sizes make no disk.
  public init(
    capacity: UInt64, layout: Layout, options: Options = Options()
  ) throws(DiskError) {
    let grains = options.grainSize > 0 ? (capacity / 512 + options.grainSize - 1) : 0
    guard capacity > 0, capacity % 512 == 0, capacity <= 1 << 42,
      options.grainSize.nonzeroBitCount == 1, options.grainSize <= SparseHeader.largestGrain,
      options.tableEntries.nonzeroBitCount == 1, options.tableEntries <= 65_536,
      let deflater = Deflater(level: options.level)
    else {
      throw DiskError(
        code: .unsupported, doing: "write a disk", reason: "its sizes make no disk",
        place: Place(options.extentName))
    }
    self.deflater = deflater
    self.layout = layout
    self.options = options
    self.capacity = capacity / 512
    let count = Int(grains / options.grainSize)
    let tables = (count - 1) / Int(options.tableEntries) + 1
    entries = [UInt32](repeating: 0, count: tables * Int(options.tableEntries))
    directory = [UInt32](repeating: 0, count: tables)
    let tableSectors = (UInt64(options.tableEntries) * 4 + 511) / 512
    let copy = (UInt64(tables) * 4 + 511) / 512 + UInt64(tables) * tableSectors
    let front = 1 + Self.descriptorSectors
    frontDirectory = front + copy
    let isInFront =
      switch layout {
      case .streamOptimized(.directoryAtFront), .monolithicSparse: true
      default: false
      }
    let least = isInFront ? front + 2 * copy : front
    overhead = (least + options.grainSize - 1) / options.grainSize * options.grainSize
    output = [UInt8](repeating: 0, count: Int(overhead * 512))
  }

  /// Adds a grain.
  /// - Parameters:
  ///   - bytes: a grain's bytes; shorter ones are filled up with zeros, but for the last grain of
  ///     a stream, which may be written short as open-vmdk does.
  ///   - index: which grain of the disk it is.
  /// - Throws: `DiskError` when it is past the end, there already, too long, or out of order
  ///   where tables are interleaved.
  public mutating func append(_ bytes: [UInt8], grain index: Int) throws(DiskError) {
    let size = Int(options.grainSize) * 512
    try check(index)
    guard bytes.count <= size else { throw refusal("the grain has \(bytes.count) bytes") }
    let table = index / width
    if options.interleavesTables, hasFooter, let open = openTable, open != table {
      guard open < table else { throw refusal("grain \(index) is out of order") }
      writeTable(open)
    }
    openTable = table
    entries[index] = UInt32(truncatingIfNeeded: output.count / 512)
    lastGrain = UInt64(output.count)
    if isCompressed {
      let isLast = UInt64(index + 1) * options.grainSize > capacity
      let whole = isLast ? bytes : bytes + [UInt8](repeating: 0, count: size - bytes.count)
      let data = deflater.deflate(whole)
      put(UInt64(index) * options.grainSize)
      put(UInt32(truncatingIfNeeded: data.count))
      output += data
    } else {
      output += bytes + [UInt8](repeating: 0, count: size - bytes.count)
    }
    padToSector()
  }

  /// Marks a grain as all zeros without storing it; for monolithicSparse of version 2.
  /// - Throws: `DiskError` when the layout has no zero grains or the grain is there already.
  public mutating func appendZeros(grain index: Int) throws(DiskError) {
    guard case .monolithicSparse(let version) = layout, version >= 2 else {
      throw refusal("the layout has no zero grains")
    }
    try check(index)
    entries[index] = 1
  }

  /// Ends the disk and gives the file's bytes.
  public consuming func finish() -> [UInt8] {
    switch layout {
    case .streamOptimized(.directoryAtFront):
      writeFrontTables()
      // Importers refuse a stream with neither a grain nor an end.
      if lastGrain == 0 { putMarker(sectors: 0, type: 0) }
      let end = Int(lastGrain) + Int(options.grainSize) * 512
      output += [UInt8](repeating: 0, count: max(0, end - output.count))
      writeFront(directory: frontDirectory)
    case .monolithicSparse:
      writeFrontTables()
      writeFront(directory: frontDirectory)
    case .streamOptimized(let shape):
      for table in directory.indices where directory[table] == 0 { writeTable(table) }
      let sectors = (directory.count * 4 + 511) / 512
      putMarker(sectors: UInt64(sectors), type: 2)
      let place = UInt64(output.count / 512)
      directory.forEach { put($0) }
      padToSector()
      putMarker(sectors: 1, type: 3)
      output += header(directory: place)
      putMarker(sectors: 0, type: 0)
      writeFront(directory: shape == .directoryInBoth ? place : SparseHeader.directoryInFooter)
    }
    output += [UInt8](repeating: 0, count: options.padding)
    return output
  }

  // MARK: - Pieces

  private func check(_ index: Int) throws(DiskError) {
    let count = (capacity - 1) / options.grainSize + 1
    guard index >= 0, UInt64(index) < count else { throw refusal("there is no grain \(index)") }
    guard entries[index] == 0 else { throw refusal("grain \(index) is there already") }
  }

  private func refusal(_ reason: String) -> DiskError {
    DiskError(
      code: .unsupported, doing: "add a grain", reason: reason, place: Place(options.extentName))
  }

  private mutating func put(_ number: some FixedWidthInteger) {
    for byte in 0..<number.bitWidth / 8 {
      output.append(UInt8(truncatingIfNeeded: number >> (8 * byte)))
    }
  }

  private mutating func padToSector() {
    let rest = output.count % 512
    if rest > 0 { output += [UInt8](repeating: 0, count: 512 - rest) }
  }

  private mutating func putMarker(sectors: UInt64, type: UInt32) {
    put(sectors)
    put(UInt32(0))
    put(type)
    padToSector()
  }

  private mutating func writeTable(_ table: Int) {
    let range = table * width..<(table + 1) * width
    guard entries[range].contains(where: { $0 != 0 }) else { return }
    putMarker(sectors: (UInt64(width) * 4 + 511) / 512, type: 1)
    directory[table] = UInt32(truncatingIfNeeded: output.count / 512)
    for entry in entries[range] { put(entry) }
    padToSector()
  }

  /// The redundant directory and tables, then the first ones, as qemu-img lays them.
  private mutating func writeFrontTables() {
    let tableSectors = (width * 4 + 511) / 512
    let directorySectors = (directory.count * 4 + 511) / 512
    for start in [1 + Int(Self.descriptorSectors), Int(frontDirectory)] {
      var place = start * 512
      for table in directory.indices {
        let sector = start + directorySectors + table * tableSectors
        set(UInt32(truncatingIfNeeded: sector), at: place + table * 4)
      }
      place += directorySectors * 512
      for table in directory.indices {
        for entry in 0..<width {
          set(entries[table * width + entry], at: place + entry * 4)
        }
        place += tableSectors * 512
      }
    }
  }

  private mutating func set(_ number: UInt32, at place: Int) {
    for byte in 0..<4 { output[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
  }

  private mutating func writeFront(directory: UInt64) {
    output.replaceSubrange(0..<512, with: header(directory: directory))
    let text = Array((options.descriptor ?? usualDescriptor).utf8)
      .prefix(Int(Self.descriptorSectors) * 512)
    output.replaceSubrange(512..<512 + text.count, with: text)
  }

  private func header(directory: UInt64) -> [UInt8] {
    var bytes = Array("KDMV".utf8)
    func add(_ number: some FixedWidthInteger) {
      for byte in 0..<number.bitWidth / 8 {
        bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte)))
      }
    }
    var flags: SparseHeader.Flags = [.newlineTest]
    var version: UInt32 = 3
    switch layout {
    case .streamOptimized(let shape):
      flags.formUnion([.compressed, .markers])
      if shape == .directoryAtFront { flags.insert(.redundantDirectory) }
    case .monolithicSparse(let number):
      version = number
      flags.insert(.redundantDirectory)
      if number >= 2 { flags.insert(.zeroGrains) }
    }
    add(version)
    add(flags.rawValue)
    add(capacity)
    add(options.grainSize)
    add(UInt64(1))
    add(Self.descriptorSectors)
    add(options.tableEntries)
    add(hasFooter ? UInt64(0) : 1 + Self.descriptorSectors)
    add(directory)
    add(overhead)
    bytes += [0, 0x0A, 0x20, 0x0D, 0x0A]
    add(UInt16(isCompressed ? 1 : 0))
    return bytes + [UInt8](repeating: 0, count: 512 - bytes.count)
  }

  private var usualDescriptor: String {
    """
    # Disk DescriptorFile
    version=1
    CID=0badcafe
    parentCID=ffffffff
    createType="\(isCompressed ? "streamOptimized" : "monolithicSparse")"

    # Extent description
    RW \(capacity) SPARSE "\(options.extentName)"

    # The Disk Data Base
    #DDB

    \(options.lines.joined(separator: "\n"))

    """
  }
}
