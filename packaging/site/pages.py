"""Lays out the pages of the documents' site for mkdocs: documents as they are, one page for each rule
with an address that stays, and the interfaces for programs.

Usage: pages.py FOLDER [--http OPENAPI] [--library MARKDOWN]
  OPENAPI is the server's description of its API; MARKDOWN is what docc wrote of the library.
"""
import argparse
import json
import pathlib
import re
import shutil

PROJECT = pathlib.Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
# The documents in the order of the menu.
MENU = [
    ("Install", [("Packages", "packages.md"), ("Support", "support.md"),
                 ("Security contact", "SECURITY.md"), ("Changelog", "CHANGELOG.md")]),
    ("Guides", [("Gate uploads in CI", "guides/gate-uploads.md"),
                ("Run an image service", "guides/image-service.md"),
                ("Audit a repository", "guides/audit.md"),
                ("Move from an existing catalog", "guides/move.md"),
                ("Choose a target", "guides/choose-a-target.md"),
                ("Embed the library", "guides/embed.md")]),
    ("Integrations", [("GitHub Actions", "integrations/github-actions.md"),
                      ("GitLab CI", "integrations/gitlab.md"),
                      ("Jenkins", "integrations/jenkins.md"),
                      ("Packer", "integrations/packer.md"),
                      ("pre-commit", "integrations/pre-commit.md"),
                      ("Kubernetes", "integrations/kubernetes.md")]),
    ("Reference", [("Commands", "cli.md"), ("Configuration", "configuration.md"),
                   ("Policy", "policy.md"),
                   ("Repositories", "scanning.md"), ("Scans in shards", "scale.md"),
                   ("PostgreSQL", "postgresql.md"),
                   ("Server", "server.md"),
                   ("Formats", "formats.md"), ("Limits", "limits.md"), ("Targets", "targets.md"),
                   ("Performance", "performance.md"), ("Security", "security.md"),
                   ("Glossary", "glossary.md"),
                   ("Architecture", "architecture.md"), ("Dependencies", "dependencies.md")]),
]
LINK = re.compile(r"(!?\[[^\]\n]*\])\(([^)\s]+)\)")


class Site:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.rules = set()
        self.pages = set()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self.pages.add(name)

    def link(self, match, source):
        """A link of a document as it is on the site; one to a file that has no page is plain text."""
        text, target = match[1], match[2]
        if re.match(r"[a-z]+:", target):
            return match[0]
        path, _, anchor = target.partition("#")
        if not path and source != DOCS / "rules.md":
            return match[0]
        file = (source.parent / path).resolve() if path else source
        if file == DOCS / "rules.md":
            rule = anchor if anchor in self.rules else "index"
            page = f"rules/{rule}.md"
        elif file.is_relative_to(DOCS) and file.suffix == ".md":
            page = str(file.relative_to(DOCS)) + (f"#{anchor}" if anchor else "")
        elif file.is_relative_to(DOCS) and file.suffix == ".json":
            page = str(file.relative_to(DOCS))
        elif file.parent == PROJECT and file.name in ("CHANGELOG.md", "SECURITY.md", "README.md"):
            page = {"README.md": "index.md"}.get(file.name, file.name)
        else:
            return f"{text[1:-1]}" if text.startswith("[") else ""
        return f"{text}({self.relative(page, source)})"

    def relative(self, page, source):
        """A page's address from the page that is made of a document."""
        if source.is_relative_to(DOCS):
            depth = len(source.relative_to(DOCS).parts) - 1
        else:
            depth = 0
        if source == DOCS / "rules.md":
            depth = 1
        return "../" * depth + page

    def text(self, source):
        text = source.read_text()
        parts = re.split(r"(^```.*?^```$)", text, flags=re.M | re.S)
        return "".join(
            part if part.startswith("```") else LINK.sub(lambda m: self.link(m, source), part)
            for part in parts)

    def document(self, source, name):
        self.write(name, self.text(source))

    def rule_pages(self):
        """A page for each rule, and the list of them, from the one document that the command writes."""
        source = DOCS / "rules.md"
        whole = source.read_text()
        self.rules = set(re.findall(r"^### ([a-z0-9-]+)$", whole, re.M))
        text = self.text(source)
        titles = dict(re.findall(r"^ +- \[([a-z0-9-]+)\]\(#[a-z0-9-]+\): (.+)$", whole, re.M))
        groups = re.split(r"^## (.+)$", text, flags=re.M)
        listed = [groups[0].split("\n- [")[0].rstrip().replace(
            " This file is written by `scripts/docs`.", ""), ""]
        for group, body in zip(groups[1::2], groups[2::2]):
            listed.append(f"\n## {group}\n")
            pages = re.split(r"^### ([a-z0-9-]+)$", body, flags=re.M)
            for rule, page in zip(pages[1::2], pages[2::2]):
                lines = page.strip("\n").split("\n")
                self.write(f"rules/{rule}.md", f"# {rule}\n\n" + "\n".join(lines) + "\n")
                listed.append(f"- [{rule}]({rule}.md): {titles[rule]}")
        self.write("rules/index.md", "\n".join(listed) + "\n")

    def http(self, file):
        """The requests of the server's API as a table, beside the description for programs."""
        api = json.loads(pathlib.Path(file).read_text())
        shutil.copy(file, self.folder / "openapi.json")
        lines = ["# HTTP interface", "",
                 "What `ova serve` answers. The description for programs is "
                 "[openapi.json](openapi.json) (OpenAPI " + api["openapi"] + "); a running server has "
                 "it at `/openapi.json`, and pages of it at `/docs`.", "",
                 "| Request | What it answers |", "|---|---|"]
        for path, item in api["paths"].items():
            for method, request in item.items():
                if method in ("get", "post", "put", "patch", "delete", "options", "head"):
                    words = request.get("summary") or request.get("description") or ""
                    words = " ".join(words.split()).replace("|", "\\|")
                    lines.append(f"| `{method.upper()} {path}` | {words} |")
        self.write("http.md", "\n".join(lines) + "\n")

    def library(self, folder):
        """The libraries' documentation, as docc writes it in Markdown: a folder a module, in which
        each article and each type with its members is a page here."""
        lines = ["# Libraries", "", "What a Swift program sees of each module.", ""]
        for archive in sorted(pathlib.Path(folder).iterdir()):
            root = archive / "data" / "documentation"
            for index in sorted(root.glob("*.md")):
                module = docc_title(index)
                self.module(module, index, root / index.stem)
                lines.append(f"- [{module}](library/{module}/index.md)")
        self.write("library.md", "\n".join(lines) + "\n")

    def module(self, module, index, folder):
        tops = {file.stem: file for file in sorted(folder.glob("*.md"))}

        def body(file):
            text = re.sub(r"\A<!--.*?-->\s*", "", file.read_text(), flags=re.S)

            def link(match):
                path = match[2].lower().removeprefix(f"/documentation/{module.lower()}/")
                return f"{match[1]}({path}.md)" if path in tops else match[1][1:-1]
            return re.sub(r"(\[[^\]\n]*\])\((/documentation/[^)\s]+)\)", link, text)

        listed = []
        for name, file in tops.items():
            text = body(file).rstrip() + "\n"
            for member in sorted((folder / name).rglob("*.md")):
                if "implementations" in str(member) or member.name.startswith("!="):
                    continue
                # A member is a section of the type's page: its headings stand below it.
                text += "\n" + re.sub(r"^(#+) ", r"#\1 ", body(member).rstrip(), flags=re.M) + "\n"
            self.write(f"library/{module}/{name}.md", text)
            listed.append(f"- [{docc_title(file)}]({name}.md)")
        text = re.sub(r"^## Topics$.*", "", body(index), flags=re.M | re.S).rstrip()
        self.write(f"library/{module}/index.md", f"{text}\n\n## Contents\n\n" + "\n".join(listed) + "\n")


def docc_title(file):
    """The title of a page that docc wrote, from the facts before its text."""
    facts = re.match(r"<!--(.*?)-->", file.read_text(), re.S)
    return json.loads(facts[1])["title"] if facts else file.stem


def menu(entries, pages):
    lines = []
    for title, items in entries:
        present = [(name, page) for name, page in items if page in pages]
        lines.append(f"  - {title}:")
        lines += [f"      - {json.dumps(name)}: {page}" for name, page in present]
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--http")
    parser.add_argument("--library")
    arguments = parser.parse_args()
    root = pathlib.Path(arguments.folder)
    site = Site(root / "docs")
    site.rule_pages()
    site.document(PROJECT / "README.md", "index.md")
    site.document(PROJECT / "CHANGELOG.md", "CHANGELOG.md")
    site.document(PROJECT / "SECURITY.md", "SECURITY.md")
    for file in sorted(DOCS.rglob("*.md")):
        if file.name != "rules.md":
            site.document(file, str(file.relative_to(DOCS)))
    shutil.copytree(DOCS / "schema", site.folder / "schema")
    programs = []
    if arguments.http:
        site.http(arguments.http)
        programs.append(("HTTP interface", "http.md"))
    if arguments.library:
        site.library(arguments.library)
        programs.append(("Libraries", "library.md"))
    entries = [("Start", [("OVAKit", "index.md")])] + MENU
    entries.append(("Rules", [("All rules", "rules/index.md")]))
    if programs:
        entries.append(("For programs", programs))
    # A document that the menu does not name stands among the references, under its own title.
    listed = {page for _, items in entries for _, page in items}
    for page in sorted(site.pages - listed):
        if not page.startswith(("rules/", "library/")):
            title = re.search(r"^# (.+)$", (site.folder / page).read_text(), re.M)
            dict(entries)["Reference"].append((title[1] if title else page, page))
    root.joinpath("mkdocs.yml").write_text("\n".join([
        "site_name: OVAKit",
        # Addresses end in .html, so that files do without a server.
        "use_directory_urls: false",
        "theme:",
        "  name: mkdocs",
        "  highlightjs: false",
        "  color_mode: auto",
        "plugins: []",
        "markdown_extensions: [tables, fenced_code, sane_lists, toc]",
        "validation:",
        "  omitted_files: ignore",
        "  absolute_links: warn",
        "  unrecognized_links: warn",
        "  anchors: warn",
        "nav:",
        *menu(entries, site.pages),
    ]) + "\n")


main()
