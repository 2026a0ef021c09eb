import OVABasics

extension DiskDiagnosticKind {
  /// Name, weight and sentence of what is wrong with a descriptor or its extents.
  var descriptorExplained: Explained? {
    switch self {
    case .descriptorAreaFull(let free):
      (
        "descriptorAreaFull", .note,
        "the area of the disk's text has \(free) bytes left: VirtualBox adds lines to it "
          + "(ddb.uuid.*) and then writes over the grain directory behind it"
      )
    case .encodingUnknown(let name):
      (
        "encodingUnknown", .doubt,
        "the descriptor's encoding '\(name.forDisplay)' is not known, so that names may be read wrong"
      )
    case .encodingContradicted(let name):
      (
        "encodingContradicted", .doubt,
        "the descriptor says that it is in \(name.forDisplay), and has bytes that are not"
      )
    case .createTypeRefused(let createType):
      (
        "createTypeRefused", .doubt,
        "it is of type \(createType.forDisplay), which importers refuse"
      )
    case .descriptorUnreadable:
      ("descriptorUnreadable", .damage, "the descriptor is not text")
    case .descriptorTooLarge(let limit, let found):
      (
        "descriptorTooLarge", .damage,
        "the descriptor has \(found) bytes, more than the limit 'diskDescriptorBytes' of \(limit)"
      )
    case .descriptorFirstLine(let found):
      (
        "descriptorFirstLine", .doubt,
        "the descriptor begins with '\(found.forDisplay)', not with '# Disk DescriptorFile'"
      )
    case .descriptorNUL: ("descriptorNUL", .damage, "text follows a NUL in the descriptor")
    case .descriptorKeyMissing(let key):
      ("descriptorKeyMissing", .doubt, "the descriptor has no '\(key.forDisplay)'")
    case .descriptorKeyTwice(let key):
      ("descriptorKeyTwice", .doubt, "the descriptor has '\(key.forDisplay)' twice")
    case .descriptorLine(let found):
      ("descriptorLine", .doubt, "the descriptor's line '\(found.forDisplay)' has no meaning")
    case .descriptorQuotes(let found):
      (
        "descriptorQuotes", .doubt,
        "the descriptor's line '\(found.forDisplay)' has quotes that are not in pairs"
      )
    case .descriptorLoneReturn:
      (
        "descriptorLoneReturn", .doubt,
        "the descriptor has a carriage return without a line feed, which VirtualBox refuses"
      )
    case .descriptorLineEnds(let lines):
      (
        "descriptorLineEnds", .note,
        "\(lines == 1 ? "1 line" : "\(lines) lines") of the descriptor inside the disk "
          + "\(lines == 1 ? "ends" : "end") in CR LF: it was edited"
      )
    case .descriptorKeyUnknown(let key):
      (
        "descriptorKeyUnknown", .note,
        "no known producer writes the descriptor's '\(key.forDisplay)'"
      )
    case .descriptorVersion(let found):
      ("descriptorVersion", .doubt, "the descriptor's version is '\(found.forDisplay)'")
    case .contentIDInvalid(let key, let found):
      ("contentIDInvalid", .doubt, "\(key) is '\(found.forDisplay)', not a hexadecimal number")
    case .createTypeUnknown(let found):
      ("createTypeUnknown", .doubt, "the createType '\(found.forDisplay)' is not known")
    case .createTypeContradiction(let createType, let compressed):
      (
        "createTypeContradiction", .doubt,
        "the createType is '\(createType.forDisplay)', the extent is "
          + "\(compressed ? "compressed" : "not compressed")"
      )
    case .adapterTypeUnknown(let found):
      ("adapterTypeUnknown", .doubt, "the adapter type '\(found.forDisplay)' is not known")
    case .hasParent(let contentID, let hint):
      (
        "hasParent", .damage,
        "it holds only the changes to another disk (parentCID \(contentID.forDisplay)"
          + (hint.map { ", '\($0.forDisplay)')" } ?? ")")
      )
    case .extentsMissing: ("extentsMissing", .doubt, "the descriptor names no extents")
    case .tooManyExtents(let most, let found):
      (
        "tooManyExtents", .damage,
        "the descriptor has \(found) extents, more than the limit 'diskExtents' of \(most)"
      )
    case .extentInvalid(let found):
      ("extentInvalid", .damage, "the extent line '\(found.forDisplay)' cannot be read")
    case .extentsDisagree(let expected, let found):
      (
        "extentsDisagree", .damage,
        "the extents have \(found) sectors in all, the header's capacity is \(expected)"
      )
    case .extentAbsolute(let name):
      ("extentAbsolute", .damage, "the extent '\(name.forDisplay)' is an absolute path")
    case .extentEscapes(let name):
      ("extentEscapes", .damage, "the extent '\(name.forDisplay)' leads out of the package")
    case .extentDevice(let name):
      ("extentDevice", .damage, "the extent '\(name.forDisplay)' is a device of the host")
    case .extentMissing(let name):
      ("extentMissing", .damage, "the extent '\(name.forDisplay)' is not there")
    case .extentTooShort(let name, let expected, let found):
      (
        "extentTooShort", .damage,
        "the extent '\(name.forDisplay)' has \(found) bytes, the descriptor needs \(expected)"
      )
    default: nil
    }
  }
}
