// Prints the hardware of the machines in packages as CSV: hardware-table PACKAGE…
import Foundation
import OVAKit

print("package,machine,guest,vcpus,memory_mib,disks,capacity_bytes")
for path in CommandLine.arguments.dropFirst() {
  do throws(PackageError) {
    let package = try Package.open(path)
    let capacities = package.envelope.disks.map { disk in
      let capacity = package.envelope.capacity(
        of: disk, in: package.envelope.defaultConfiguration)
      return (try? capacity?.get()) ?? 0
    }
    for machine in package.machines() {
      let hardware = machine.hardware
      let fields: [Any] = [
        path, machine.name, machine.guest ?? "", hardware?.virtualCPUs ?? 0,
        (hardware?.memoryBytes ?? 0) >> 20, hardware?.disks.count ?? 0, capacities.reduce(0, +),
      ]
      print(fields.map { "\"\("\($0)".replacing("\"", with: "\"\""))\"" }.joined(separator: ","))
    }
  } catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
  }
}
