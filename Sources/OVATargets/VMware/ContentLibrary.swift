import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// The vSphere content library.
  static let contentLibrary = TargetProduct(
    id: "content-library", title: "vSphere content library",
    basis: "Broadcom's knowledge base, VMware's script make_vcsp_2022.py, reports",
    releases: TargetRelease.vSphere, conditions: contentLibraryConditions, parts: [vSphere])

  private static let contentLibraryConditions: [TargetCondition] = [
    TargetCondition(
      "cl-digest", "a digest in the manifest that is not the file's", .fails,
      "The item appears, and its transfer fails.", fix: TargetFix.digest,
      basis: .documented("Broadcom KB 406641"), triggering: .damaged
    ) { $0.contradictions() },
    TargetCondition(
      "cl-name-length", "a name of more than 80 characters", .loss, "The name is cut or refused.",
      fix: "Give the item a shorter name.", basis: .source("VMware's make_vcsp_2022.py"),
      triggering: .files(.ova, .archive(.named(String(repeating: "w", count: 81) + ".ova")))
    ) { view in
      let name = view.itemName
      return name.unicodeScalars.count > 80
        ? [Hit(view.package.descriptor.place, found: name)] : []
    },
    TargetCondition(
      "cl-cert-issuer", "a certificate", .note,
      "vCenter shows \"certificate not trusted\" unless it knows the issuer.",
      fix: "Add the issuer to vCenter's trusted certificates.",
      basis: .source("scripts that leave certificates out"),
      triggering: .files(.ova, .sign(.selfSigned))
    ) { view in view.package.certificate.map { [Hit($0.file.place)] } ?? [] },
    TargetCondition(
      "cl-security-policy", "no signature, or one that cannot be verified", .unknown,
      "A library with a security policy refuses it.",
      fix: "Sign the package, or import it into a library without a policy.",
      basis: .source("govmomi security_policy_id"),
      dependsOn: "whether the library has a security policy", triggering: .sound(),
      passing: .files(.ova, .sign(.trustedAuthority))
    ) { view in
      guard let certificate = view.package.certificate else {
        return [Hit(view.package.descriptor.place, found: "no signature")]
      }
      return view.checked.signature?.signature == .valid
        ? [] : [Hit(certificate.file.place, found: "a signature that is not verified")]
    },
    TargetCondition(
      "cl-ova-as-file", "an archive", .unknown,
      "A subscriber that gets the archive as one file lists the item and cannot deploy it.",
      fix: "Publish the descriptor and the disks as files of an OVF item.",
      basis: .reported("terraform-provider-vsphere#1228"),
      dependsOn: "whether the published library holds the archive as one file",
      triggering: .sound(), passing: .sound(.folder)
    ) { view in view.package.isArchive ? [Hit(view.package.descriptor.place)] : [] },
    TargetCondition(
      "cl-name-twice", "a name that another item of the library may have", .unknown,
      "The import stops: two items of one library cannot have the same name.",
      fix: "Give the item a name of its own.", basis: .documented("findbugzero 90707"),
      dependsOn: "whether the library has an item of this name", triggering: .sound(),
      holdsForEvery: "every item has a name, and the library alone knows its other items"
    ) { view in [Hit(view.package.descriptor.place, found: view.itemName)] },
  ]
}

extension TargetView {
  /// The name that an item of a library gets: the file's without its extension.
  var itemName: String {
    let name = package.path.split(separator: "/").last.map(String.init) ?? ""
    return name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
      .joined(separator: ".")
  }
}
