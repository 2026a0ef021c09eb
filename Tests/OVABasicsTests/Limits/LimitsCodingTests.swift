import Foundation
import OVABasics
import Testing

@Suite struct LimitsCodingTests {
  @Test func `every limit is told to another process, and no budget`() throws {
    let told = try JSONSerialization.jsonObject(with: JSONEncoder().encode(Limits()))
    let names = try #require(told as? [String: Any]).keys
    let all = Mirror(reflecting: Limits()).children.compactMap(\.label)
    #expect(all.contains("budget"))
    #expect(Set(names) == Set(all.filter { $0 != "budget" }))
  }
}
