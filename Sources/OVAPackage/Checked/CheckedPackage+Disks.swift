import OVABasics
public import VirtualDisks

extension CheckedPackage {
  /// Returns, in words, the parts of a disk's contents that were verified and those that were not.
  public func verification(of disk: PackageDisk) -> DiskVerification {
    guard evidence.disksChecked else {
      return DiskVerification(unchecked: ["its contents, which were not read"])
    }
    let own = evidence.of(disk.reference)
    let content: VirtualDisk
    switch disk.content {
    case .disk(let found): content = found
    case .unreadable(let error):
      return DiskVerification(unchecked: ["its file, which could not be read: \(error.reason)"])
    case nil:
      guard let inflated = own?.gzip?.content else {
        // What passed in a stream may have been looked at as it passed.
        return own?.deep?.verification
          ?? DiskVerification(unchecked: ["its file, which could not be looked into"])
      }
      content = inflated
    }
    var results: [DeepDiskResult] = []
    var unread: [String] = []
    if content.format == .vmdkDescriptor {
      for (path, part) in disk.extentFiles {
        if let deep = evidence.files[path]?.deep {
          results.append(deep)
        } else if case .flat = part.storage,
          evidence.files[path]?.failure != nil
            || evidence.files[path] == nil
        {
          unread.append("'\(path.text)', which could not be read to its end")
        }
      }
    } else if let deep = own?.deep {
      results.append(deep)
    }
    if let failure = own?.failure { unread.append("what could not be read: \(failure.reason)") }
    var verification = content.verification(with: results)
    verification.unchecked += unread
    return verification
  }

  /// True if every byte of every disk was looked at, and none is missing or damaged.
  public var areDisksVerified: Bool {
    evidence.disksChecked
      && package.disks.allSatisfy { verification(of: $0).isComplete }
  }
}
