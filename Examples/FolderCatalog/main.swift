// Indexes a folder and prints its records as JSON lines: folder-catalog FOLDER DATABASE [FILTER]
import Foundation
import OVAKit

let arguments = CommandLine.arguments
guard arguments.count == 3 || arguments.count == 4 else {
  print("usage: folder-catalog FOLDER DATABASE [FILTER]")
  exit(2)
}
let folder = URL(fileURLWithPath: arguments[1]).standardizedFileURL.path
let catalog = try CatalogStore(path: arguments[2])
var options = ScanOptions()
options.settle = 0
let summary = try catalog.index(folder: folder, dataStore: "example", options: options)
FileHandle.standardError.write(
  Data("\(summary.counts.packages) packages, \(summary.counts.read) read\n".utf8))
for record in try catalog.images(matching: arguments.count == 4 ? arguments[3] : nil).rows {
  print(String(decoding: record.json(), as: UTF8.self))
}
try catalog.close()
