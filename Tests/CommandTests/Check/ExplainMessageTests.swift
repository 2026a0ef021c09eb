import Foundation
import OVATestSupport
import Testing

/// Tests of the whole output of `ova explain` on messages.
@Suite struct ExplainMessageTests {
  @Test func `a pasted message gives the product, the meaning, the fix and the rules`() throws {
    let paste = "VBoxManage: error: Error reading OVA '/tmp/a.ova' (VERR_TAR_UNSUPPORTED_PAX_TYPE)"
    let result = try OVATool.run("explain", paste)
    #expect(result.status == 0)
    #expect(result.errorText == "")
    #expect(
      result.text == """
        VirtualBox
          message  VERR_TAR_UNSUPPORTED_PAX_TYPE
          pasted   VERR_TAR_UNSUPPORTED_PAX_TYPE)
          means    The archive has extended headers (pax).
          rules    tar-pax: The archive has extended headers (pax).
                     fix: Pack with `ova fix PATH --write NEW.ova` or `tar
                     --format=ustar`; `--format=gnu` holds names and files that are too
                     large for it.
                   tar-global-header: The archive has a global extended header.
                     fix: Pack with `ova fix PATH --write NEW.ova` or `tar
                     --format=ustar`.
          targets  virtualbox (vb-pax): an extended header (pax).
                     fix: Write the archive anew in the ustar form with short names:
                     `ova fix PATH --write NEW.ova`, or `tar --format=ustar`.

        """)
  }

  @Test func `words without quotes, standard input and an argument are the same`() throws {
    let words = ["No", "support", "for", "the", "virtual", "hardware", "device", "type", "35"]
    let text = words.joined(separator: " ")
    let one = try OVATool.run("explain", text)
    #expect(one.status == 0)
    #expect(one.text.contains("sound-card-required"))
    #expect(try run(OVATool.path, ["explain"] + words).text == one.text)
    let wrapped = text.replacing(" ", with: "\n  ")
    #expect(try OVATool.run("explain", "-", input: Array(wrapped.utf8)).text == one.text)
  }

  @Test func `what is not known is said to be unknown`() throws {
    let result = try OVATool.run("explain", "ssh: connect to host example.com: refused")
    #expect(result.status == 1)
    #expect(
      result.text == """
        No known message is in this text, and none is near to it.
          fix  'ova check PACKAGE' finds what is wrong with a package

        """)
    let object = try OVATool.run("explain", "--format", "json", "ssh: connect refused").object()
    #expect(object["state"] as? String == "unknown")
    #expect((object["matches"] as? [Any])?.isEmpty == true)
  }

  @Test func `what is near is said to be only near`() throws {
    let result = try OVATool.run("explain", "Entrada de manifiesto de OVF no válida: .")
    #expect(result.status == 1)
    #expect(
      result.text.hasPrefix(
        """
        No known message is in this text. What follows is only near to it and may be
        something else.

        vCenter and the vSphere Client 6.5 and later
          message  Invalid OVF manifest entry
          near to  Entrada de manifiesto de OVF no válida: .
        """), "\(result.text)")
  }

  @Test func `JSON tells a match whole`() throws {
    let result = try OVATool.run(
      "explain", "--format", "json",
      "Line 25: No support for the virtual hardware device type '35'.")
    let object = try result.object()
    #expect(object["schema"] as? String == "ovakit/messages/1.0")
    #expect(object["state"] as? String == "known")
    #expect(object["check"] is NSNull)
    let match = try #require((object["matches"] as? [[String: Any]])?.first)
    #expect(match["extent"] as? String == "whole")
    #expect(
      match["excerpt"] as? String == "No support for the virtual hardware device type '35'.")
    let message = try #require(match["message"] as? [String: Any])
    #expect((message["product"] as? [String: String])?["id"] == "vmware")
    #expect(message["role"] as? String == "cause")
    #expect(message["meaning"] as? String == "The machine requires a sound card.")
    #expect(message["fix"] is NSNull)
    let rules = try #require(message["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["sound-card-required"])
  }

  @Test func `with a package only the rules of the message are shown`() throws {
    let folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: OVATool.sample("good/web.ova")))
    let good = try folder.write(Array(bytes), to: "web.ova")
    let message = "SHA1 digest of file web-disk1.vmdk does not match manifest"
    let clean = try OVATool.run("explain", message, "--package", good)
    #expect(clean.status == 0)
    #expect(
      clean.text.hasSuffix(
        "\n\(good)\n  None of these rules finds anything: as far as is known the package is not "
          + "the cause.\n"), "\(clean.text)")
    var damaged = bytes
    let middle = damaged.count / 2
    damaged[middle] ^= 0xFF
    let bad = try folder.write(Array(damaged), to: "bad.ova")
    let found = try OVATool.run("explain", message, "--package", bad, "--format", "json").object()
    let check = try #require(found["check"] as? [String: Any])
    let rules = (check["findings"] as? [[String: Any]])?.compactMap { $0["rule"] as? String }
    #expect(Set(rules ?? []) == ["manifest-digest-mismatch"])
    let absent = try OVATool.run("explain", message, "--package", folder.path("absent.ova"))
    #expect(absent.status == 3)
  }

  @Test func `a product's messages are listed`() throws {
    let result = try OVATool.run("explain", "--messages", "Glance")
    #expect(result.status == 0)
    #expect(
      result.text == """
        OpenStack Glance  glance
          Could not find OVF file in OVA archive file
              upper-case-extension, descriptor-missing
          Currently, OVA packages containing multiple disk are not supported
              The package has more than one disk.
          Invalid VMDK create-type specified
              disk-format-mismatch, disk-extent-missing
          Image disk_format … does not match stream data …
              disk-not-vmdk

        """)
    let all = try OVATool.run("explain", "--messages", "all", "--format", "json").object()
    #expect((all["messages"] as? [Any])?.count ?? 0 > 300)
    let wrong = try OVATool.run("explain", "--messages", "virtalbox")
    #expect(wrong.status == 2)
    #expect(wrong.errorText.contains("did you mean 'virtualbox'?"), "\(wrong.errorText)")
  }

  @Test func `a rule's id is found in any letter case, its page shows the messages`() throws {
    let page = try OVATool.run("explain", "Sound-Card-Required").text
    #expect(page == (try OVATool.run("explain", "sound-card-required").text))
    #expect(
      page.contains(
        """

        Messages it explains
          - VMware's OVF library
        """), "\(page)")
    #expect(page.contains("`No support for the virtual hardware device type '35'`"))
    let object = try OVATool.run("explain", "sound-card-required", "--format", "json").object()
    let rule = try #require((object["rules"] as? [[String: Any]])?.first)
    #expect((rule["messages"] as? [Any])?.count == 3)
  }

  @Test func `a target's condition has a page`() throws {
    #expect(
      try OVATool.run("explain", "VB-PAX").text == """
        vb-pax
          fails · VirtualBox

        What the package has
          An extended header (pax).

        What happens
          The archive is refused: VERR_TAR_UNSUPPORTED_PAX_TYPE.

        How to fix it
          Write the archive anew in the ustar form with short names: `ova fix PATH
          --write NEW.ova`, or `tar --format=ustar`.

        Rests on
          VirtualBox 7: ApplianceImplImport.cpp (2026-09), ovfreader.cpp, tarvfs.cpp,
          manifest2.cpp (2024-10).

        """)
  }

  @Test func `an option without a text is refused`() throws {
    for arguments in [["explain"], ["explain", "x", "--messages", "all"]] {
      #expect(try run(OVATool.path, arguments).status == 2, "\(arguments)")
    }
  }

  @Test func `of a log that is too long the end is searched, and it is said`() throws {
    let line = "2026-08-21 10:11:12 worker 17: copied block of the disk, no error, next file\n"
    let message = "Error: Unsupported hardware family 'vmx-21'\n"
    let tail = String(repeating: " \n", count: 500_000)
    for (text, isFound) in [(tail + tail + message, true), (message + tail + tail, false)] {
      let result = try OVATool.run("explain", "-", input: Array(text.utf8))
      #expect(result.text.contains("pasted   Unsupported hardware family 'vmx-21'") == isFound)
      #expect(result.errorText == "ova: standard input: only its last 1 MiB is searched\n")
    }
    let short = try OVATool.run("explain", "-", input: Array((line + message).utf8))
    #expect(short.errorText.isEmpty)
  }

  @Test(arguments: [
    ("manifest-absen", "manifest-absent"), ("vb-pxa", "vb-pax"),
    ("px-option-hardware", "px-options-hardware"),
  ])
  func `a mistyped id is told with the nearest`(id: String, nearest: String) throws {
    let result = try OVATool.run("explain", id)
    #expect(result.status == 2)
    #expect(result.errorText.contains("there is no rule '\(id)'\n  fix: did you mean '\(nearest)'"))
  }

  @Test func `what is pasted cannot steer the terminal`() throws {
    let text = "Unsupported hardware family '\u{1B}]0;title\u{7}vmx-21\u{202E}'"
    let result = try OVATool.run("explain", text)
    #expect(!result.text.contains("\u{1B}"))
    #expect(!result.text.contains("\u{202E}"))
  }
}
