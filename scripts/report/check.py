"""Looks at audit pages in a browser. Usage: check.py PAGE [FOLDER for pictures]"""

import sys

from browser import Browser

page = sys.argv[1]
pictures = sys.argv[2] if len(sys.argv) > 2 else None
failures = 0


def expect(is_so, words, detail=""):
    global failures
    print(("ok   " if is_so else "FAIL ") + words + (f": {detail}" if not is_so and detail != "" else ""))
    failures += 0 if is_so else 1


CONTRAST = """(() => {
  const light = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 };
  const sum = c => .2126 * light(c[0]) + .7152 * light(c[1]) + .0722 * light(c[2]);
  const read = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const back = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c } return [255, 255, 255] };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    if (['SCRIPT', 'STYLE', 'TITLE'].includes(e.tagName.toUpperCase())) continue;
    const style = getComputedStyle(e), isDrawn = e instanceof SVGElement;
    const a = sum(read(isDrawn ? style.fill : style.color)), b = sum(back(isDrawn ? e.closest('svg').parentElement : e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push(e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + ratio.toFixed(2));
  }
  return [...new Set(poor)];
})()"""
ORDER = "[...document.querySelectorAll('#list > li')].map(i => %s)"
SHOWN = "[...document.querySelectorAll('#list > li')].filter(i => !i.hidden)"

browser = Browser()
browser.open(page)
expect(browser.complaints() == [], "no complaint of the console, no request", browser.complaints())
expect(browser.run("document.querySelector('main section:nth-of-type(2)').id") == "changes",
       "what changed comes first")

# Sorting.
size = ORDER % "Number(i.dataset.bytes)"
press = "[...document.querySelectorAll('.head button')].find(b => b.textContent === '%s').click()"
browser.run(press % "Size")
sizes = browser.run(size)
expect(len(sizes) > 1 and sizes == sorted(sizes, reverse=True), "packages sort by size, the largest first")
browser.run(press % "Size")
expect(browser.run(size) == sorted(sizes), "and the other way round at the second press")
browser.run(press % "State")
need = browser.run(ORDER % "Number(i.dataset.need)")
expect(need == sorted(need, reverse=True), "packages sort by state, the worst first")
browser.run("[...document.querySelectorAll('.folders th button')].find(b => b.textContent === 'Packages').click()")
column = browser.run("[...document.querySelectorAll('.folders tbody tr')].map(r => Number(r.cells[2].dataset.v))")
expect(column == sorted(column, reverse=True), "folders sort by packages")
expect(browser.run("document.querySelectorAll('.folders th[aria-sort]').length") == 1, "and the column says so")

# Filtering.
total = browser.run("document.querySelectorAll('#list > li').length")
browser.run("document.querySelector('[data-show=bad]').click()")
bad = browser.run(SHOWN + ".length")
expect(0 < bad < total and browser.run(SHOWN + ".every(i => i.className === 'bad')"), "errors alone are shown")
expect(browser.run("document.getElementById('shown').textContent") == f"{bad} of {total} shown", "and counted aloud")
browser.run("document.querySelector('[data-show=\"\"]').click()")
browser.run("document.querySelector('.pick').click()")
rule = browser.run("document.querySelector('.pick').dataset.rule")
packages = browser.run("Number(document.querySelector('.rules tbody tr').cells[2].dataset.v)")
left = browser.run("document.querySelector('#packages > .dim') !== null")
count = browser.run(SHOWN + ".length")
expect(count == packages or left and count <= packages, "a rule leads to its packages", f"{rule}: {count} of {packages}")
browser.run("q = document.getElementById('q'); q.value = 'xyzzy'; q.dispatchEvent(new Event('input'))")
browser.run("new Promise(done => setTimeout(done, 200))")
expect(browser.run(SHOWN + ".length") == 0, "what is nowhere is not found")

# The keyboard alone.
browser.open(page)
seen = []
for _ in range(12):
    browser.key("Tab", 9)
    seen.append(browser.run("document.activeElement.textContent.trim().slice(0, 20)"))
expect(seen[0] == "To the packages" and "Findings" in seen, "tab goes from link to link", seen)
browser.run("document.querySelector('#list summary').focus()")
browser.key("Enter", 13, "\r")
expect(browser.run("document.querySelector('#list details').open"), "enter opens a package")
browser.run("document.querySelectorAll('#list details')[0].open = false")
nameless = browser.run("""[...document.querySelectorAll('a, button, input, summary, [role=img]')].filter(e =>
  !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels && e.labels.length)).length""")
expect(nameless == 0, "all that can be pressed or read aloud has a name", nameless)
twins = browser.run("""(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i) })()""")
expect(twins == [], "ids are there once", twins)
dangling = browser.run("""[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
  .filter(id => !document.getElementById(id))""")
expect(dangling == [], "links lead to a place", dangling[:5])

# Texts of packages do nothing.
expect(browser.run("document.querySelectorAll('img, iframe, object, b b, [onload], [onerror]').length") == 0,
       "no markup of a package is markup")
expect(browser.run("document.scripts.length") == 1, "one script, ours")

# Light and dark, wide and narrow.
for dark in [False, True]:
    name = "dark" if dark else "light"
    browser.open(page, dark=dark)
    browser.run("document.querySelectorAll('details').forEach((d, i) => d.open = i < 60)")
    poor = browser.run(CONTRAST)
    expect(poor == [], f"{name}: all text stands out from what is behind it (4.5)", poor[:6])
    if pictures:
        browser.run("document.querySelectorAll('#list details').forEach((d, i) => d.open = i === 1)")
        browser.screenshot(f"{pictures}/desktop-{name}.png")
for width in [320, 390, 768]:
    browser.open(page, width=width, height=844)
    browser.run("document.querySelectorAll('details').forEach((d, i) => d.open = i < 60)")
    wide = browser.run("document.documentElement.scrollWidth")
    expect(wide <= width, f"nothing sticks out at {width} pixels", wide)
    if pictures and width == 390:
        browser.open(page, width=width, height=844)
        browser.screenshot(f"{pictures}/phone.png")

# Paper.
browser.open(page, media="print")
hidden = browser.run("""[...document.querySelectorAll('.more, .rules details > div, .happenings ul')]
  .filter(e => e.getBoundingClientRect().height === 0 || !e.checkVisibility({contentVisibilityAuto: true})).length""")
expect(hidden == 0, "print hides no part", hidden)
if pictures:
    browser.pdf(f"{pictures}/print.pdf")
browser.close()

# Without script.
browser = Browser(script=False)
browser.open(page)
nodes = browser.call("DOM.getDocument", depth=1)["root"]["nodeId"]
find = lambda selector: browser.call("DOM.querySelectorAll", nodeId=nodes, selector=selector)["nodeIds"]
expect(len(find("#list > li")) == total, "without script the packages are all there")
box = browser.call("DOM.getBoxModel", nodeId=find("#list > li summary")[0])["model"]
expect(box["height"] > 10, "and shown")
hidden = 0
try:
    browser.call("DOM.getBoxModel", nodeId=find(".tools")[0])
except RuntimeError:
    hidden = 1
expect(hidden == 1, "and what needs script is not")
browser.close()
print(f"{failures} failed" if failures else "all is as it should be")
sys.exit(1 if failures else 0)
