import OVABasics

extension Place {
  /// A byte of the same file.
  func at(offset: UInt64) -> Place { Place(file, offset: offset) }
}
