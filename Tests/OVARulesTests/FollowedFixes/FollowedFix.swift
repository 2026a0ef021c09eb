import OVARules
import Testing

/// The steps of a user who follows a rule's fix to the letter, on one of the rule's examples.
struct FollowedFix: CustomTestStringConvertible, Sendable {
  /// One thing that the fix says to do.
  enum Step: Sendable {
    /// The first such text in the descriptor is written otherwise.
    case replace(String, String)
    /// Something is done to the files.
    case files(Example.Change)
    /// The manifest is made after everything else, although the example had it made before.
    case manifest
    /// A command of the shell in the folder of the written package, which is `web.ova` or `web.ovf`.
    case run(String)

    /// The first such text of the descriptor is deleted.
    static func delete(_ text: String) -> Self { .replace(text, "") }
    /// Something is written before the first such text of the descriptor.
    static func insert(_ text: String, before mark: String) -> Self { .replace(mark, text + mark) }
    /// Something is written after the first such text of the descriptor.
    static func insert(_ text: String, after mark: String) -> Self { .replace(mark, mark + text) }
    /// A file is added.
    static func add(_ name: String, _ content: Example.Content) -> Self {
      .files(.add(name, content))
    }
    /// A file is left out.
    static func remove(_ name: String) -> Self { .files(.remove(name)) }
    /// A file gets another name.
    static func rename(_ name: String, to other: String) -> Self {
      .files(.rename(name, to: other))
    }
    /// A file gets other bytes.
    static func content(_ name: String, _ content: Example.Content) -> Self {
      .files(.content(name, content))
    }
  }

  /// The rule.
  let id: String
  /// The number of the triggering example, from 1.
  let number: Int
  /// The steps.
  let steps: [Step]

  init(_ id: String, example number: Int = 1, _ steps: Step...) {
    self.id = id
    self.number = number
    self.steps = steps
  }

  var testDescription: String { "\(id) #\(number)" }

  /// The rule's example after the steps that change it.
  func followed(_ example: Example) -> Example {
    var example = example
    for step in steps {
      switch step {
      case .replace(let old, let new): example.edits.append(Example.Edit(old: old, new: new))
      case .files(let change): example.changes.append(change)
      case .manifest: example.changes.removeAll { $0 == .sealManifest }
      case .run: break
      }
    }
    return example
  }

  /// The commands to run on the written package.
  var commands: [String] {
    steps.compactMap { step in
      if case .run(let command) = step { command } else { nil }
    }
  }

  /// Every fix that is followed as an edit.
  static let all =
    package + certificate + references + disks + envelope + sections + hardware
    + devices + properties
}

/// Texts of the sound package that fixes say to move, delete or restore.
extension FollowedFix {
  /// The descriptor's bytes, without the size of the disk's file.
  static let descriptor = SoundPackage.descriptor.replacing(#" ovf:size="SIZE""#, with: "")
  /// The disk's bytes.
  static let disk = Example.Content.disk(capacity: SoundPackage.diskCapacity)
  /// The File of the disk.
  static let file = #"<File ovf:id="file1" ovf:href="web-disk1.vmdk" ovf:size="SIZE"/>"#
  /// The Disk.
  static let diskElement =
    #"<Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="64" "#
    + #"ovf:capacityAllocationUnits="byte * 2^20" "#
    + #"ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>"#
  /// The format of a streamOptimized disk.
  static let streamOptimized =
    "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"
  /// The end of the hardware, before which an item is added.
  static let end = "    </VirtualHardwareSection>"

  /// The text of an item of the hardware.
  static func item(_ fields: KeyValuePairs<String, String>) -> String { item("", fields) }

  /// The text of an item of the hardware with attributes.
  static func item(_ attributes: String, _ fields: KeyValuePairs<String, String>) -> String {
    Example.item(attributes, fields)
  }
}
