import Foundation
import HTTPTypes
import OVACatalog
import OVAConfiguration
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

/// A user's repository ends at the user's folder: nothing of what lies beyond is ever told.
@Suite struct BoundaryTests {
  /// A text that only the other user's files have.
  private static let secret = "SECRET-OF-ANNA"

  private static func descriptor(_ product: String, href: String = "disk.vmdk") -> String {
    """
    <?xml version="1.0"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
      xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
    <References><File ovf:id="f" ovf:href="\(href)"/></References>
    <DiskSection><Info>d</Info><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="1048576"/>
    </DiskSection>
    <VirtualSystem ovf:id="vm"><Info>vm</Info><ProductSection><Info>p</Info>
    <Product>\(product)</Product></ProductSection></VirtualSystem></Envelope>
    """
  }

  /// A shell script that is run in the user's folder `josem/images`, beside `anna/images`.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let script: String
    /// A descriptor of the user's own, `mine.ovf`; nil for one without files.
    var href: String?
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "link to a descriptor", script: "ln -s ../../anna/images/secret.ovf a.ovf"),
    Case(name: "absolute link", script: "ln -s $(realpath ../../anna/images/secret.ovf) a.ovf"),
    Case(name: "link to an archive", script: "ln -s ../../anna/images/secret.ova a.ova"),
    Case(name: "link to a folder", script: "ln -s ../../anna/images theirs"),
    Case(name: "link to the root", script: "ln -s ../.. all"),
    Case(name: "link to the folder above", script: "ln -s .. up"),
    Case(name: "chain of links", script: "ln -s c b; ln -s d c; ln -s ../../anna/images d"),
    Case(
      name: "chain over folders",
      script: "mkdir x y; ln -s ../y x/a; ln -s ../../../anna y/b; ln -s x/a/b/images z"),
    Case(
      name: "link in a folder below", script: "mkdir -p p/q; ln -s ../../../../anna/images p/q/r"),
    Case(
      name: "link by way of the process", script: "ln -s /proc/self/root$(realpath ../../anna) r"),
    Case(name: "link with dots", script: "ln -s ./././../images/../../anna/./images s"),
    Case(
      name: "the user's folder is a link",
      script: "cd ..; rm -rf images; ln -s ../anna/images images"),
    Case(
      name: "the folder above it is a link", script: "cd ../..; rm -rf josem; ln -s anna josem"),
    Case(
      name: "a folder with the name of another's beginning",
      script: "mkdir ../images-of-anna; cp ../../anna/images/* ../images-of-anna; "
        + "ln -s ../images-of-anna t"),
    Case(
      name: "disk behind a link", script: "ln -s ../../anna/images/disk.vmdk disk.vmdk",
      href: "disk.vmdk"),
    Case(
      name: "disk in a folder behind a link", script: "ln -s ../../anna/images theirs",
      href: "theirs/disk.vmdk"),
    Case(name: "href that climbs", script: "true", href: "../../anna/images/disk.vmdk"),
    Case(
      name: "href that climbs in escapes", script: "true",
      href: "%2e%2e/%2e%2e/anna/images/disk.vmdk"),
    Case(
      name: "href that goes down and climbs", script: "mkdir a",
      href: "a/../../../anna/images/disk.vmdk"),
    Case(name: "href that is absolute", script: "true", href: "{root}/anna/images/disk.vmdk"),
    Case(name: "href that is a URL", script: "true", href: "file://{root}/anna/images/disk.vmdk"),
    Case(
      name: "extent behind a link",
      script: """
        printf '# Disk DescriptorFile\\nversion=1\\nCID=fffffffe\\nparentCID=ffffffff\\n\
        createType="monolithicFlat"\\nRW 2048 FLAT "flat.vmdk" 0\\n' > disk.vmdk
        ln -s ../../anna/images/disk.vmdk flat.vmdk
        """, href: "disk.vmdk"),
    Case(
      name: "extent that climbs",
      script: """
        printf '# Disk DescriptorFile\\nversion=1\\nCID=fffffffe\\nparentCID=ffffffff\\n\
        createType="monolithicFlat"\\nRW 2048 FLAT "../../anna/images/disk.vmdk" 0\\n' > disk.vmdk
        """, href: "disk.vmdk"),
    Case(
      name: "manifest behind a link", script: "ln -s ../../anna/images/secret.mf mine.mf",
      href: "disk.vmdk"),
  ]

  @Test(arguments: cases) func nothingBeyondTheUsersFolderIsTold(_ it: Case) async throws {
    let fixture = try Fixture(records: [])
    let folder = fixture.folder
    let root = folder.path("xfers")
    try folder.write(Self.descriptor(Self.secret), to: "xfers/anna/images/secret.ovf")
    // A size and a digest that nothing else has.
    let disk = (0..<7777).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try folder.write(disk, to: "xfers/anna/images/disk.vmdk")
    let digest = try run("sha256sum", [folder.path("xfers/anna/images/disk.vmdk")]).text.prefix(64)
    try folder.write(
      "SHA256(\(Self.secret)-of-the-manifest.vmdk)= \(digest)\n", to: "xfers/anna/images/secret.mf")
    let anna = folder.path("xfers/anna/images")
    _ = try run("tar", ["-cf", "secret.ova", "secret.ovf", "disk.vmdk"], in: anna)
    if let href = it.href {
      try folder.write(
        Self.descriptor("own", href: href.replacing("{root}", with: root)),
        to: "xfers/josem/images/mine.ovf")
    } else {
      try folder.write(SyncTests.descriptor, to: "xfers/josem/images/mine.ovf")
    }
    _ = try run("sh", ["-ec", it.script], in: folder.path("xfers/josem/images"))

    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    let answers = await fixture.allAnswers()
    let list = await fixture.send(.get, "/v2/user/image/vm")
    let names = list.rows.map { $0["name"] as? String ?? "" }
    #expect(names == (it.name.contains("is a link") ? [] : ["mine.ovf"]))
    for (target, text) in answers {
      #expect(!text.contains(Self.secret), "\(target)")
      #expect(!text.contains(digest), "\(target)")
      #expect(!text.contains(":7777"), "\(target)")
      // Unless the user has written it.
      if it.href?.contains("{root}") != true { #expect(!text.contains(root), "\(target)") }
    }
  }

  @Test func linksThatStayInsideAreFollowed() async throws {
    let fixture = try Fixture(records: [])
    try fixture.folder.write(SyncTests.descriptor, to: "xfers/josem/images/v1/a.ovf")
    _ = try run(
      "sh", ["-ec", "ln -s v1 latest; ln -s v1/a.ovf b.ovf"],
      in: fixture.folder.path("xfers/josem/images"))
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    let list = await fixture.send(.get, "/v2/user/image/vm?sort=label")
    #expect(list.rows.map { $0["label"] as? String } == ["b.ovf", "latest/a.ovf", "v1/a.ovf"])
  }

  @Test func aLinkThatLeadsOutIsSaidToTheUser() async throws {
    let fixture = try Fixture(records: [])
    _ = try run(
      "sh", ["-ec", "ln -s ../../anna theirs; ln -s nowhere broken.ova"],
      in: fixture.folder.path("xfers/josem/images"))
    _ = try run("mkdir", ["-p", fixture.folder.path("xfers/anna")])
    _ = await fixture.send(.patch, "/v2/user/image/vm")
    await fixture.server.services.worker.takeUpAll()
    let reply = await fixture.send(.get, "/v2/request/image_sync/1")
    let message = reply.data["message"] as? [String: [String]]
    #expect(
      message == [
        "errors": [],
        "warnings": [
          "[vssUser-xfers] josem/images/broken.ova: broken-link: the link leads nowhere",
          "[vssUser-xfers] josem/images/theirs: leads-out: the link leads out of the repository",
        ],
      ])
  }
}

extension Fixture {
  /// The answers of every route to `josem`, for each image and request that there is.
  func allAnswers() async -> [(target: String, text: String)] {
    var targets = [
      "/v2/image", "/v2/image?expand=1&per_page=100", "/v2/user/image/vm", "/v2/user",
      "/v2/user/token", "/v2/request/image_sync?expand=1&per_page=100", "/v2/user/image",
      "/readyz", "/metrics", "/openapi.json", "/", "/?of=me", "/docs",
    ]
    let images = await send(.get, "/v2/user/image/vm").rows.compactMap { $0["id"] as? Int }
    let shared = await send(.get, "/v2/image?expand=1&per_page=100").rows.compactMap {
      $0["id"] as? Int
    }
    for (list, ids) in [("/v2/user/image/vm", images), ("/v2/image", shared)] {
      for id in ids {
        targets += ["\(list)/\(id)", "\(list)/\(id)/inspection", "\(list)/\(id)/findings"]
        targets += ["/image/\(id)"]
      }
    }
    let requests = await send(.get, "/v2/request/image_sync?expand=1&per_page=100").rows
    targets += requests.compactMap { $0["id"] as? Int }.map { "/v2/request/image_sync/\($0)" }
    var answers: [(String, String)] = []
    for target in targets {
      let reply = await send(.get, target, headers: [.cookie: "ova_session=\(token)"])
      answers.append((target, reply.text))
    }
    return answers
  }
}
