import OVABasics
import OVFDescriptor
import Testing

/// Small descriptors, written where they are used.
enum Text {
  static let ovf1 = "http://schemas.dmtf.org/ovf/envelope/1"
  static let ovf2 = "http://schemas.dmtf.org/ovf/envelope/2"
  static let ovf09 = "http://www.vmware.com/schema/ovf/1/envelope"

  /// An envelope with everything declared.
  static func envelope(_ inside: String, namespace: String = ovf1, attributes: String = "")
    -> String
  {
    """
    <Envelope xmlns="\(namespace)" xmlns:ovf="\(namespace)" \
    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" \
    xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" \
    xmlns:sasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_StorageAllocationSettingData.xsd" \
    xmlns:epasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_EthernetPortAllocationSettingData.xsd" \
    xmlns:vmw="http://www.vmware.com/schema/ovf" \
    xmlns:vbox="http://www.virtualbox.org/ovf/machine" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \(attributes)>
    \(inside)
    </Envelope>
    """
  }

  /// A machine with these items.
  static func machine(_ items: String, system: String = "", id: String = "vm") -> String {
    """
    <VirtualSystem ovf:id="\(id)"><Info>i</Info><VirtualHardwareSection><Info>i</Info>
    <System>\(system)</System>
    \(items)
    </VirtualHardwareSection></VirtualSystem>
    """
  }

  /// An item of a resource type with other fields as `Name=text`.
  static func item(
    _ id: String, _ type: Int, _ fields: (String, String)..., attributes: String = "",
    more: String = ""
  ) -> String {
    let others = fields.map { "<rasd:\($0.0)>\($0.1)</rasd:\($0.0)>" }.joined()
    return "<Item \(attributes)><rasd:InstanceID>\(id)</rasd:InstanceID>"
      + "<rasd:ResourceType>\(type)</rasd:ResourceType>\(others)\(more)</Item>\n"
  }
}

func read(
  _ text: String, bundle: (FileReference) -> [UInt8]? = { _ in nil }
) throws -> Envelope {
  try Envelope.read(Array(text.utf8), name: "a.ovf", bundle: bundle)
}

/// The hardware of the first machine, in the default configuration or another.
func hardware(_ envelope: Envelope, in configuration: String? = nil) throws -> Hardware {
  let system = try #require(envelope.virtualSystems.first)
  return try #require(
    envelope.hardware(of: system, in: configuration ?? envelope.defaultConfiguration))
}

func hardware(items: String, system: String = "") throws -> Hardware {
  try hardware(read(Text.envelope(Text.machine(items, system: system))))
}
