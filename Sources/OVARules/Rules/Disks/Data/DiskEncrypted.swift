import VirtualDisks

extension Rule {
  /// The contents are a secret.
  static let diskEncrypted = Rule(
    id: "disk-encrypted",
    group: .disks,
    title: "A disk is encrypted",
    severity: .error,
    basis: .practice(
      "VMDK: `encryptionKeys`, `ddb.encryption`; QCOW2: AES and LUKS. No importer asks for a key."),
    why:
      "Without its key, which no package carries, the disk can be read nowhere else: the machine "
      + "does not start, or the import is refused.",
    fix: "Decrypt the disk where its key is, and export the machine again.",
    triggering: [
      Example(
        .folder,
        edits: [
          .flatFormat, .withoutSize, .listsExtent,
          .init(old: #"ovf:capacity="64""#, new: #"ovf:capacity="1""#),
        ],
        [
          .diskText(
            #"RW 2048 FLAT "web-disk1-flat.vmdk" 0"#,
            more: "encryptionKeys=\"vmware:key/list/(pair/(null/,HMAC-SHA-1,AA==))\"\n"),
          .add("web-disk1-flat.vmdk", .filled(with: 0, count: 1 << 20)),
        ]),
      .qcow2(QCOW2Example(encryption: 2), caption: "a QCOW2 disk encrypted by LUKS"),
      .qcow2(QCOW2Example(encryption: 1), documented: false),
    ],
    passing: [.sound(.ova), .soundFlat, .qcow2(documented: false)]
  ) { checked, findings in
    for seen in checked.seenDisks { findings.add(seen, .encryption) }
  }
}
