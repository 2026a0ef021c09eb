import OVFDescriptor

/// A property that whoever deploys the package may set, with the value that it has by itself.
struct DeploymentProperty {
  /// The property.
  let property: Property
  /// Its value in the deployment option; nil where there is none, and for every password.
  let value: String?

  var isPassword: Bool { property.password?.value == true }
  /// The key within its product.
  var key: String { property.key?.text ?? "" }
  /// `class.key.instance`, as the guest sees it.
  var fullKey: String { property.fullKey ?? key }
  /// Its type; `string` where none is written.
  var type: String { property.type?.text ?? "string" }

  /// The user-configurable properties, with their values in a configuration.
  static func all(of envelope: Envelope, in configuration: String?) -> [DeploymentProperty] {
    envelope.products.flatMap(\.properties)
      .filter { $0.userConfigurable?.value == true && $0.key?.text.isEmpty == false }
      .map { property in
        DeploymentProperty(
          property: property,
          value: property.password?.value == true
            ? nil : property.value(for: configuration)?.text)
      }
  }
}
