import Mustache
import OVABasics

extension AuditPage {
  /// A further page of packages; the report holds those.
  package func html(page: Int) throws -> String {
    Markup.register()
    let template = try MustacheTemplate(string: Markup.pragma + AuditTemplate.further)
    return template.render(
      frame.merging(packages(on: page)) { $1 }.merging([
        "title": "\(report.title), page \(page)".forDisplay
      ]) { $1 })
  }

  /// The parts of every page: style, script, and the program's name.
  var frame: [String: Any] {
    [
      "style": AuditStyle.text, "styleDigest": Self.digest(of: AuditStyle.text),
      "script": AuditScript.text, "scriptDigest": Self.digest(of: AuditScript.text),
      "coverage": report.coverage.map(\.forDisplay), "maker": report.maker.forDisplay,
    ]
  }

  /// The list of packages of a page, and the way to the other pages.
  func packages(on page: Int) -> [String: Any] {
    let paging = report.paging
    let pages = paging?.pages ?? 1
    let first = (page - 1) * (paging?.perPage ?? 0) + 1
    let last = first + max(report.packages.count, 1) - 1
    func way(to other: Int) -> [String: Any] {
      let isThere = other != page && (1...max(pages, 1)).contains(other)
      return ["link": Self.link(paging?.file(of: other) ?? ""), "isThere": isThere]
    }
    return [
      "home": page == 1 ? "" : Self.link(paging?.home ?? ""),
      "packages": report.packages.map(package),
      "packageCount": Self.number(report.packages.count),
      "leftOut": Self.number(report.packagesLeftOut),
      "hasLeftOut": report.packagesLeftOut > 0,
      "hasPages": pages > 1, "page": "\(page)", "pages": "\(pages)",
      "range": "\(Self.number(first)) to \(Self.number(last))",
      "firstPage": way(to: 1), "previousPage": way(to: page - 1),
      "nextPage": way(to: page + 1), "lastPage": way(to: pages),
    ]
  }

  /// A package's place: on this page, or on another.
  func link(to place: AuditReport.Place) -> String? {
    place.page.map { page in
      (page == 1 ? "" : Self.link(report.paging?.file(of: page) ?? "")) + "#p\(place.id)"
    }
  }

  /// A file beside the page as a relative address: a name may hold what addresses give a meaning.
  static func link(_ file: String) -> String { PercentCoding.encoded(file.fileSystemBytes) }
}
