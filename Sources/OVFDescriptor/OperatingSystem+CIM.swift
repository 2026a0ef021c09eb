extension OperatingSystem {
  /// CIM's name of an operating system's number (CIM_OperatingSystem.OSType).
  public static func cimName(of id: UInt16) -> String? {
    nil
  }
}
