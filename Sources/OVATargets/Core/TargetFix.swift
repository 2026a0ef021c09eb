/// Fixes in words that several conditions share.
enum TargetFix {
  static let ustar =
    "Write the archive anew in the ustar form with short names: "
    + "`ova fix PATH --write NEW.ova`, or `tar --format=ustar`."
  static let oneOption =
    "Make a package of each deployment option, without the others' items, and "
    + "import the one that is wanted."
  static let mebibytes = "Write the memory in `byte * 2^20`."
  static let digest =
    "Fetch the package again. Recreate the manifest only when the files are known "
    + "to be right."
  static let order = "Put the descriptor first: `ova fix PATH --write NEW.ova`."
  static let ovf1 = "Export the machine as OVF 1.1."
  static let oneMachine = "Make a package of each machine."
  static let plainStructure = "Export each machine as OVF 1.1, as a package of its own."
  static let shortName =
    "Give the file a name of at most 100 characters, in the archive, the References and the manifest."
  static let dotSlash =
    "Write the archive anew without `./` before the names: `ova fix PATH --write NEW.ova`."
  static let oneDisk = "Import each disk as an image of its own."
  static let blankDisk = "Remove the empty disk and add it after the import."
  static let chunks = "Put the chunks together into one file and remove `ovf:chunkSize`."
  static let lowerCase = "Name the descriptor with `.ovf` in lower case."
  static let plainName =
    "Name the file with letters, digits, `.`, `-` and `_` alone, in the archive, "
    + "the References and the manifest."
  static let scsi = "Put the disks on a SCSI controller."
  static let afterwards = "Set it again after the import."
  static let checkAfterwards = "Compare the machine with the package after the import."
  static let hostResource = "Write the HostResource as `ovf:/disk/ID`, with the ID of a Disk."
  static let vmdk = "Convert the disk: `qemu-img convert -O vmdk -o subformat=streamOptimized`."
  static let ownManifest = "Verify the package with `ova check` before the import."
  static let utf8 = "Write the descriptor in UTF-8."
  static let unpack = "Unpack the package and convert its disks: `ova unpack`, `qemu-img convert`."
}
