// Whoever imports OVAKit has the types of these modules, since its functions take and return them.
@_exported public import OVAArchive
@_exported public import OVAAuthoring
@_exported public import OVABasics
@_exported public import OVAByteSource
@_exported public import OVACatalog
@_exported public import OVAIndexer
@_exported public import OVAIntegrity
@_exported public import OVAPackage
@_exported public import OVAReport
@_exported public import OVARules
@_exported public import OVATime
@_exported public import OVFDescriptor
@_exported public import OVFXML
@_exported public import VirtualDisks
