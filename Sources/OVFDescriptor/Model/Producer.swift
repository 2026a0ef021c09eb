public import OVABasics

/// The product that wrote a descriptor, with the evidence.
public struct Producer: Hashable, Sendable {
  /// The families of producers.
  public enum Kind: String, Hashable, Sendable {
    /// VMware's tools: vCenter, ESXi, ovftool, Workstation, Studio.
    case vmware
    /// VMware Cloud Director.
    case vmwareCloudDirector = "vmware-cloud-director"
    /// VirtualBox.
    case virtualBox = "virtualbox"
    /// XenServer, XCP-ng, XenClient.
    case xen
    /// oVirt, Red Hat Virtualization, or virt-v2v for them.
    case oVirt = "ovirt"
    /// Cisco's appliances.
    case cisco
    /// Packer.
    case packer
    /// A text editor or a script.
    case other
  }

  /// The family.
  public let kind: Kind
  /// The tool, such as `ovftool`, with version and build as far as written.
  public let tool: String?
  /// The evidence, the strongest first.
  public let evidence: [Evidence]

  /// Something in the descriptor that gives the producer away.
  public struct Evidence: Hashable, Sendable {
    /// The evidence, with the text found.
    public let text: String
    /// The place in the source.
    public let place: Place
  }
}
