import Foundation
import OVATestSupport
import Testing

/// Whatever name a shell can pass can be opened and written, by every command.
@Suite struct PathArgumentTests {
  /// A name as bash writes it.
  struct Name: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let quoted: String

    init(_ what: String, _ quoted: String) {
      testDescription = what
      self.quoted = quoted
    }
  }

  /// All that a name can be, as far as that goes together, and as long as it may be.
  static let hardest = [
    Name("everything", #"$'-\xE9\xFF \n\x01\x1B[31m\\x41\\x5C\\%41q\'u"o`*? '"#),
    Name("255 bytes", #""$(printf 'x%.0s' {1..255})""#),
  ]

  static let others = [
    Name("not UTF-8", #"$'\xE9t\xE9\xFF'"#),
    Name("a line feed", #"$'a\nb'"#),
    Name("control characters", #"$'a\x01\x1B[31mb\x7F'"#),
    Name("a leading dash", #"$'-dash'"#),
    Name("blanks", #"$' a b '"#),
    Name("an emoji", #"$'\xF0\x9F\x98\x80'"#),
    Name("composed", #"$'B\xC3\xBCro'"#),
    Name("decomposed", #"$'Bu\xCC\x88ro'"#),
    Name("quotes", #"$'q\'u"o`'"#),
    Name("a backslash", #"$'a\\b'"#),
    Name("what looks like an escape", #"$'lit\\x41'"#),
    Name("the escape of a backslash", #"$'lit\\x5C'"#),
    Name("a pattern", #"$'*?[a]'"#),
    Name("a percent sign", #"$'a%41%'"#),
    Name("a database in memory", #"$':memory:'"#),
    Name("a URI", #"$'file:x?mode=memory'"#),
  ]

  /// A command with the name as one of its paths, in bash: `$ova` is the command, `$n` the name,
  /// `web.ova` and `web` a package as archive and folder, `catalog.db` a catalog. It fails where
  /// the command does not do to the name what it should.
  struct Use: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let script: String

    init(_ what: String, _ script: String) {
      testDescription = what
      self.script = script
    }
  }

  /// The name with room for what SQLite and a scan put behind a database's.
  private static let database = #"d=${n:0:240}; "$ova" scan --quiet --settle 0s --data-store s"#

  static let uses = [
    Use("inspect", #"cp web.ova ./"$n"; "$ova" inspect -- "$n" | grep -q 'Web server'"#),
    Use("inspect of an absolute path", #"cp web.ova ./"$n"; "$ova" inspect "$PWD/$n""#),
    Use("check", #"cp web.ova ./"$n"; "$ova" check -- "$n""#),
    Use("check of a folder", #"cp -r web ./"$n"; "$ova" check --deep -- "$n""#),
    Use("check --tee", #""$ova" check --tee="$n" - < web.ova; cmp ./"$n" web.ova"#),
    Use(
      "check --stdin-filename",
      #""$ova" check --format json --stdin-filename="$n" - < web.ova | grep -q '"path"'"#),
    Use("check --trust", #"mv signer.pem ./"$n"; "$ova" check --trust="$n" web.ova"#),
    Use(
      "check --schema",
      #"mkdir ./"$n"; mv ovf.xsd ./"$n"; "$ova" check --schema="$n" web.ova"#),
    Use(
      "a schema of that name",
      #"mkdir s; mv ovf.xsd s/"${n:0:250}.xsd"; "$ova" check --schema=s web.ova"#),
    Use("check --sandbox", #"cp web.ova ./"$n"; "$ova" check --sandbox -- "$n""#),
    Use(
      "explain --package",
      #"cp web.ova ./"$n"; "$ova" explain --package="$n" "The manifest is invalid" || test $? -eq 1"#
    ),
    Use("spec", #"cp web.ova ./"$n"; "$ova" spec -- "$n""#),
    Use("diff", #"cp web.ova ./"$n"; "$ova" diff -- "$n" web.ova"#),
    Use("disk", #"cp web/web-disk1.vmdk ./"$n"; "$ova" disk --deep -- "$n""#),
    Use("disk --map-svg", #""$ova" disk --map-svg="$n" web/web-disk1.vmdk; grep -q '<svg' ./"$n""#),
    Use("fix", #"cp web.ova ./"$n"; "$ova" fix -- "$n""#),
    Use(
      "fix --write",
      #"""
      "$ova" fix --write="$n" web.ova; "$ova" check --quiet -- "$n"
      ! "$ova" fix --write="$n" web.ova
      """#
    ),
    Use(
      "manifest", #"mv web ./"$n"; rm ./"$n"/web.mf; "$ova" manifest "./$n"; test -s ./"$n"/web.mf"#
    ),
    Use(
      "manifest of an archive",
      #"""
      cp web.ova ./"$n"; "$ova" manifest --algorithm sha512 -- "$n"; "$ova" check --quiet -- "$n"
      """#
    ),
    Use(
      "--sign and --certificate",
      #"""
      mkdir k c; mv key.pem k/"$n"; mv signer.pem c/"$n"
      "$ova" manifest --sign="k/$n" --certificate="c/$n" web; test -s web/web.cert
      """#),
    Use("pack", #"cp -r web ./"$n"; "$ova" pack --output=out.ova -- "$n""#),
    Use("pack --output", #""$ova" pack --output="$n" web; "$ova" check --quiet -- "$n""#),
    Use(
      "pack --output --force",
      #"""
      touch ./"$n"; if "$ova" pack --output="$n" web; then exit 9; fi
      "$ova" pack --force --output="$n" web
      """#),
    Use("unpack", #"mkdir g; mv web.ova g/"${n:0:250}.ova"; "$ova" unpack -- g/"${n:0:250}.ova""#),
    Use(
      "unpack --directory",
      #"mkdir ./"$n"; "$ova" unpack --directory="$n" web.ova; test -s ./"$n"/web/web.ovf"#),
    Use(
      "scan of a folder",
      #"""
      mkdir ./"$n"; cp web.ova ./"$n"/web.ova
      "$ova" scan --settle 0s --db=c.db --data-store s -- "$n"
      "$ova" catalog list --db=c.db | grep -q 'web.ova'
      "$ova" catalog forget --db=c.db --yes -- "$n"
      """#),
    Use(
      "scan of a file",
      #"""
      mv f/web.ova f/"${n:0:250}.ova"; "$ova" scan --settle 0s --db=c.db --data-store s f
      test -n "$("$ova" catalog list --db=c.db)"
      """#),
    Use(
      "scan --root",
      #"""
      mkdir ./"$n"; mv f ./"$n"/f
      "$ova" scan --settle 0s --db=c.db --data-store s --root="$n" "./$n/f"
      "$ova" catalog list --db=c.db | grep -q 'f/web.ova'
      """#),
    Use(
      "scan --exclude",
      #"""
      case $n in *\[*) exit 0;; esac
      mv f/web.ova f/"${n:0:250}.ova"
      "$ova" scan --settle 0s --db=c.db --data-store s --exclude="${n:0:250}.ova" f
      test -z "$("$ova" catalog list --db=c.db --format ndjson)"
      """#),
    Use(
      "catalog show",
      #"""
      mv f/web.ova f/"${n:0:250}.ova"; "$ova" scan --settle 0s --db=c.db --data-store s f
      "$ova" catalog show --db=c.db "[s] ${n:0:250}.ova" | grep -q 'Web server'
      """#),
    Use(
      "--db",
      #"""
      \#(database) --db="$d" f; test -f ./"$d"
      "$ova" catalog list --db="$d"; "$ova" report --db="$d" > /dev/null
      """#
    ),
    Use(
      "--db of a file that may not be written",
      #"\#(database) --db="$d" f; chmod a-w ./"$d"; "$ova" catalog list --db="$d""#),
    Use(
      "catalog export --db",
      #"\#(database) --db="$d" f; "$ova" catalog export --db="$d" | grep -q web"#),
    Use(
      "catalog export of a folder",
      #"mv f ./"$n"; "$ova" catalog export --data-store s -- "$n" | grep -q web"#),
    Use(
      "catalog import",
      #""$ova" catalog export --data-store s f > ./"$n"; "$ova" catalog import --db=new.db -- "$n""#
    ),
    Use(
      "catalog backup and restore",
      #"""
      "$ova" catalog backup --db=catalog.db -- "$n"; test -s ./"$n"
      b=b/${n:0:240}; mkdir b; cp ./"$n" "$b"; "$ova" catalog restore --db=new.db -- "$b"
      """#),
    Use("report --output", #""$ova" report --db=catalog.db --output="$n"; grep -q '<html' ./"$n""#),
    Use(
      "--config",
      #"echo 'database: catalog.db' > ./"$n"; "$ova" token list --config="$n""#),
    Use(
      "a database that a configuration names, in a folder of that name",
      #"""
      mkdir ./"$n"; mv catalog.db ./"$n"; echo 'database: catalog.db' > ./"$n"/c
      "$ova" token list --config="$n"/c
      """#
    ),
  ]

  /// The files that every use finds in its folder.
  private static let prepared = Result {
    let folder = try TemporaryFolder()
    let result = try run(
      "bash",
      [
        "-c",
        #"""
        set -e; export LC_ALL=C; cp "$1" web.ova; "$0" unpack web.ova; mkdir f; cp web.ova f/
        "$0" scan --quiet --settle 0s --db=catalog.db --data-store s f
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
          -keyout key.pem -out signer.pem -days 30 -subj /CN=signer
        echo '<schema xmlns="http://www.w3.org/2001/XMLSchema"
          targetNamespace="http://schemas.dmtf.org/ovf/envelope/1"><element name="Envelope"/></schema>' \
          > ovf.xsd
        """#, OVATool.path, OVATool.sample("good/web.ova"),
      ], in: folder.path)
    try #require(result.status == 0, "\(result.errorText)")
    return folder
  }

  /// A name in a use of it.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: Name
    let use: Use

    var testDescription: String { "\(name.testDescription): \(use.testDescription)" }
  }

  /// Every use with the hardest names, and every name in a few uses; with `OVA_PATHS=all` every name
  /// in every use.
  static let cases: [Case] = {
    let few: Set = [
      "inspect", "check", "pack --output", "--db", "scan of a file", "catalog export --db",
    ]
    let isAll = ProcessInfo.processInfo.environment["OVA_PATHS"] == "all"
    return hardest.flatMap { name in uses.map { Case(name: name, use: $0) } }
      + others.flatMap { name in
        uses.filter { isAll || few.contains($0.testDescription) }.map { Case(name: name, use: $0) }
      }
  }()

  @Test(arguments: cases) func `a command takes a path by its very bytes`(one: Case) throws {
    let (name, use) = (one.name, one.use)
    let folder = try TemporaryFolder()
    let script = """
      set -e; export LC_ALL=C ova=$0; cp -a "$1"/. .
      n=\(name.quoted)
      \(use.script)
      """
    let result = try run(
      "bash", ["-c", script, OVATool.path, Self.prepared.get().path], in: folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    // A name never acts on a terminal.
    #expect(!(result.output + result.errors).contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 })
  }

  @Test func `an argument that is no path is taken as it is`() throws {
    let folder = try TemporaryFolder()
    let result = try run(
      "bash",
      [
        "-c",
        #"""
        "$0" scan --quiet --settle 0s --db=c.db --data-store 'a\x41b' .
        "$0" catalog repositories --db=c.db
        """#,
        OVATool.path,
      ], in: folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains(#"a\x41b"#), "\(result.text)\(result.errorText)")
  }

  @Test func `an argument that is no path and not UTF-8 is text with its bytes escaped`() throws {
    let folder = try TemporaryFolder()
    let result = try run(
      "bash",
      [
        "-c",
        #"""
        mkdir $'f\xE9'
        "$0" scan --quiet --settle 0s --db=c.db --data-store $'s\xE9' $'f\xE9'
        "$0" catalog repositories --db=c.db
        """#,
        OVATool.path,
      ], in: folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains(#"[s\xE9]"#), "\(result.text)\(result.errorText)")
    #expect(result.text.contains(#"f\xE9"#), "\(result.text)\(result.errorText)")
  }

  @Test func `a wrong argument that is not UTF-8 is quoted with its bytes escaped`() throws {
    let result = try run("bash", ["-c", #""$0" check $'--tr\xFFst' x"#, OVATool.path])
    #expect(result.status == 2)
    #expect(result.errorText.contains(#"--tr\xFFst"#), "\(result.errorText)")
  }
}
