public import OVARules

extension Rule {
  /// The commands in the rule's fix that the tests execute on its examples: those of `ova` on a
  /// package, and those that pack one with `tar`.
  public var executedCommands: [String] {
    fix.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
      .filter { command in
        command.hasPrefix("ova fix PATH") || command.hasPrefix("ova manifest PATH")
          || (command.hasPrefix("tar --format=ustar") && command.contains("-cf x.ova "))
      }
  }
}
