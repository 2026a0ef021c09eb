import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// A CD that cannot be read to its end.
  static let imageDamaged = Rule(
    id: "image-damaged",
    group: .disks,
    title: "The image of a CD is damaged or cut short",
    severity: .error,
    basis: .practice("ECMA-119: the volume descriptor tells how long the volume is."),
    why: "The image's own structure leads past the end of its file, or contradicts itself. The "
      + "machine that reads the CD, often while it starts for the first time, finds files missing.",
    fix: "Fetch the image again and compare its size and digest with the publisher's.",
    triggering: [
      Example(
        .folder, edits: [.withImage, .withImageUsed],
        [.add("seed.iso", .bytes(ISO9660Example(blocks: 400).bytes))]),
      Example(
        .folder, edits: [.withImage, .withImageUsed],
        [.add("seed.iso", .text("<!DOCTYPE html><html></html>"))],
        caption: "a web page in its place"),
    ],
    passing: [
      .sound(.ova),
      Example(
        .folder, edits: [.withImage, .withImageUsed],
        [.add("seed.iso", .bytes(ISO9660Example().bytes))],
        documented: false),
    ]
  ) { checked, findings in
    for image in checked.package.images {
      guard case .disk(let content) = image.content else { continue }
      let name = image.reference.hrefText
      let place = image.reference.filePlace
      guard content.format == .iso9660 || content.format.mayBeRaw else {
        findings.add(
          "'\(name)' is said to be the image of a CD and looks like \(content.format.name)",
          at: place, expected: "an ISO 9660 image", found: content.format.name,
          fix: content.format.isPlaceholder
            ? "Fetch the file that the pointer stands for: `git lfs pull` or `git annex get`." : nil
        )
        continue
      }
      guard content.format == .iso9660 else { continue }
      let deep = checked.evidence.of(image.reference)?.deep
      let diagnostics = (deep.map(content.diagnostics(with:)) ?? content.diagnostics).map {
        diagnostic in
        diagnostic.place.file == content.name ? diagnostic.renamed(place.file) : diagnostic
      }
      // An end that is not there is what the rest follows from.
      let shown = diagnostics.roots(isCutShort: image.reference.isCutShort)
      guard let first = shown.first(where: { $0.weight == .damage }) ?? shown.first else {
        continue
      }
      let more = shown.count > 1 ? "; and \(shown.count - 1) more" : ""
      findings.add(
        "'\(name)': \(first.text)\(more)", at: first.place,
        severity: first.weight == .damage ? nil : first.weight == .doubt ? .warning : .info)
    }
  }
}

extension Example.Edit {
  /// The package has a CD image.
  fileprivate static let withImage = Example.Edit(
    old: "</References>",
    new: #"<File ovf:id="file9" ovf:href="seed.iso"/></References>"#)

  /// The machine refers to it.
  fileprivate static let withImageUsed = Example.Edit(
    old: "</VirtualHardwareSection>",
    new:
      #"<vmw:ExtraConfig vmw:key="ide1:0.fileName" vmw:value="ovf:/file/file9"/></VirtualHardwareSection>"#
  )
}

/// An ISO 9660 image with an empty directory.
struct ISO9660Example {
  /// Blocks that the volume says it has; it has 24.
  var blocks: UInt32 = 24

  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 24 * 2048)
    func put(_ number: UInt32, _ width: Int, at offset: Int) {
      for index in 0..<width {
        bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt32(index * 8))
        bytes[offset + 2 * width - 1 - index] = UInt8(
          truncatingIfNeeded: number >> UInt32(index * 8))
      }
    }
    func putRecord(_ name: UInt8, at offset: Int) {
      bytes[offset] = 34
      put(20, 4, at: offset + 2)
      put(2048, 4, at: offset + 10)
      bytes[offset + 25] = 2
      bytes[offset + 32] = 1
      bytes[offset + 33] = name
    }
    for (sector, kind) in [(16, UInt8(1)), (17, 255)] {
      bytes.replaceSubrange(
        sector * 2048..<sector * 2048 + 7, with: [kind] + Array("CD001".utf8) + [1])
    }
    let volume = 16 * 2048
    put(blocks, 4, at: volume + 80)
    put(2048, 2, at: volume + 128)
    put(10, 4, at: volume + 132)
    bytes[volume + 140] = 19
    putRecord(0, at: volume + 156)
    putRecord(0, at: 20 * 2048)
    putRecord(1, at: 20 * 2048 + 34)
    return bytes
  }
}
