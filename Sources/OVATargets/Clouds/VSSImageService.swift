import OVAIntegrity
import OVAPackage
import OVARules
import OVFDescriptor

extension TargetProduct {
  /// The image service whose API `ova serve` speaks.
  static let vss = TargetProduct(
    id: "vss", title: "VSS image service", basis: "the description of its API",
    releases: TargetRelease.vSphere, conditions: vssConditions, parts: [vSphere])

  private static let vssConditions: [TargetCondition] = [
    TargetCondition(
      "vss-extension", "a package that is neither `.ova` nor `.ovf`", .fails,
      "The service takes `.ova`, or `.ovf` with its disks.", fix: "Name the archive `.ova`.",
      basis: .documented("the description of its API"),
      triggering: .files(.ova, .archive(.named("web.tar")))
    ) { view in
      let path = view.package.path.lowercased()
      return path.hasSuffix(".ova") || path.hasSuffix(".ovf") || !view.package.isArchive
        ? [] : [Hit(view.package.descriptor.place, found: view.package.path)]
    },
    TargetCondition(
      "vss-host", "the release of the hosts behind the service", .unknown,
      "The service's hosts are not documented; these conditions are those of the release named.",
      fix: "Name the hosts' release, as in `vss-8.0u2`.", basis: .unsure("not documented"),
      triggering: .sound(), passingAt: "8.0u2"
    ) { view in view.isReleaseAssumed ? [view.whole] : [] },
  ]
}
