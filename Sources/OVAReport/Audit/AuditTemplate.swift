/// The audit page's template. Texts are escaped by `Markup`; triple braces hold our own alone.
enum AuditTemplate {
  /// The page itself.
  static let page = head + front + packages + foot
  /// A further page of packages.
  static let further = head + furtherFront + packages + foot

  private static let head = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{{styleDigest}}}'; script-src '{{{scriptDigest}}}'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    """#

  private static let front = #"""
    <a class="skip" href="#packages">To the packages</a>
    <header>
    <h1>{{title}}</h1>
    {{#coverage}}<p class="dim">{{.}}</p>
    {{/coverage}}
    <nav aria-label="Parts of the page"><a href="#changes">Changes</a> {{#trend}}{{#isThere}}<a href="#trend">Trend</a> {{/isThere}}{{/trend}}<a href="#findings">Findings</a> {{#hasTargets}}<a href="#targets">Targets</a> {{/hasTargets}}<a href="#repository">Repository</a> <a href="#inventory">Inventory</a> <a href="#packages">Packages</a></nav>
    </header>
    <main>
    <section class="state" aria-labelledby="verdict">
    <p id="verdict" class="verdict">{{verdict}}</p>
    {{#health}}{{#isThere}}<svg class="health" width="100%" height="18" role="img" aria-label="{{words}}">
    {{#parts}}<rect class="{{tone}}" x="{{x}}%" y="0" width="{{width}}%" height="18"><title>{{title}}: {{count}}</title></rect>
    {{/parts}}
    </svg>
    <ul class="legend">
    {{#parts}}<li><i class="{{tone}}"></i> {{title}} <b>{{count}}</b> <span class="dim">{{percent}}</span></li>
    {{/parts}}
    </ul>{{/isThere}}{{/health}}
    <ul class="tiles">
    {{#tiles}}<li class="{{tone}}"><b>{{value}}</b> <span>{{title}}</span></li>
    {{/tiles}}
    </ul>
    </section>
    <section id="changes">
    <h2>What changed <span class="dim">{{since}}</span></h2>
    {{#hasHappenings}}<div class="happenings">
    {{#happenings}}{{^hasItems}}<p><span class="chip {{tone}}">{{count}}</span> {{title}}</p>{{/hasItems}}{{#hasItems}}<details{{#isShort}} open{{/isShort}}>
    <summary><span class="chip {{tone}}">{{count}}</span> {{title}}</summary>
    <ul class="plain">
    {{#items}}<li><code>{{path}}</code>{{#hasDetail}} <span class="dim">{{detail}}</span>{{/hasDetail}}</li>
    {{/items}}
    {{#hasLeft}}<li class="dim">and {{left}} more: ova catalog diff</li>{{/hasLeft}}
    </ul>
    </details>{{/hasItems}}
    {{/happenings}}
    </div>{{/hasHappenings}}{{^hasHappenings}}<p class="dim">Nothing: no package came, went or is another, and no finding is new or fixed.</p>{{/hasHappenings}}
    </section>
    {{#trend}}{{#isThere}}<section id="trend">
    <h2>The last scans <span class="dim">{{scans}} scans, {{first}} to {{last}}; those that changed nothing are left out</span></h2>
    <div class="trend">
    {{#lines}}<figure>
    <figcaption>{{title}} <b>{{value}}</b> <span class="dim">{{change}}</span></figcaption>
    <svg class="{{tone}}" width="100%" height="{{height}}" role="img" aria-labelledby="trend{{number}}"><title id="trend{{number}}">{{title}}, the oldest scan first: {{words}}</title>
    <line class="ground" x1="0" y1="{{base}}" x2="100%" y2="{{base}}"/>
    {{#steps}}<line x1="{{x1}}%" y1="{{y1}}" x2="{{x2}}%" y2="{{y2}}"/>
    {{/steps}}
    {{#points}}<circle cx="{{x}}%" cy="{{y}}" r="3"><title>{{title}}</title></circle>
    {{/points}}
    </svg>
    </figure>
    {{/lines}}
    </div>
    <details><summary>As a table</summary><div class="scroll"><table><thead><tr><th scope="col" class="n">Scan</th><th scope="col">Ended</th><th scope="col" class="n">Errors</th><th scope="col" class="n">Warnings</th><th scope="col" class="n">Packages</th><th scope="col" class="n">Size</th></tr></thead><tbody>
    {{#rows}}<tr><td class="n">{{scan}}</td><td>{{time}}</td><td class="n">{{errors}}</td><td class="n">{{warnings}}</td><td class="n">{{packages}}</td><td class="n">{{size}}</td></tr>
    {{/rows}}
    </tbody></table></div></details>
    </section>{{/isThere}}{{/trend}}
    <section id="findings">
    <h2>What was found</h2>
    {{#unread}}<details class="unread"{{#isShort}} open{{/isShort}}><summary><span class="chip bad">{{count}}</span> {{title}} <span class="dim">by the last scan</span></summary>
    <ul class="plain">
    {{#items}}<li><code>{{path}}</code>{{#hasDetail}} <span class="dim">{{detail}}</span>{{/hasDetail}}</li>
    {{/items}}
    {{#hasLeft}}<li class="dim">and {{left}} more</li>{{/hasLeft}}
    </ul>
    </details>{{/unread}}
    {{#hasRules}}<div class="scroll"><table class="rules">
    <caption>By rule <span class="dim">the rule's name opens why it matters and how to fix it</span></caption>
    <thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col" class="n">Packages</th><th scope="col" class="n">Findings</th></tr></thead>
    <tbody>
    {{#rules}}<tr><td><span class="chip {{severity}}">{{severity}}</span></td><td><details><summary><span>{{title}}</span> <code class="dim">{{rule}}</code></summary><div{{#isPlace}} id="rule-{{rule}}"{{/isPlace}}>{{#hasWhy}}<p>{{#why}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/why}}</p><p class="fix">{{#fix}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/fix}}</p>{{/hasWhy}}{{#hasPlaces}}<ul class="plain places">{{#places}}<li>{{#hasLink}}<a href="{{link}}"><code>{{path}}</code></a>{{/hasLink}}{{^hasLink}}<code>{{path}}</code>{{/hasLink}}</li>{{/places}}{{#hasLeft}}<li class="dim">and {{left}} more packages</li>{{/hasLeft}}</ul>{{/hasPlaces}}<button type="button" class="pick" data-rule="{{rule}}" hidden>Show these packages{{#hasPages}} of this page{{/hasPages}}</button></div></details></td><td class="n" data-v="{{packagesRaw}}">{{packages}} <span class="dim">· {{percent}}</span><svg class="meter" width="100%" height="4" aria-hidden="true"><rect class="track" x="0" y="0" width="100%" height="4"/><rect class="{{severity}}" x="0" y="0" width="{{width}}%" height="4"/></svg></td><td class="n" data-v="{{findingsRaw}}">{{findings}}</td></tr>
    {{/rules}}
    </tbody></table></div>
    <div class="scroll"><table class="folders">
    <caption>By folder <span class="dim">with all below it; the worst first</span></caption>
    <thead><tr><th scope="col">Folder</th><th scope="col">State</th><th scope="col" class="n">Packages</th><th scope="col" class="n">Unreadable</th><th scope="col" class="n">With errors</th><th scope="col" class="n">With warnings</th><th scope="col" class="n">Size</th></tr></thead>
    <tbody>
    {{#folders}}<tr><td><code>{{path}}</code></td><td><svg class="meter" width="100%" height="8" aria-hidden="true"><rect class="good" x="0" y="0" width="100%" height="8"/><rect class="bad" x="0" y="0" width="{{bad}}%" height="8"/><rect class="warn" x="{{warnX}}%" y="0" width="{{warn}}%" height="8"/></svg></td><td class="n" data-v="{{packagesRaw}}">{{packages}}</td><td class="n" data-v="{{unreadableRaw}}">{{unreadable}}</td><td class="n" data-v="{{errorsRaw}}">{{errors}}</td><td class="n" data-v="{{warningsRaw}}">{{warnings}}</td><td class="n" data-v="{{bytes}}">{{size}}</td></tr>
    {{/folders}}
    </tbody></table></div>
    {{#hasFoldersLeftOut}}<p class="dim">{{foldersLeftOut}} more, which are no worse.</p>{{/hasFoldersLeftOut}}{{/hasRules}}{{^hasRules}}<p class="dim">Nothing is wrong in any package.</p>{{/hasRules}}
    </section>
    {{#hasTargets}}<section id="targets">
    <h2>Who takes the packages <span class="dim">what is known against them; that nothing is known is no promise</span></h2>
    <div class="scroll"><table class="folders">
    <thead><tr><th scope="col">Target</th><th scope="col">Packages</th><th scope="col" class="n">Fails</th><th scope="col" class="n">With loss</th><th scope="col" class="n">Unknown</th><th scope="col" class="n">Nothing known</th><th scope="col" class="n">Not judged</th></tr></thead>
    <tbody>
    {{#targets}}<tr><td>{{#hasReasons}}<details><summary>{{title}} <code class="dim">{{id}}</code></summary><ul class="plain">{{#reasons}}<li><span class="chip {{tone}}">{{effect}}</span> <b>{{packages}}</b> {{#title}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/title}} <code class="dim">{{condition}}</code>{{#hasFix}}<br><span class="fix">{{#fix}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/fix}}</span>{{/hasFix}}</li>{{/reasons}}</ul></details>{{/hasReasons}}{{^hasReasons}}{{title}} <code class="dim">{{id}}</code>{{/hasReasons}}</td><td><svg class="meter" width="100%" height="8" aria-hidden="true"><rect class="good" x="0" y="0" width="100%" height="8"/><rect class="bad" x="0" y="0" width="{{bad}}%" height="8"/><rect class="warn" x="{{warnX}}%" y="0" width="{{warn}}%" height="8"/><rect class="info" x="{{infoX}}%" y="0" width="{{info}}%" height="8"/></svg></td><td class="n" data-v="{{failsRaw}}">{{fails}}</td><td class="n" data-v="{{lossRaw}}">{{loss}}</td><td class="n" data-v="{{unknownRaw}}">{{unknown}}</td><td class="n" data-v="{{nothingRaw}}">{{nothing}}</td><td class="n" data-v="{{unjudgedRaw}}">{{unjudged}}</td></tr>
    {{/targets}}
    </tbody></table></div>
    </section>
    {{/hasTargets}}<section id="repository">
    <h2>The repository as a whole</h2>
    {{#hasGroups}}{{#groups}}<details id="whole-{{kind}}">
    <summary><span class="chip plain">{{count}}</span> {{title}}{{#hasSize}} <span class="dim">{{size}} could be reclaimed</span>{{/hasSize}}</summary>
    <ul class="plain">
    {{#items}}<li>{{#paths}}<code>{{.}}</code><br>{{/paths}}{{message}}. <span class="fix">{{fix}}</span></li>
    {{/items}}
    {{#hasLeft}}<li class="dim">and {{left}} more: ova report --format text</li>{{/hasLeft}}
    </ul>
    </details>
    {{/groups}}{{/hasGroups}}{{^hasGroups}}<p class="dim">No orphans, duplicates, leftovers, broken links or clashes.</p>{{/hasGroups}}
    </section>
    <section id="inventory">
    <h2>What is there</h2>
    <div class="charts">
    {{#charts}}<figure>
    <figcaption>{{title}} <span class="dim">{{of}}</span></figcaption>
    <svg width="100%" height="{{height}}" role="img" aria-labelledby="chart{{number}}"><title id="chart{{number}}">{{title}}: {{words}}</title>
    {{#rows}}<g><title>{{title}}: {{count}}</title><text x="0" y="{{labelY}}">{{label}}</text><text class="v" x="100%" y="{{labelY}}" text-anchor="end">{{count}} · {{percent}}</text><rect class="track" x="0" y="{{barY}}" width="100%" height="8" rx="4"/>{{#isThere}}<rect class="{{kind}}" x="0" y="{{barY}}" width="{{width}}%" height="8" rx="4"/>{{/isThere}}</g>
    {{/rows}}
    </svg>
    </figure>
    {{/charts}}
    </div>
    </section>
    """#

  private static let furtherFront = #"""
    <a class="skip" href="#packages">To the packages</a>
    <header>
    <h1>{{title}}</h1>
    {{#coverage}}<p class="dim">{{.}}</p>
    {{/coverage}}
    <nav aria-label="Parts of the report"><a href="{{home}}">The whole report</a></nav>
    </header>
    <main>
    """#

  private static let packages = #"""
    <section id="packages">
    <h2>Packages <span class="count">{{packageCount}}</span></h2>
    {{#hasLeftOut}}<p class="dim">Those that need somebody are here; {{leftOut}} more are in the numbers above and not in this list: ova report --all-packages lists them on further pages.</p>{{/hasLeftOut}}
    {{#hasPages}}<nav class="pager" aria-label="Pages of packages"><span>Page {{page}} of {{pages}}: packages {{range}}, those that need attention first.</span>{{#firstPage}}{{#isThere}} <a href="{{link}}#packages">First</a>{{/isThere}}{{/firstPage}}{{#previousPage}}{{#isThere}} <a href="{{link}}#packages" rel="prev">Previous</a>{{/isThere}}{{/previousPage}}{{#nextPage}}{{#isThere}} <a href="{{link}}#packages" rel="next">Next</a>{{/isThere}}{{/nextPage}}{{#lastPage}}{{#isThere}} <a href="{{link}}#packages">Last</a>{{/isThere}}{{/lastPage}}</nav>{{/hasPages}}
    <div class="tools" hidden>
    <label>Filter <input type="search" id="q" placeholder="path, product, guest, rule…" autocomplete="off"></label>
    <div role="group" aria-label="State"><button type="button" data-show="" aria-pressed="true">All</button><button type="button" data-show="bad" aria-pressed="false">Errors</button><button type="button" data-show="warn" aria-pressed="false">Warnings</button><button type="button" data-show="good" aria-pressed="false">Sound</button><button type="button" data-show="changed" aria-pressed="false">Changed</button></div>
    <span id="shown" class="dim" role="status"></span>
    </div>
    <div class="head" aria-hidden="true"><span>Package</span><span>State</span><span>Guest</span><span>Hardware</span><span class="n">Size</span><span class="n">Updated</span></div>
    <ul id="list" class="list">
    {{#packages}}<li class="{{tone}}" data-need="{{need}}" data-bytes="{{bytes}}" data-updated="{{updatedOn}}"{{#hasChange}} data-changed{{/hasChange}}><details id="p{{id}}"><summary><span class="name"><code><span class="dim">{{folder}}</span><b>{{name}}</b></code>{{#hasProduct}}<small class="dim">{{product}}</small>{{/hasProduct}}{{#hasDetail}}<small class="{{stateTone}}">{{stateDetail}}</small>{{/hasDetail}}</span><span class="flags">{{^isWhole}}<span class="chip {{stateTone}}">{{state}}</span> {{/isWhole}}{{#hasErrors}}<span class="chip bad">{{errors}}</span> {{/hasErrors}}{{#hasWarnings}}<span class="chip warn">{{warnings}}</span> {{/hasWarnings}}{{#isGood}}<span class="chip good">sound</span> {{/isGood}}{{#hasChange}}<span class="chip {{changeTone}}">{{change}}</span>{{/hasChange}}</span><span data-label="Guest">{{guest}}</span><span data-label="Hardware">{{hardware}}</span><span class="n" data-label="Size">{{size}}</span><span class="n" data-label="Updated">{{updated}}</span></summary>
    <div class="more">
    {{#hasFindings}}<ul class="plain findings">
    {{#findings}}<li><span class="chip {{severity}}">{{severity}}</span> {{message}} <span class="dim">{{place}} · <a href="{{home}}#rule-{{rule}}">{{rule}}</a></span>{{#hasFix}}<br><span class="fix">{{#fix}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/fix}}</span>{{/hasFix}}</li>
    {{/findings}}
    </ul>{{/hasFindings}}
    {{#hasVerdicts}}<p>{{#verdicts}}<span class="chip {{tone}}" title="{{words}}">{{target}}: {{words}}</span> {{/verdicts}}</p>{{/hasVerdicts}}
    {{#hasDisks}}<div class="scroll"><table><caption>Disks</caption><thead><tr><th scope="col">At</th><th scope="col">Capacity</th><th scope="col">Format</th><th scope="col">File</th></tr></thead><tbody>
    {{#disks}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/disks}}
    </tbody></table></div>{{/hasDisks}}
    {{#hasFiles}}<div class="scroll"><table><caption>Files</caption><thead><tr><th scope="col">Name</th><th scope="col">Size</th><th scope="col">SHA-256</th></tr></thead><tbody>
    {{#files}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/files}}
    </tbody></table></div>{{/hasFiles}}
    {{#hasLeft}}<p class="dim">{{left}} lines more: ova catalog show {{id}}</p>{{/hasLeft}}
    </div></details></li>
    {{/packages}}
    </ul>
    {{#hasPages}}<nav class="pager" aria-label="Pages of packages, again"><span>Page {{page}} of {{pages}}: packages {{range}}, those that need attention first.</span>{{#firstPage}}{{#isThere}} <a href="{{link}}#packages">First</a>{{/isThere}}{{/firstPage}}{{#previousPage}}{{#isThere}} <a href="{{link}}#packages" rel="prev">Previous</a>{{/isThere}}{{/previousPage}}{{#nextPage}}{{#isThere}} <a href="{{link}}#packages" rel="next">Next</a>{{/isThere}}{{/nextPage}}{{#lastPage}}{{#isThere}} <a href="{{link}}#packages">Last</a>{{/isThere}}{{/lastPage}}</nav>{{/hasPages}}
    </section>
    """#

  private static let foot = #"""
    </main>
    <footer class="dim"><p>{{maker}}</p></footer>
    <script>{{{script}}}</script>
    </body>
    </html>

    """#
}
