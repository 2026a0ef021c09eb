/// What an item's `HostResource` means, in all the forms that are in use.
public enum HostResource: Hashable, Sendable {
  /// A disk of a disk section: `ovf:/disk/x`, `/disk/x`, `ovf://disk/x`, `ovf:disk/x`.
  case disk(String)
  /// A file of the references: the same with `file`.
  case file(String)
  /// Anything else, as written.
  case other(String)
}
