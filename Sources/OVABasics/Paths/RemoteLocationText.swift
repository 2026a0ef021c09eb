extension String {
  /// True if it is meant as a URL of a web server or bucket and not as a path of this machine.
  public var isRemoteLocation: Bool {
    let start = prefix(8).lowercased()
    return ["https://", "http://", "s3://"].contains(where: start.hasPrefix)
  }
}
