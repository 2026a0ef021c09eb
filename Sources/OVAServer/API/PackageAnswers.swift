import OVABasics
import OVACatalog
import OVAJobs
import OVAReport
import OVATargets

/// Responses with the facts about a package beyond its record.
enum PackageAnswers {
  /// Hardware, files, disks and the whole inspection of a package.
  static func inspection(_ context: HandlerContext, _ scope: ImageQuery.Scope) async throws
    -> APIResponse
  {
    let package = try await package(context, scope)
    let facts = package.facts
    let data = JSON.object([
      ("disks", .list(package.disks, disk)),
      // The document was stored as JSON and is passed on as it is.
      ("document", facts.map { .decimal($0.document) } ?? .null),
      ("files", .list(package.files, file)),
      ("firmware", .text(facts?.firmware)),
      ("format", .text(facts?.format)),
      ("guest_system", .text(facts?.guestSystem)),
      ("hardware_family", .text(facts?.hardwareFamily)),
      ("id", .integer(package.record.id)),
      ("memory_bytes", facts?.memory.map { .integer($0) } ?? .null),
      ("name", .string(package.record.name)),
      ("network_adapters", facts.map { .integer($0.networkAdapters) } ?? .null),
      ("product", .text(facts?.product)),
      ("size_bytes", facts.map { .integer($0.size) } ?? .null),
      ("state", .string(package.state.rawValue)),
      ("state_detail", .text(package.stateDetail)),
      ("systems", .number(facts?.systems)),
      ("vendor", .text(facts?.vendor)),
      ("version", .text(facts?.version)),
      ("virtual_cpus", facts?.virtualCPUs.map { .integer($0) } ?? .null),
    ])
    return .single(
      links: links(context), data: data.bytes(), user: context.user)
  }

  /// Answers with the findings of a package.
  static func findings(_ context: HandlerContext, _ scope: ImageQuery.Scope) async throws
    -> APIResponse
  {
    let package = try await package(context, scope)
    let findings = package.toldFindings
    let data = JSON.list(findings) { finding in
      .object([
        ("file", .string(finding.file)), ("fix", .text(finding.fix)),
        ("line", .number(finding.line)), ("message", .string(finding.message)),
        ("rule", .string(finding.rule)), ("rule_version", .number(finding.ruleVersion)),
        ("severity", .string(finding.severity)),
      ])
    }
    return .single(
      links: links(context), data: data.bytes(), count: findings.count,
      user: context.user)
  }

  /// Answers with the verdicts of the targets; an empty list where scans judge for none.
  static func targets(_ context: HandlerContext, _ scope: ImageQuery.Scope) async throws
    -> APIResponse
  {
    let verdicts = try await package(context, scope).verdicts.map(StoredVerdict.init)
    let data = JSON.list(verdicts) { verdict in
      .object([
        ("reasons", .list(verdict.reasons, reason)), ("target", .string(verdict.target)),
        ("title", .string(verdict.title)), ("verdict", .string(verdict.verdict.rawValue)),
      ])
    }
    return .single(
      links: links(context), data: data.bytes(), count: verdicts.count, user: context.user)
  }

  private static func reason(_ reason: StoredVerdict.Reason) -> JSON {
    .object([
      ("condition", .string(reason.condition)), ("count", .number(reason.count)),
      ("depends_on", .text(reason.dependsOn)), ("effect", .string(reason.effect.rawValue)),
      ("fix", .text(reason.fix)), ("outcome", .string(reason.outcome)),
      (
        "places",
        .list(reason.places) { place in
          .object([
            ("file", .string(place.file)), ("found", .text(place.found)),
            ("line", .number(place.line)), ("reads", .text(place.reads)),
          ])
        }
      ), ("severity", .string(reason.severity)), ("title", .string(reason.title)),
    ])
  }

  private static func package(
    _ context: HandlerContext, _ scope: ImageQuery.Scope
  ) async throws -> PackageRow {
    let id = try context.itemID()
    let package = try await context.services.catalog.read {
      try $0.package(id: id, scope: scope)
    }
    guard let package else { throw Problem.notFound }
    return package
  }

  private static func links(_ context: HandlerContext) -> JSON {
    let url = context.pathURL
    let image = url.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(url[..<$0]) } ?? url
    return ["image": .string(image), "self": .string(url)]
  }

  private static func disk(_ disk: DiskRow) -> JSON {
    .object([
      ("capacity_bytes", disk.capacity.map { .integer($0) } ?? .null), ("file", .text(disk.file)),
      ("format", .text(disk.format)), ("name", .string(disk.name)),
      ("size_bytes", disk.size.map { .integer($0) } ?? .null), ("slot", .text(disk.slot)),
    ])
  }

  private static func file(_ file: FileRow) -> JSON {
    let digests = file.digests.sorted { $0.key < $1.key }
    return .object([
      ("digests", .object(digests.map { ($0.key, .string($0.value)) })),
      ("member", .bool(file.isMember)), ("name", .string(file.name)),
      ("size_bytes", .integer(file.size)),
    ])
  }
}
