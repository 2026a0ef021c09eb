extension WorkPool {
  /// Reads and judges packages that a request or command waits for.
  public static let reading = WorkPool(name: "reading", threads: 2 * Processors.count)

  /// Reads and judges packages in scans, in the background: whatever the packages cost, those who ask
  /// the server, and other programs, are served first.
  public static let scanning = WorkPool(
    name: "scanning", threads: 2 * min(16, Processors.count), priority: .background)

  /// Walks repositories and stores what scans find. Of the usual priority: whoever stores keeps others
  /// from storing meanwhile.
  public static let scans = WorkPool(name: "scans", threads: 2)

  /// Inflates disks beside those who read them.
  public static let inflating = WorkPool(name: "inflating", threads: Processors.count)

  /// Opens the catalog and reads small files for a server: what takes moments, unless the file
  /// system hangs.
  public static let files = WorkPool(name: "files", threads: 4)

  /// Checks passwords, which takes long on purpose: no other work waits for it, and it for no other.
  public static func passwords() -> WorkPool {
    WorkPool(
      name: "passwords", threads: max(1, min(4, Processors.count / 2)), mostWaiting: 64)
  }

  /// Runs the program that takes mail.
  public static func mail() -> WorkPool { WorkPool(name: "mail", threads: 1) }
}
