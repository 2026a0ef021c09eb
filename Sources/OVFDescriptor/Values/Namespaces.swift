import OVABasics
import OVFXML

/// The namespaces that descriptors use, and what counts as one of the standard's.
enum Namespaces {
  static let ovf1 = "http://schemas.dmtf.org/ovf/envelope/1"
  static let ovf2 = "http://schemas.dmtf.org/ovf/envelope/2"
  static let oVirtEnvelope = "http://schemas.dmtf.org/ovf/envelope/1/"
  static let ovf09 = "http://www.vmware.com/schema/ovf/1/envelope"
  static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
  static let xml = "http://www.w3.org/XML/1998/namespace"
  static let vmware = "http://www.vmware.com/schema/ovf"
  static let virtualBox = "http://www.virtualbox.org/ovf/machine"
  static let oVirt = "http://www.ovirt.org/ovf"

  /// Returns whether a namespace is an envelope's of any version, drafts and slips included.
  static func isOVF(_ namespace: String) -> Bool {
    namespace.isExactly(ovf1) || namespace.isExactly(ovf2) || namespace.isExactly(ovf09)
      || namespace.utf8.starts(with: "http://schemas.dmtf.org/ovf/".utf8)
      || namespace.utf8.starts(with: "http://www.vmware.com/schema/ovf/1/envelope".utf8)
  }

  /// Returns whether a name is VMware's own, also when its prefix is not declared.
  static func isVMware(_ name: XMLName) -> Bool {
    name.namespace.isEmpty
      ? name.prefix.isExactly("vmw")
      : !isOVF(name.namespace) && name.namespace.utf8.starts(with: vmware.utf8)
  }

  /// Returns whether a name is VirtualBox's own.
  static func isVirtualBox(_ name: XMLName) -> Bool {
    name.namespace.isEmpty
      ? name.prefix.isExactly("vbox") : name.namespace.isExactly(virtualBox)
  }

  /// Returns whether a namespace holds CIM's properties: some producers misspell it, all keep this
  /// part.
  static func isCIM(_ namespace: String) -> Bool {
    namespace.containsBytes("/CIM_") || namespace.containsBytes("cim-schema")
  }

  /// Returns whether a namespace is one of the W3C's for XML encryption.
  static func isEncryption(_ namespace: String) -> Bool {
    namespace.isExactly("http://www.w3.org/2001/04/xmlenc#")
      || namespace.isExactly("http://www.w3.org/2009/xmlenc11#")
  }

  /// Returns whether an element stands for another that is there only encrypted.
  static func isEncryptedPart(_ name: XMLName) -> Bool {
    name.local.isExactly("EncryptedData") && isEncryption(name.namespace)
  }

  /// Prefixes that, undeclared, mean a vendor's namespace and not the standard's.
  static func isVendorPrefix(_ prefix: String) -> Bool {
    ["vmw", "vbox", "xenovf", "ovirt", "vcloud", "citrix", "ve"].contains { $0.isExactly(prefix) }
  }

  /// The dialect that an envelope is written in, by its namespace; oVirt's archives stand in the
  /// standard's and are recognized by what only oVirt writes.
  static func dialect(of root: XMLTreeElement) -> Envelope.Dialect {
    let namespace = root.name.namespace
    if namespace.isExactly(ovf1), OVirtMarks(in: root).areThere { return .oVirt }
    if namespace.isExactly(oVirtEnvelope) { return .oVirt }
    if namespace.isExactly(ovf09) { return .ovf09 }
    if namespace.isExactly(ovf1) { return .ovf1 }
    if namespace.isExactly(ovf2) { return .ovf2 }
    return .unknown
  }
}
