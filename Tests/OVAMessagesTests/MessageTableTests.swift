import OVAMessages
import OVARules
import OVATargets
import Testing

@Suite struct MessageTableTests {
  @Test func `every message leads to rules that there are, or says what to do`() {
    for source in MessageSource.all {
      for message in source.messages {
        for rule in message.rules { #expect(Rule.named(rule) != nil, "\(source.id): \(rule)") }
        for key in message.conditions {
          #expect(TargetProduct.condition(key) != nil, "\(source.id): \(key)")
        }
        #expect(Set(message.rules).count == message.rules.count, "\(message.text)")
        switch message.role {
        case .cause: #expect(!message.rules.isEmpty || message.fix != nil, "\(message.text)")
        case .elsewhere: #expect(message.fix != nil, "\(message.text)")
        case .frame: break
        }
      }
    }
  }

  @Test func `meanings and fixes are sentences`() {
    for message in MessageSource.all.flatMap(\.messages) {
      for text in [message.meaning, message.fix].compactMap(\.self) {
        #expect(text.first?.isLowercase == false && text.hasSuffix("."), "\(text)")
        #expect(!text.contains("\n") && !text.contains("  "), "\(text)")
      }
    }
  }

  @Test func `a product has a name of its own and no message twice`() {
    let ids = MessageSource.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for source in MessageSource.all {
      let texts = source.messages.flatMap { [$0.text] + $0.spellings + $0.translations }
      #expect(Set(texts).count == texts.count, "\(source.id)")
      #expect(MessageSource.named(source.id.uppercased()) == source)
    }
  }

  @Test func `a rule's messages come with their products`() {
    let found = MessageSource.messages(leadingTo: "sound-card-required")
    #expect(
      found.map { "\($0.source.id): \($0.message.text)" } == [
        "vmware: No support for the virtual hardware device type '35'",
        "workstation: did not pass OVF specification conformance or virtual hardware compliance "
          + "checks",
        "xencenter: A required resource with id … and name … was not recognized",
      ])
  }
}
