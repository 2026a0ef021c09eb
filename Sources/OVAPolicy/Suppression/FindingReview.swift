import OVABasics
package import OVARules
package import OVATargets
package import OVATime

/// Decides what is reported of a run's findings: first by the selection, then by ignore files, then
/// by the baseline. Exit codes and totals count what is left.
package struct FindingReview: Sendable {
  /// A finding with what it is of.
  package struct Item: Sendable {
    package let finding: Finding
    package let subject: FindingSubject

    package init(_ finding: Finding, _ subject: FindingSubject) {
      self.finding = finding
      self.subject = subject
    }
  }

  /// A package that was checked.
  package struct Reviewed: Sendable {
    /// Its path as it was given.
    package let path: String
    /// The targets that it was judged for.
    package let targets: [Target]
    /// True if every rule could judge it: all of it was read, digests too.
    package let isJudgedWhole: Bool

    package init(path: String, targets: [Target] = [], isJudgedWhole: Bool = true) {
      self.path = path
      self.targets = targets
      self.isJudgedWhole = isJudgedWhole
    }
  }

  /// A baseline that is to be written.
  package struct NewBaseline: Sendable {
    /// The folder that its paths are relative to.
    package let base: BasePath
    /// The entries so far.
    package fileprivate(set) var entries: [Baseline.Entry] = []

    package init(base: BasePath) { self.base = base }
  }

  private let selection: RuleSelection
  private let severities: SeverityOverrides
  private var baseline: BaselineUse?
  private let today: CalendarDay
  /// The baseline that is to be written; nil when none is.
  package private(set) var newBaseline: NewBaseline?
  /// The use of the entries of each ignore file, in the order in which the files were met.
  private var uses: [(list: IgnoreList, entries: [EntryUse])] = []

  private struct EntryUse {
    /// True if a package was judged in which the entry could have hidden something.
    var isTried = false
    var isUsed = false
  }

  /// A review of a run.
  package init(
    selection: RuleSelection = RuleSelection(), severities: SeverityOverrides = .init(),
    baseline: Baseline? = nil, newBaseline: NewBaseline? = nil, today: CalendarDay
  ) {
    self.selection = selection
    self.severities = severities
    self.baseline = baseline.map(BaselineUse.init)
    self.newBaseline = newBaseline
    self.today = today
  }

  /// A finding of a rule with the severity that it has in this run.
  package func rated(_ finding: Finding) -> Finding { severities.applied(to: finding) }

  /// The suppression of each item; nil for those that are reported.
  package mutating func suppressions(
    of items: [Item], in package: Reviewed, ignoreList: IgnoreList?
  ) -> [Suppression?] {
    var use = ignoreList.map { begin($0, package) }
    let known = baseline.map { fingerprints(of: items, package, $0.baseline.base) }
    if let known { baseline?.add(known, package) }
    let new = newBaseline.map { fingerprints(of: items, package, $0.base) }
    let result = items.indices.map { index -> Suppression? in
      let item = items[index]
      // Asked in any case: an entry is used also for what the selection leaves out.
      let accepted = use?.entry(for: item, in: package, today)
      if let reason = selection.reasonToLeaveOut(item.subject) {
        return Suppression(.selection, reason: reason)
      }
      if let accepted { return accepted }
      if let new, let base = newBaseline?.base {
        newBaseline?.entries.append(
          Baseline.Entry(
            fingerprint: new[index], rule: item.subject.rule,
            file: base.relative(
              FindingFingerprint.fullPath(of: item.finding.place.file, inPackage: package.path)),
            message: item.finding.message))
        return Suppression(.baseline, reason: "it is written to the new baseline")
      }
      if let baseline = baseline?.baseline, let known, baseline.contains(known[index]) {
        return Suppression(
          .baseline, reason: "it is in the baseline", place: Place(baseline.file))
      }
      return nil
    }
    if let use { end(use) }
    return result
  }

  private func fingerprints(
    of items: [Item], _ package: Reviewed, _ base: BasePath
  ) -> [FindingFingerprint] {
    FindingFingerprint.all(of: items.map(\.finding), inPackage: package.path, base: base)
  }

  // MARK: Ignore files

  /// One package's use of an ignore file.
  private struct ListUse {
    let index: Int
    let list: IgnoreList
    var entries: [EntryUse]

    mutating func entry(
      for item: Item, in package: Reviewed, _ today: CalendarDay
    ) -> Suppression? {
      let file = list.base.whole(
        FindingFingerprint.fullPath(of: item.finding.place.file, inPackage: package.path))
      let path = list.base.whole(package.path)
      var first: Suppression?
      for (number, entry) in list.entries.enumerated() where !entry.isExpired(on: today) {
        guard entry.rule.means(item.subject),
          entry.path.map({ $0.contains(whole: file) || $0.contains(whole: path) }) ?? true
        else { continue }
        entries[number].isUsed = true
        first =
          first
          ?? Suppression(
            .ignoreFile, reason: entry.reason, place: entry.place,
            expires: entry.expires?.description)
      }
      return first
    }
  }

  private mutating func begin(_ list: IgnoreList, _ package: Reviewed) -> ListUse {
    let index = uses.firstIndex { $0.list.file == list.file } ?? uses.endIndex
    if index == uses.endIndex {
      uses.append((list, list.entries.map { _ in EntryUse() }))
    }
    var use = ListUse(index: index, list: list, entries: uses[index].entries)
    guard package.isJudgedWhole else { return use }
    let path = list.base.whole(package.path)
    for (number, entry) in list.entries.enumerated() where !use.entries[number].isTried {
      let isNamed = entry.path.map { $0.isFor(package: path) } ?? true
      let isJudged =
        entry.rule.isAboutRules || package.targets.contains(where: entry.rule.isAbout)
      use.entries[number].isTried = isNamed && isJudged
    }
    return use
  }

  private mutating func end(_ use: ListUse) { uses[use.index].entries = use.entries }

  /// The ignore files that were used, each with the findings on its entries.
  package func ignoreFiles() -> [(file: String, items: [Item])] {
    uses.map { list, entries in
      let items = zip(list.entries, entries).compactMap { entry, use -> Item? in
        let finding: Finding
        if entry.isExpired(on: today) {
          finding = IgnoreEntryRules.expired(entry)
        } else if use.isTried, !use.isUsed {
          finding = IgnoreEntryRules.unused(entry)
        } else {
          return nil
        }
        return Item(rated(finding), FindingSubject(rule: finding.rule))
      }
      return (list.file, items)
    }
  }

  /// The baseline, with the findings on its entries that no longer match; nil where there is none.
  package func baselineFile() -> (file: String, items: [Item])? {
    baseline.map { use in
      let items = use.unused().map { entry in
        let finding = IgnoreEntryRules.unused(entry, of: use.baseline)
        return Item(rated(finding), FindingSubject(rule: finding.rule))
      }
      return (use.baseline.file, items)
    }
  }

  /// The suppressions of findings on ignore files and baselines: by the selection alone, since
  /// nobody accepts that an acceptance is out of date.
  package func selectionSuppressions(of items: [Item]) -> [Suppression?] {
    items.map { item in
      selection.reasonToLeaveOut(item.subject).map { Suppression(.selection, reason: $0) }
    }
  }
}
