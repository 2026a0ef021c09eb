import OVABasics
package import OVAPackage
import OVFDescriptor

/// The parameters of a deployment as a template that is filled in with what the package says.
///
/// Only properties that the user may set are in it; no password's value is.
package struct DeploymentSpec {
  /// The formats of templates.
  package enum Format: String, CaseIterable, Sendable {
    /// The additional parameters of `vss-cli`, in YAML.
    case vss
    /// The options of `govc import.ova` and `import.ovf`, in JSON.
    case govc
    /// The values of Terraform's `vsphere_virtual_machine`, as variables.
    case terraform
  }

  let package: Package
  let locale: String?
  /// The deployment option; nil for a package without options.
  let option: String?

  /// A template for a deployment option, or for the default where none is named.
  package init(_ package: Package, option: String? = nil, locale: String? = nil) {
    self.package = package
    self.locale = locale
    self.option = option ?? package.envelope.defaultConfiguration
  }

  /// The ids of the package's deployment options.
  package static func options(of package: Package) -> [String] {
    package.envelope.deploymentOptions.compactMap(\.id?.text)
  }

  var envelope: Envelope { package.envelope }

  /// The template in a format.
  package func bytes(_ format: Format) -> [UInt8] {
    switch format {
    case .vss: Array(vssText().utf8)
    case .govc: govcJSON().pretty()
    case .terraform: Array(terraformText().utf8)
    }
  }

  /// The properties that count in the option; of several with one full key the first.
  var properties: [DeploymentProperty] {
    var seen: Set<[UInt8]> = []
    return DeploymentProperty.all(of: envelope, in: option).filter {
      $0.property.applies(to: option) && seen.insert(Array($0.fullKey.utf8)).inserted
    }
  }

  /// The name that the machine or vApp gets.
  var name: String? {
    switch envelope.contents.first {
    case .system(let system): text(system.name) ?? system.id?.text
    case .collection(let collection): text(collection.name) ?? collection.id?.text
    case nil: nil
    }
  }

  /// The first annotation of the envelope or its contents.
  var annotation: String? {
    envelope.allSections.lazy.compactMap { section -> String? in
      if case .annotation(let message) = section.body { return self.text(message) }
      return nil
    }.first
  }

  /// The names of the networks that adapters are to be connected to.
  var networks: [String] { envelope.networks.compactMap(\.name?.text) }

  func text(_ message: Message?) -> String? {
    guard let message else { return nil }
    let text = envelope.text(of: message, locale: locale)
    return text.isEmpty ? nil : text
  }

  /// Describes a property on one line.
  func comment(_ property: DeploymentProperty) -> String {
    let about = text(property.property.label) ?? text(property.property.description)
    let type = property.isPassword ? "password" : property.type
    return [
      about.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ").forDisplay },
      "(\(type.forDisplay))",
    ].compactMap(\.self).joined(separator: " ")
  }

  /// A text between double quotes, escaped as JSON does it, which YAML reads alike.
  static func quoted(_ text: String) -> String {
    String(decoding: JSON.string(text).bytes(), as: UTF8.self)
  }
}
