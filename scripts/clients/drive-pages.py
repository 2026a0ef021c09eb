"""Uses the pages as people do, in a headless browser. Arguments: browser, base URL, token."""
import os
import sys

from playwright.sync_api import sync_playwright

browser_path, base, token = sys.argv[1:4]
failures = 0


def check(name, holds, detail=""):
    global failures
    print(("ok   " if holds else "FAIL ") + name + (f": {detail}" if not holds and detail else ""))
    failures += not holds


# The contrast of each piece of text with what lies behind it, as WCAG reckons it; 4.5 is enough.
CONTRAST = """
() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1] }
  const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b) }
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor)
    if (c[3] > 0) return c } return [255, 255, 255, 1] }
  const bad = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement
    if (!walker.currentNode.textContent.trim() || !e.checkVisibility()) continue
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e))
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05)
    if (ratio < 4.5) bad.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2))
  }
  return bad
}
"""

# What reaches beyond the window.
WIDE = """
() => [...document.querySelectorAll('body *')].map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.right > innerWidth || r.right > document.documentElement.clientWidth)
  .map(([e, r]) => e.tagName + '.' + e.className + ' ' + Math.round(r.right)).slice(-3)
"""

with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    messages, foreign = [], []

    def open_context(**options):
        context = browser.new_context(base_url=base, **options)
        context.on("console", lambda m: messages.append(m.text) if m.type == "error" else None)
        context.on("request", lambda r: None if r.url.startswith(base + "/") else foreign.append(r.url))
        return context

    def sign_in(context):
        context.add_cookies([{"name": "ova_session", "value": token, "url": base}])
        return context.new_page()

    # Without JavaScript, by keyboard alone.
    context = open_context(java_script_enabled=False, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.goto("/image/1?q=web&page=2")
    check("who is not signed in is asked", page.url.startswith(base + "/sign-in?to="))
    page.keyboard.type("josem")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    check("a wrong password is told", "wrong" in page.inner_text("[role=alert]"))
    page.fill("#user", "josem")
    page.fill("#password", "pass word")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('.ova')")
    check("a password signs in, and leads to what was wanted", page.url == base + "/image/1?q=web&page=2", page.url)
    page.click("text=Sign out")
    page.goto("/sign-in?to=//evil.example/")
    page.fill("#token", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    check("a wrong token is told", "not valid" in page.inner_text("[role=alert]"))
    page.fill("#token", token)
    page.keyboard.press("Enter")
    page.wait_for_selector("table")
    check("a token signs in, and leads nowhere else", page.url == base + "/")
    check("the list says how long it is", "34 images" in page.inner_text("[role=status]"))
    check("a page holds 25 images", page.locator("tbody tr").count() == 25)
    page.keyboard.press("Tab")
    check("the first stop skips to the content", page.locator("a.skip:focus").count() == 1)
    page.click("text=Next")
    check("the next page follows", page.locator("tbody tr").count() == 9)
    page.goto("/")
    page.click("thead a:has-text('Name')")
    first = page.inner_text("tbody tr td.name")
    check("the list is sorted by name", first.startswith("a-name"), first)
    check("the order is told", page.get_attribute("thead th", "aria-sort") == "ascending")
    page.click("thead a:has-text('Name')")
    check("and backwards", page.inner_text("tbody tr td.name") == "wrong-digest.ova")
    page.focus("#q")
    page.keyboard.type("web-1")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=found")
    check("the search finds", page.inner_text("[role=status]") == "11 images found", page.inner_text("[role=status]"))
    check("the search keeps the order", page.inner_text("tbody tr td.name") == "web-19.ova")
    page.goto("/?q=linux+WEB-1+vmimages&sort=name,desc")
    check("words are found in any order", page.inner_text("[role=status]") == "11 images found")
    for nothing in ["%25", "web_1"]:
        page.goto("/?q=" + nothing)
        check("signs of patterns are text: " + nothing, page.inner_text("[role=status]") == "0 images found")
    page.goto("/?q=web&sort=name,desc&page=2")
    listed = page.url
    page.click("tbody td.name a")
    page.click("text=← All images")
    check("the way back keeps search, order and page",
          sorted(page.url.replace("%2C", ",").split("?")[1].split("&")) == sorted(listed.split("?")[1].split("&")), page.url)
    page.goto("/?q=long")
    check("a long name is whole in a tooltip", (page.get_attribute("tbody td.name a", "title") or "").endswith(".ova"))
    page.focus("#q")
    page.fill("#q", "no such image")
    page.keyboard.press("Enter")
    page.wait_for_selector(".empty")
    check("nothing found is told", "Nothing matches" in page.inner_text(".empty"))
    page.goto("/?q=wrong-digest")
    page.focus("tbody a")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Findings')")
    check("an image is looked into", page.inner_text("h1") == "wrong-digest.ova")
    check("its faults are told", page.locator("code:has-text('manifest-digest-mismatch')").count() == 1)
    check("its disks and files are told", page.locator("table.plain").count() == 2)
    page.goto("/")
    page.click("header a:has-text('Targets')")
    check("the page on targets is linked", page.inner_text("h1") == "Targets")
    check("each target has its numbers",
          page.inner_text("table.targets tbody tr").startswith("VirtualBox"), page.inner_text("main"))
    cells = page.locator("table.targets tbody tr").first.locator("td").all_inner_texts()
    check("every public image is counted once", sum(map(int, cells)) == 34, str(cells))
    page.goto("/?of=me")
    check("the user's own images are listed", page.inner_text("tbody td.name") == "mine.ova")
    check("the page says where to upload to", page.locator("a[href='https://upload.example.org/']").count() == 1)
    page.click("text=Sync now")
    check("the button leads to the sync", "/sync/" in page.url, page.url)
    page.wait_for_selector("text=nothing changed", timeout=20000)
    check("which shows by itself how it ended", page.locator(".badge:has-text('done')").count() == 1)
    page.click("text=← My images")
    check("the last sync is told", "Last sync: done" in page.inner_text(".sync").replace("\n", " "))
    check("an address that is none has a page", page.goto("/nothing").status == 404
          and page.inner_text("h1") == "Not found")
    check("a query that is too long has a page", page.goto("/?q=" + "a" * 9000).status == 414
          and page.inner_text("h1") == "The address is too long")
    page.click("text=Sign out")
    check("signing out ends it", page.url == base + "/sign-in")
    page.goto("/")
    check("and stays ended", page.url == base + "/sign-in")
    page.goto("/docs")
    check("the API's page is open", page.locator("code:has-text('/v2/user/image/vm')").count() > 2)
    context.close()

    # Each page on screens of all sizes, light and dark.
    screenshots = os.environ.get("OVA_SCREENSHOTS")
    paths = {"list": "/", "search": "/?q=web&sort=name,desc", "mine": "/?of=me", "image": "/image/1", "targets": "/targets",
             "nothing": "/image/999999", "docs": "/docs"}
    page = sign_in(open_context())
    page.goto("/?q=wrong-digest")
    paths["broken"] = page.get_attribute("tbody td.name a", "href")
    paths["sync"] = "/sync/1"
    # The last one: who is signed in is led on.
    paths["sign-in"] = "/sign-in"
    for scheme in ["light", "dark"]:
        for width in [320, 390, 800, 1280]:
            context = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page = sign_in(context)
            wide, pale, small = [], [], []
            for name, path in paths.items():
                if name == "sign-in":
                    context.clear_cookies()
                page.goto(path)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wide += [f"{name} {text}" for text in page.evaluate(WIDE)]
                pale += [f"{name} {text}" for text in page.evaluate(CONTRAST)]
                small += page.evaluate(
                    "[...document.querySelectorAll('button, input:not([type=hidden])')]"
                    ".filter(e => e.getBoundingClientRect().height < 40).map(e => e.outerHTML)")
                if screenshots:
                    page.screenshot(path=f"{screenshots}/{name}-{scheme}-{width}.png")
            check(f"{scheme}, {width} wide: nothing sticks out", not wide, wide)
            check(f"{scheme}, {width} wide: text stands out from its ground", not pale, pale[:5])
            check(f"{scheme}, {width} wide: fields and buttons fit a finger", not small, small)
            context.close()
    expected = [m for m in messages if not any(status in m for status in ["401", "404", "414"])]
    check("the policy has nothing to complain of", not expected, expected)
    check("nothing comes from elsewhere", not foreign, foreign)
    browser.close()
sys.exit(failures > 0)
