import Foundation
import Logging
import OVAConfiguration
import OVAKit
import OVAServer

// The code of the articles in `Sources/OVAKit/OVAKit.docc`, so that the compiler sees it.
// `ArticleTests` compares the lines.

private func overview() async throws {
  let package = try Package.open("web.ova")
  for machine in package.machines() {
    print(machine.name, machine.hardware?.virtualCPUs ?? 0, machine.hardware?.memoryBytes ?? 0)
  }
  let check = await package.check()
  for finding in check.findings {
    print(finding.severity, finding.message, finding.fix)
  }
}

private func opening(handle: FileHandle, bytes: [UInt8], stream: any ByteStream) throws {
  let package = try Package.open("web.ova")

  let fromHandle = try Package.open(handle, name: "upload.ova")
  let fromBytes = try Package.open(bytes: bytes, name: "download.ova")
  let (fromStream, evidence) = try Package.read(stream)

  for machine in package.machines(in: "large") {
    guard let hardware = machine.hardware else { continue }
    let families = hardware.families.joined(separator: ", ")
    print(machine.name, machine.guest ?? "unknown guest", families)
    print(hardware.virtualCPUs ?? 0, hardware.memoryBytes ?? 0, hardware.disks.count)
  }

  for diagnostic in package.envelope.diagnostics {
    print(diagnostic.place, diagnostic.kind)
  }

  let json = package.json(pretty: true)
  _ = (fromHandle, fromBytes, fromStream, evidence, json)
}

private func checking() async throws {
  let check = try await Package.check("web.ova")
  print(check.passes ? "no errors" : "errors")
  for finding in check.findings where finding.severity == .error {
    print(finding.place, finding.message)
    print("  expected:", finding.expected ?? "", "found:", finding.found ?? "")
    print("  fix:", finding.fix)
  }

  if let rule = check.findings.first?.definition {
    print(rule.title)
    print(rule.explanation())
  }

  let json = check.json()
  _ = json
}

private func checkingQuickly() async throws {
  var options = ReadingOptions()
  options.digests = false
  let quick = try await Package.check("web.ova", options)
  _ = quick
}

private func checkingWithSomeRules() async throws {
  let package = try Package.open("web.ova")
  let checked = await package.checked()
  let manifest = Rule.all.filter { $0.group == .manifest }
  let findings = Rule.findings(of: manifest, in: checked)
  _ = findings
}

private func checkingDisks() async throws {
  var options = ReadingOptions()
  options.deep = true
  options.workers = 4
  let check = try await Package.check("web.ova", options)

  if let checked = check.checked {
    for disk in checked.package.disks {
      let verification = checked.verification(of: disk)
      print(disk.reference.reference.href?.text ?? "", verification.isComplete)
      print(verification.checked, verification.unchecked)
    }
  }

  let file = try FileSource(path: "disk.vmdk")
  let result = try DeepDiskCheck.run(file)
  print(result.isChecked, result.grains, result.allocatedBytes, result.diagnostics.count)
}

private func keeping() throws {
  let catalog = try CatalogStore(path: "catalog.db")
  let summary = try catalog.index(folder: "/srv/appliances", dataStore: "appliances")
  print(summary.counts.packages, summary.added, summary.gone)

  let page = try catalog.images(
    matching: "name,like,%ubuntu%", sort: "name,asc", paging: Paging(page: 1, perPage: 20))
  print(page.total)
  for record in page.rows {
    print(String(decoding: record.json(), as: UTF8.self))
  }

  if let id = page.rows.first?.id {
    let row = try catalog.read { try $0.package(id: id, scope: .all) }
    print(row?.state ?? .unreadable)
  }
}

private func serving() async throws {
  var configuration = Configuration()
  configuration.database = "catalog.db"
  configuration.timeZone = "UTC"
  configuration.server.host = "127.0.0.1"
  configuration.server.port = 8080
  let server = try ImageServer(configuration, logger: Logger(label: "images"))
  try await server.run { port in
    print("listening on port \(port)")
  }
}
