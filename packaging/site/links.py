"""Follows every link of the pages in a folder that leads to a file, and says which lead nowhere: to no
file, or to no place within a page.

Usage: links.py FOLDER
"""
import html.parser
import pathlib
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.places, self.links = {"", "top"}, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.places.add(value)
            elif name in ("href", "src") and value is not None:
                self.links.append((self.getpos()[0], value))


def main(folder):
    root = pathlib.Path(folder).resolve()
    pages = {path: Page(path.read_text()) for path in root.rglob("*.html")}
    faults, followed = [], 0
    for path, page in sorted(pages.items()):
        # What is shown when an address is not known is shown at any address.
        if path == root / "404.html":
            continue
        for line, link in page.links:
            address = urllib.parse.urlsplit(link)
            if address.scheme or address.netloc:
                continue
            followed += 1
            target = path
            if address.path:
                target = (path.parent / urllib.parse.unquote(address.path)).resolve()
            place = urllib.parse.unquote(address.fragment)
            at = f"{path.relative_to(root)}:{line}: {link}"
            if not target.is_relative_to(root) or not target.exists():
                faults.append(f"{at}: no such file")
            elif target.is_dir():
                faults.append(f"{at}: a folder, which only a server shows as a page")
            elif target in pages and place not in pages[target].places:
                faults.append(f"{at}: no such place in the page")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(pages)} pages, {followed} links, {len(faults)} lead nowhere")
    sys.exit(1 if faults else 0)


main(*sys.argv[1:])
