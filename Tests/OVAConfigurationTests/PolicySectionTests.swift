import OVABasics
import OVAConfiguration
import OVAPolicy
import Testing

@Suite struct PolicySectionTests {
  @Test func `a whole policy is read`() throws {
    let text = """
      policy:
        required: [product, vendor, version]
        name: '[a-z0-9]+(-[a-z0-9]+)*'
        limits: {vcpus: 16, memory: 64GiB, disks: 8, capacity: 2TB}
        networks: [VM Network, 'prod-*']
        families: ['vmx-1?']
        producers: [vmware]
        firmware: [efi]
        signers: ['CN=Example Build*']
      """
    let policy = try #require(try Configuration(text, file: "ova.yaml").policy)
    #expect(policy.required == [.product, .vendor, .version])
    #expect(policy.name?.text == "[a-z0-9]+(-[a-z0-9]+)*")
    #expect(policy.limits.virtualCPUs == 16)
    #expect(policy.limits.memory == 64 << 30)
    #expect(policy.limits.disks == 8)
    #expect(policy.limits.capacity == 2_000_000_000_000)
    #expect(policy.networks == [NamePattern("VM Network"), NamePattern("prod-*")])
    #expect(policy.families == [NamePattern("vmx-1?")])
    #expect(policy.producers == [NamePattern("vmware")])
    #expect(policy.firmware == [NamePattern("efi")])
    #expect(policy.signers == [NamePattern("CN=Example Build*")])
  }

  @Test(arguments: ["", "policy:", "policy: {}"])
  func `nothing is required that is not said`(text: String) throws {
    let policy = try Configuration(text, file: "ova.yaml").policy
    #expect(policy == nil || policy == PackagePolicy())
  }

  @Test(arguments: [
    (
      "required: [product, name]",
      "'policy.required' holds 'name', which is not one of product, vendor, version"
    ),
    ("required: product", "'policy.required' is not a list"),
    ("name: '[a-z'", "'policy.name' is not a regular expression: "),
    ("limits: {memory: lots}", "'policy.limits.memory' is not a size such as 64GiB or 2TB"),
    ("limits: {vcpus: 0}", "'policy.limits.vcpus' is not a whole number from 1 to 100000"),
    ("networks: []", "'policy.networks' is empty, so that it would allow nothing"),
    ("networks: [[a]]", "'policy.networks' is not a list of texts"),
  ])
  func `a mistake is told with its line`(line: String, words: String) {
    let error = #expect(throws: ConfigurationErrors.self) {
      try Configuration("time_zone: UTC\npolicy:\n  \(line)\n", file: "ova.yaml")
    }
    #expect(
      error?.errors.first?.reason.hasPrefix(words) == true, "\(error?.errors.first?.reason ?? "")")
    #expect(error?.errors.first?.place.line == 3)
  }
}
