import Dispatch
import Glibc
import OVAArchive
import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor
import Synchronization
import VirtualDisks

/// A reader of bytes from outside. Anything but a crash, a hang or a contradiction is right.
enum Subject: String, CaseIterable {
  case descriptor, unit, disk
  case diskText = "disk-text"
  case archive, manifest, certificate, gzip, package, records, filter

  func read(_ bytes: [UInt8]) {
    switch self {
    case .descriptor: readDescriptor(bytes)
    case .unit: readUnit(bytes)
    case .disk: readDisk(bytes)
    case .diskText: readDiskText(bytes)
    case .archive: readArchive(bytes)
    case .manifest: readManifest(bytes)
    case .certificate: readCertificate(bytes)
    case .gzip: readGzip(bytes)
    case .package: readPackage(bytes)
    case .records: readRecords(bytes)
    case .filter: readFilter(bytes)
    }
  }
}

private func readDescriptor(_ bytes: [UInt8]) {
  guard let envelope = try? Envelope.read(bytes, name: "fuzz.ovf") else { return }
  for system in envelope.virtualSystems {
    _ = envelope.hardware(of: system, in: envelope.defaultConfiguration)?.memoryBytes
  }
  for disk in envelope.disks { _ = envelope.capacity(of: disk, in: nil) }
}

private func readUnit(_ bytes: [UInt8]) {
  guard case .success(let unit) = ProgrammaticUnit.parse(String(decoding: bytes, as: UTF8.self))
  else { return }
  for count in [0, 1, 3, UInt64.max] { _ = unit.baseUnits(count) }
}

private func readDisk(_ bytes: [UInt8]) {
  let source = MemorySource(bytes, name: "fuzz.vmdk")
  let disk = try? VirtualDisk.open(source)
  _ = try? disk?.allocatedBytes()
  _ = try? disk?.allocationMap(buckets: 64)
  // Formats other than VMDK are judged by their structure; every name that they need is there.
  let needing = try? VirtualDisk.open(source) { MemorySource(bytes, name: $0) }
  guard let results = try? needing?.deepChecks(workers: 1) else { return }
  _ = needing?.verification(with: results)
}

private func readDiskText(_ bytes: [UInt8]) {
  let (descriptor, _) = DiskDescriptor.read(bytes, name: "fuzz.vmdk")
  _ = descriptor.sectors
  for extent in descriptor.extents { _ = extent.danger }
}

private func readArchive(_ bytes: [UInt8]) {
  let source = MemorySource(bytes, name: "fuzz.ova")
  guard let archive = try? TarArchive.read(source, limits: Limits()) else { return }
  for member in archive.members { _ = try? archive.source(of: member)?.bytes(at: 0, count: 512) }
}

private func readManifest(_ bytes: [UInt8]) {
  let manifest = Manifest.read(bytes, name: "fuzz.mf")
  for entry in manifest.entries {
    guard manifest.entries(for: entry.fileName).entries.contains(entry) || !isUTF8(entry.nameBytes)
    else { contradiction("an entry is not found by its name") }
  }
}

private func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

private func readCertificate(_ bytes: [UInt8]) {
  let file = CertificateFile.read(bytes, name: "fuzz.cert")
  _ = wait {
    await file.verify(
      manifestBytes: Array("SHA256(a.ovf)= 00\n".utf8), manifestName: "fuzz.mf", trust: .nobody,
      at: 1_800_000_000, soonDays: 30)
  }
}

private func readGzip(_ bytes: [UInt8]) {
  var inflater = GzipInflater(maximumOutput: 64 << 20)
  var count: UInt64 = 0
  // In pieces that cut through headers and trailers.
  for start in stride(from: 0, to: bytes.count, by: 7) {
    inflater.consume(bytes[start..<min(start + 7, bytes.count)]) {
      count += UInt64($0.count)
    }
  }
  guard count <= 64 << 20 else { contradiction("more came out than was allowed") }
  _ = inflater.finish()
}

/// Whole packages through every rule, as a file and as a stream, which have to agree.
private func readPackage(_ bytes: [UInt8]) {
  let source = MemorySource(bytes, name: "fuzz.ova")
  var options = ReadingOptions()
  options.deep = true
  options.workers = 1
  let wanted = options
  let judgement = SignatureJudgement(trust: .nobody, date: 1_800_000_000)
  let read = findings {
    try await Package.open(source).checked(wanted, signature: judgement)
  }
  let streamed = findings {
    let (package, evidence) = try Package.read(SourceStream(source), options: wanted)
    return await package.checked(evidence, signature: judgement)
  }
  guard read == streamed else {
    contradiction("the file says\n\(read)\nand the stream\n\(streamed)")
  }
}

private func findings(_ check: @escaping @Sendable () async throws -> CheckedPackage) -> String {
  wait {
    do {
      return Rule.findings(of: Rule.all, in: try await check()).map { "\($0)" }
        .joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }
}

private func readRecords(_ bytes: [UInt8]) {
  guard let times = try? APITime(zoneNamed: "America/Toronto") else { return }
  _ = try? RecordReader(times: times, file: "fuzz").records(in: bytes)
}

private func readFilter(_ bytes: [UInt8]) {
  guard let times = try? APITime(zoneNamed: "America/Toronto") else { return }
  let text = String(decoding: bytes, as: UTF8.self)
  _ = try? Filter(text, times: times)
  _ = try? Sort(text)
}

/// Waits for work that is a task's.
private func wait<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<Value?>(nil)
  Task.detached {
    let value = await work()
    result.withLock { $0 = value }
    done.signal()
  }
  done.wait()
  guard let value = result.withLock({ $0 }) else { contradiction("work ended without a value") }
  return value
}

/// Ends the process as a crash does, so that the input is kept.
private func contradiction(_ text: String) -> Never {
  say("contradiction: \(text)")
  abort()
}
