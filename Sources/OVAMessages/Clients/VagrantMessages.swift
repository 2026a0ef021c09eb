extension MessageSource {
  /// Vagrant.
  static let vagrant = MessageSource(
    id: "vagrant", title: "Vagrant",
    messages: [
      ImporterMessage(
        "There was an error while executing `VBoxManage`",
        role: .frame,
        means: "It only introduces the lines that begin with `VBoxManage: error:`.")
    ])
}
