extension Rule {
  /// The rules on the disks' own bytes.
  static let diskRules: [Rule] = [
    .diskNotVMDK
  ]
}
