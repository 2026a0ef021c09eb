import OVAPolicy

extension BasePath {
  /// The folder that reports name files relative to: the checkout of a build machine in which the
  /// command runs, as `GITHUB_WORKSPACE` and `CI_PROJECT_DIR` tell it, else the working folder.
  static var ofReports: BasePath {
    let here = "".absolutePath
    let working = BasePath(here, workingFolder: here)
    let told = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].compactMap(Environment.value)
    let around = told.filter { $0.hasPrefix("/") }
      .map { BasePath($0, workingFolder: here) }
      .first { !$0.relative(working.folder).hasPrefix("/") }
    return around ?? working
  }
}
