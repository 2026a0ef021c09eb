import OVABasics
import OVARules
import OVATargets
import Testing

/// Tests that vSphere's conditions and the rules have one table of the hardware families.
@Suite struct FamilyLimitTests {
  private func hits(
    _ key: String, _ family: Int, _ edits: (old: String, new: String)...
  ) async throws -> [TargetCondition.Hit] {
    let found = try #require(ConditionExample.all.first { $0.condition.key == key })
    let edits = [("vmx-13", family.asFamily)] + edits
    let example = Example(
      .ova, edits: edits.map { Example.Edit(old: $0.0, new: $0.1) }, [])
    return try await found.hits(in: example, at: nil)
  }

  @Test(arguments: [4, 7, 8, 9, 10, 11, 14, 15, 17, 18, 21, 22, 23])
  func `vSphere starts no machine with more processors than its family has`(
    family: Int
  ) async throws {
    let most = VMwareFamily.mostProcessors(family)
    let old = "VirtualQuantity>2<"
    for count in [most, most.map { $0 + 1 } ?? 100_000].compactMap(\.self) {
      #expect(
        try await hits("vs-cpu-max", family, (old, "VirtualQuantity>\(count)<"))
          == (most.map { $0 < count } ?? false
            ? [
              .init(
                Place("web.ova/web.ovf", line: 45),
                found: "\(count); at most \(most ?? 0) in \(family.asFamily)")
            ] : []))
    }
  }

  @Test(arguments: [4, 7, 8, 10, 11, 13, 17, 18, 21, 22, 23])
  func `vSphere starts no machine with more memory than its family has`(
    family: Int
  ) async throws {
    let most = VMwareFamily.mostGibibytes(family)
    for count in [most, most.map { $0 + 1 } ?? 1 << 30].compactMap(\.self) {
      #expect(
        try await hits("vs-memory-max", family, (">2048<", ">\(count << 10)<"))
          == (most.map { $0 < count } ?? false
            ? [
              .init(
                Place("web.ova/web.ovf", line: 53),
                found: "\(count) GiB; at most \(most ?? 0) GiB in \(family.asFamily)")
            ] : []))
    }
  }

  @Test(
    arguments: VMwareFamily.firstWithDevice.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  func `a device needs the first family that has it`(subtype: String, first: Int) async throws {
    // These have conditions of their own.
    let isElsewhere = ["vmware.nvme.controller", "vmware.vtpm"].contains(subtype)
    let controller = (old: ">lsilogic<", new: ">\(subtype)<")
    // The sound package's adapter is a VmxNet3, which vmx-07 brought.
    let adapter = (old: ">VmxNet3<", new: ">E1000<")
    #expect(try await hits("vs-device-family", first, controller, adapter) == [])
    guard first > 4 else { return }
    // There was no vmx-05, and hosts run no vmx-06.
    let before = first == 7 ? 4 : first - 1
    #expect(
      try await hits("vs-device-family", before, controller, adapter)
        == (isElsewhere ? [] : [.init(Place("web.ova/web.ovf", line: 61), found: subtype)]))
  }
}
