import Foundation

/// Records of a catalog of any size, in an order that is none of their fields'.
enum CatalogRecords {
  static let orders =
    [""]
    + [
      "created_on", "data_store", "folder", "id", "label", "name", "path", "public", "updated_on",
    ].flatMap { ["\($0),asc", "\($0),desc"] }

  private static let kinds = [
    "ubuntu", "centos", "debian", "photon-os", "core-os", "windows", "suse", "appliances",
    "graylog", "f5",
  ]

  /// Writes the records as CSV, as `ova catalog import` reads it.
  static func write(rows: Int, to path: String) throws {
    FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
    var text = "created_on,data_store,folder,id,label,name,path,public,updated_on\n"
    for number in 0..<rows {
      // 7919 is prime, so that every record comes once.
      let key = number * 7919 % rows
      let kind = kinds[key % 10]
      let folder = "VmImages/\(kind)/\(key / 10 % 500)"
      let name = "\(kind)-\(key).ova"
      text += "\(time(2015 + key % 9, key)),vss-ISOs,\(folder),\(number + 1),\(folder)/\(name),\(name),"
      text += "[vss-ISOs] \(folder)/\(name),true,\(time(2016 + key % 8, key / 3))\n"
      if text.utf8.count > 1 << 20 {
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private static func time(_ year: Int, _ key: Int) -> String {
    String(
      format: "%d-%02d-%02d %02d:%02d:%02d", year, 1 + key % 12, 1 + key % 28, key % 24, key % 60,
      key / 60 % 60)
  }
}
