public import OVABasics
public import OVFXML

/// Something that the reader of a descriptor noticed and read over; rules judge it.
public typealias DescriptorDiagnostic = Diagnostic<DescriptorDiagnosticKind>

/// The kinds of `DescriptorDiagnostic`.
public enum DescriptorDiagnosticKind: DiagnosticKind {
  /// The envelope's namespace is none of the standard's; local names were used.
  case unknownNamespace(String)
  /// An attribute without the namespace that it should have.
  case unqualifiedAttribute(String)
  /// An element of the standard in a namespace that it should not be in.
  case foreignNamespace(element: String, namespace: String)
  /// Something in the XML itself.
  case xml(XMLDiagnosticKind)
  /// A unit that everybody understands but the standard does not write so.
  case nonstandardUnit(String)
  /// A text that does not give the value it should.
  case badValue(element: String, name: String, text: String, fault: ValueFault)
  /// A part that is there only encrypted, with the `Id` by which keys mean it.
  case encrypted(id: String?)
  /// A message bundle that is not there or cannot be read, with the cause.
  case bundleUnread(file: String, reason: String)
}
