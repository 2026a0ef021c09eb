import CXML2
public import OVABasics

extension LinkedLibrary {
  /// The XML parser.
  public static var libxml2: LinkedLibrary {
    LinkedLibrary(name: "libxml2", version: LIBXML_DOTTED_VERSION)
  }
}
