import Foundation
import OVATestSupport
import Testing

/// A reader of the part of Terraform's language that files of variables are written in, by the
/// grammar of HCL's native syntax: assignments of strings, numbers, booleans and maps.
private struct TerraformVariables {
  indirect enum Value: Equatable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case map([String: Value])
  }

  struct Fault: Error { let reason: String }

  private var rest: Substring.UnicodeScalarView

  static func read(_ text: String) throws -> [String: Value] {
    var reader = TerraformVariables(rest: Substring(text).unicodeScalars)
    return try reader.assignments(untilBrace: false)
  }

  private mutating func assignments(untilBrace: Bool) throws -> [String: Value] {
    var values: [String: Value] = [:]
    while true {
      skipBlanks(lines: true)
      guard let next = rest.first else {
        if untilBrace { throw Fault(reason: "a map does not end") }
        return values
      }
      if next == "#" {
        rest = rest.drop { $0 != "\n" }
        continue
      }
      if next == "}" {
        guard untilBrace else { throw Fault(reason: "a brace too many") }
        rest.removeFirst()
        return values
      }
      let key = try next == "\"" ? string() : identifier()
      skipBlanks(lines: false)
      guard rest.popFirst() == "=" else { throw Fault(reason: "no equals sign after \(key)") }
      skipBlanks(lines: false)
      guard values.updateValue(try value(), forKey: key) == nil else {
        throw Fault(reason: "\(key) twice")
      }
      skipBlanks(lines: false)
      guard rest.isEmpty || rest.first == "\n" || rest.first == "}" else {
        throw Fault(reason: "more after the value of \(key)")
      }
    }
  }

  private mutating func skipBlanks(lines: Bool) {
    rest = rest.drop { $0 == " " || lines && $0 == "\n" }
  }

  private mutating func identifier() throws -> String {
    let word = rest.prefix { $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0) }
    guard let first = word.first, !("0"..."9").contains(first) else {
      throw Fault(reason: "no name at '\(String(rest.prefix(10)))'")
    }
    rest = rest[word.endIndex...]
    return String(word)
  }

  private mutating func value() throws -> Value {
    guard let next = rest.first else { throw Fault(reason: "no value") }
    switch next {
    case "\"": return .text(try string())
    case "{":
      rest.removeFirst()
      return .map(try assignments(untilBrace: true))
    case "0"..."9":
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest[digits.endIndex...]
      guard let number = Int(String(digits)) else { throw Fault(reason: "too large a number") }
      return .number(number)
    default:
      switch try identifier() {
      case "true": return .flag(true)
      case "false": return .flag(false)
      case let word: throw Fault(reason: "the word \(word)")
      }
    }
  }

  private mutating func string() throws -> String {
    rest.removeFirst()
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(text)
      case "\n", "\r": throw Fault(reason: "a line break in a string")
      case "\\": text.append(try escaped())
      case "$", "%":
        // "$${" is "${"; "${" begins a template.
        if rest.first == "{" { throw Fault(reason: "a template in a string") }
        if rest.first == scalar, rest.dropFirst().first == "{" {
          rest.removeFirst(2)
          text.append(contentsOf: [scalar, "{"])
        } else {
          text.append(scalar)
        }
      default: text.append(scalar)
      }
    }
    throw Fault(reason: "a string does not end")
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    switch rest.popFirst() {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "\"": return "\""
    case "\\": return "\\"
    case "u":
      let digits = String(rest.prefix(4))
      rest = rest.dropFirst(4)
      guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
        throw Fault(reason: "\\u\(digits)")
      }
      return scalar
    case let other: throw Fault(reason: "\\\(other.map(String.init) ?? "")")
    }
  }
}

private func template(_ changes: (String, String)...) throws -> [String: TerraformVariables.Value] {
  let folder = try TemporaryFolder()
  var files = try PackageFiles()
  for (old, new) in changes { files.replace(old, new, in: "web.ovf") }
  let path = try folder.write(files["web.ovf"], to: "web.ovf")
  let result = try OVATool.run("spec", "--format", "terraform", path)
  #expect(result.status == 0, "\(result.errorText)")
  return try TerraformVariables.read(result.text)
}

private let hardwareEnd = "    </VirtualHardwareSection>"

private func config(_ key: String, _ value: String) -> String {
  "<vmw:Config ovf:required=\"false\" vmw:key=\"\(key)\" vmw:value=\"\(value)\"/>"
}

@Suite struct TerraformTests {
  @Test func theHardwareIsWrittenAsTheProvidersArguments() throws {
    let variables = try template(
      (
        "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
        "<rasd:VirtualQuantity>4</rasd:VirtualQuantity><vmw:CoresPerSocket>2</vmw:CoresPerSocket>"
      ),
      (
        hardwareEnd,
        config("bootOptions.efiSecureBootEnabled", "true") + config("nestedHVEnabled", "true")
          + config("cpuHotAddEnabled", "true") + config("cpuHotRemoveEnabled", "false")
          + config("memoryHotAddEnabled", "true") + hardwareEnd
      ))
    let expected: [String: TerraformVariables.Value] = [
      "num_cpus": .number(4), "num_cores_per_socket": .number(2), "memory": .number(2048),
      "guest_id": .text("debian10_64Guest"), "firmware": .text("efi"),
      "efi_secure_boot_enabled": .flag(true), "nested_hv_enabled": .flag(true),
      "cpu_hot_add_enabled": .flag(true), "cpu_hot_remove_enabled": .flag(false),
      "memory_hot_add_enabled": .flag(true), "scsi_type": .text("pvscsi"),
      "scsi_controller_count": .number(1), "name": .text("web"),
    ]
    for (name, value) in expected { #expect(variables[name] == value, "\(name)") }
  }

  @Test(
    arguments: [
      ("lsilogic", "lsilogic"), ("LsiLogic", "lsilogic"), ("lsilogicsas", "lsilogic-sas"),
      ("VirtualSCSI", "pvscsi"), ("pvscsi", "pvscsi"), ("buslogic", nil), ("mystery", nil),
      ("mystery lsilogic", "lsilogic"), ("VirtualSCSI,lsilogic", "pvscsi"), ("", nil),
    ] as [(String, String?)])
  func theTypeOfTheSCSIControllersIsOneThatTheProviderHas(
    subtype: String, type: String?
  ) throws {
    let variables = try template((">VirtualSCSI<", ">\(subtype)<"))
    #expect(variables["scsi_type"] == type.map { .text($0) })
    #expect(variables["scsi_controller_count"] == .number(1))
  }

  @Test func controllersOfSeveralTypesHaveNoType() throws {
    let second =
      "<Item><rasd:InstanceID>9</rasd:InstanceID><rasd:ResourceSubType>lsilogic"
      + "</rasd:ResourceSubType><rasd:ResourceType>6</rasd:ResourceType></Item>"
    let variables = try template((hardwareEnd, second + hardwareEnd))
    #expect(variables["scsi_type"] == nil)
    #expect(variables["scsi_controller_count"] == .number(2))
  }

  @Test func whatTheDescriptorDoesNotSayIsNotWritten() throws {
    let variables = try template()
    for name in [
      "num_cores_per_socket", "efi_secure_boot_enabled", "nested_hv_enabled",
      "cpu_hot_add_enabled", "memory_hot_add_enabled", "sata_controller_count",
    ] {
      #expect(variables[name] == nil, "\(name)")
    }
  }

  @Test func coresThatDoNotDivideTheProcessorsAreNotWritten() throws {
    let variables = try template(
      (
        "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>",
        "<rasd:VirtualQuantity>3</rasd:VirtualQuantity><vmw:CoresPerSocket>2</vmw:CoresPerSocket>"
      ))
    #expect(variables["num_cores_per_socket"] == nil)
  }

  @Test func everyTextIsReadBackAsItIs() throws {
    var dice = SeededNumbers(seed: 20)
    let pieces = [
      "$", "%", "{", "}", "\"", "\\", "\n", "\t", "\r", "#", "//", "=", "ü", "磁", "👩‍💻", " ",
      "${x}", "%{if}", "$${", "u0041", "\\u0041", "\u{85}", "a", "${", "$",
    ]
    for _ in 0..<40 {
      let value = (0..<12).compactMap { _ in pieces.randomElement(using: &dice) }.joined()
      let written = value.unicodeScalars.map { "&#\($0.value);" }.joined()
      let variables = try template(
        ("ovf:value=\"web\"", "ovf:value=\"\(written)\""),
        ("<Name>web</Name>", "<Name>n\(written)n</Name>"),
        ("ovf:key=\"hostname\"", "ovf:key=\"k\(written)\""),
        ("ovf:name=\"Front\"", "ovf:name=\"\(written)\""))
      guard case .map(let properties) = variables["vapp_properties"],
        case .map(let deploy) = variables["ovf_deploy"],
        case .map(let networks) = deploy["ovf_network_map"]
      else {
        Issue.record("no maps")
        continue
      }
      #expect(properties["k" + value] == .text(value))
      #expect(variables["name"] == .text("n\(value)n"))
      #expect(networks == [value: .text("")])
    }
  }
}
