/// The pages' text. No script, nothing from elsewhere.
enum WebTemplates {
  /// Nothing but this server's own style, icon and forms.
  static let policy = """
    default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'
    """

  static let list = WebTemplate(
    title: "{{title}}",
    """
    <h1>{{title}}</h1>
    <div class="tools">
    <nav aria-label="Repositories" class="tabs">
    <a href="{{publicLink}}"{{^isMine}} aria-current="page"{{/isMine}}>Public</a>
    <a href="{{mineLink}}"{{#isMine}} aria-current="page"{{/isMine}}>Mine</a>
    </nav>
    <form method="get" action="{{base}}/" role="search">
    {{#isMine}}<input type="hidden" name="of" value="me">{{/isMine}}
    {{#sort}}<input type="hidden" name="sort" value="{{.}}">{{/sort}}
    <label class="unseen" for="q">Search by name, folder, product, vendor or guest</label>
    <input id="q" name="q" type="search" value="{{search}}" maxlength="200" autocomplete="off" \
    placeholder="Name, folder, product, vendor, guest">
    <button>Search</button>
    </form>
    </div>
    {{#folder}}
    <section class="card own" aria-labelledby="own"><h2 id="own">Your folder</h2>
    <p><code>{{path}}</code></p>
    <p>Upload OVA packages, or OVF descriptors together with all their files, to this folder\
    {{#uploadLink}} at <a href="{{.}}">{{.}}</a>{{/uploadLink}}. \
    {{#upload}}{{.}} {{/upload}}When the upload is complete, sync: what is new in the folder comes \
    into this list, and what was deleted there leaves it.</p>
    <div class="sync"><form method="post" action="{{base}}/sync">\
    <input type="hidden" name="form" value="{{formToken}}"><button>Sync now</button></form>
    {{#lastSync}}<p>Last sync: {{#badge}}<span class="badge {{kind}}">{{text}}</span>{{/badge}} \
    {{#ended}}<span class="muted">{{.}}</span>{{/ended}}\
    {{^ended}}<span class="muted">asked for {{asked}}</span>{{/ended}} \
    {{#result}}– {{.}}{{/result}} <a href="{{base}}/sync/{{id}}">Details</a></p>{{/lastSync}}\
    {{^lastSync}}<p class="muted">Never synced.</p>{{/lastSync}}</div>
    </section>
    {{/folder}}
    {{^folder}}{{#isMine}}<p class="muted">This server has no folders of users to sync.</p>{{/isMine}}\
    {{/folder}}
    <p role="status" class="summary">{{summary}}</p>
    {{#clear}}<p class="clear"><a href="{{.}}">Clear the search</a></p>{{/clear}}
    {{#hasRows}}
    <table class="images">
    <thead><tr>{{#columns}}<th scope="col" class="{{name}}"{{#order}} aria-sort="{{.}}"{{/order}}>\
    {{#link}}<a href="{{.}}">{{title}}</a>{{/link}}{{^link}}{{title}}{{/link}}\
    <span aria-hidden="true"> {{mark}}</span></th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><td class="name"><a href="{{link}}"{{#name}}{{#whole}} title="{{.}}"{{/whole}}>{{text}}</a>\
    {{/name}}</td>\
    {{#folder}}<td class="folder"><span{{#whole}} title="{{.}}"{{/whole}}>{{text}}</span></td>\
    {{/folder}}\
    {{#contents}}<td class="contents"><span{{#whole}} title="{{.}}"{{/whole}}>{{text}}</span></td>\
    {{/contents}}\
    <td class="number">{{size}}</td>\
    <td class="verdict">{{#verdict}}<span class="badge {{kind}}">{{text}}</span> {{/verdict}}</td>\
    <td class="time">{{updated}}</td></tr>
    {{/rows}}
    </tbody>
    </table>
    {{/hasRows}}
    {{#advice}}<p class="empty">{{.}}</p>{{/advice}}
    {{#position}}
    <nav aria-label="Pages" class="pages">
    {{#first}}<a href="{{.}}">First</a>{{/first}}
    {{#previous}}<a href="{{.}}" rel="prev">Previous</a>{{/previous}}
    <span>{{.}}</span>
    {{#next}}<a href="{{.}}" rel="next">Next</a>{{/next}}
    {{#last}}<a href="{{.}}">Last</a>{{/last}}
    </nav>
    {{/position}}
    """)

  static let targetCounts = WebTemplate(
    title: "Targets",
    """
    <p><a href="{{listLink}}">← {{#isMine}}My{{/isMine}}{{^isMine}}All{{/isMine}} images</a></p>
    <h1>Targets</h1>
    <div class="tools">
    <nav aria-label="Repositories" class="tabs">
    <a href="{{publicLink}}"{{^isMine}} aria-current="page"{{/isMine}}>Public</a>
    <a href="{{mineLink}}"{{#isMine}} aria-current="page"{{/isMine}}>Mine</a>
    </nav>
    </div>
    {{#hasRows}}
    <p>How many images each target takes, as far as is known. That nothing is known against an \
    image is no promise; its own page says what is known, and why.</p>
    <table class="plain targets">
    <thead><tr><th scope="col">Target</th><th scope="col">Fails</th>\
    <th scope="col">Imports with loss</th><th scope="col">Unknown</th>\
    <th scope="col">Nothing known against it</th><th scope="col">Not judged</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{title}} <code>{{name}}</code></th><td class="number">{{fails}}</td>\
    <td class="number">{{loss}}</td><td class="number">{{unknown}}</td>\
    <td class="number">{{nothingKnown}}</td><td class="number">{{unjudged}}</td></tr>
    {{/rows}}
    </tbody>
    </table>
    {{/hasRows}}
    {{^hasRows}}<p class="empty">No images here were judged for a target. The repositories are \
    judged for those that <code>ova scan --target ID</code> names.</p>{{/hasRows}}
    """)

  static let sync = WebTemplate(
    title: "Sync",
    """
    <p class="back"><a href="{{base}}/?of=me">← My images</a></p>
    {{#sync}}
    <h1>Sync {{id}}</h1>
    <p role="status">{{#badge}}<span class="badge {{kind}}">{{text}}</span>{{/badge}} \
    {{#result}}{{.}}{{/result}}</p>
    <p class="muted">Asked for {{asked}}{{#ended}}, ended {{.}}{{/ended}}.\
    {{^ended}} This page shows by itself when it has ended.{{/ended}}</p>
    {{/sync}}
    {{#lists}}
    <section><h2>{{title}} <span class="badge {{kind}}">{{count}}</span></h2>
    <ul class="lines">{{#items}}<li>{{.}}</li>{{/items}}\
    {{#left}}<li class="muted">and {{.}} more</li>{{/left}}</ul></section>
    {{/lists}}
    """)

  private static let findings = """
    <section><h2>Findings</h2>
    {{#none}}<p>{{.}}</p>{{/none}}
    <ul class="findings">{{#findings}}<li>{{#badge}}<span class="badge {{kind}}">{{text}}</span>\
    {{/badge}} <code>{{rule}}</code><p>{{message}}</p><p class="muted">{{place}}</p>\
    {{#fix}}<p class="fix">{{#parts}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}\
    {{/parts}}</p>{{/fix}}</li>{{/findings}}</ul>
    </section>
    """

  private static let targets = """
    <section><h2>Targets</h2>
    <p class="muted">What is known of how these products take the image. That nothing is known \
    against it is no promise.</p>
    {{#targets}}<section class="card target">\
    <h3>{{title}} {{#badge}}<span class="badge {{kind}}">{{text}}</span>{{/badge}}</h3>
    {{#hasReasons}}<details><summary>Reasons</summary>
    <ul class="findings">{{#reasons}}<li>{{#badge}}<span class="badge {{kind}}">{{text}}</span>\
    {{/badge}} {{#title}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/title}} \
    <code>{{condition}}</code>\
    <p>{{#outcome}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}{{/outcome}}\
    {{#decision}} Depends on {{.}}.{{/decision}}</p>\
    {{#places}}<p class="muted">{{.}}</p>{{/places}}\
    {{#placesLeft}}<p class="muted">and at {{.}}</p>{{/placesLeft}}\
    {{#fix}}<p class="fix">{{#parts}}{{#code}}<code>{{.}}</code>{{/code}}{{#text}}{{.}}{{/text}}\
    {{/parts}}</p>{{/fix}}</li>{{/reasons}}</ul></details>{{/hasReasons}}</section>{{/targets}}
    </section>
    """

  static let image = WebTemplate(
    title: "{{name}}",
    """
    <p class="back"><a href="{{back}}">← {{backTitle}}</a></p>
    <h1>{{name}}</h1>
    <p class="path">{{path}}</p>
    <p>{{#verdict}}<span class="badge {{kind}}">{{text}}</span> {{/verdict}}</p>
    {{#trouble}}<p role="alert" class="note {{kind}}">{{text}}</p>{{/trouble}}
    {{#urgent}}\(findings){{/urgent}}
    <div class="cards">
    {{#groups}}
    <section class="card"><h2>{{title}}</h2>
    <dl>{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl></section>
    {{/groups}}
    </div>
    {{#hasMachines}}
    <section><h2>Machines</h2>
    <div class="cards">
    {{#machines}}
    <section class="card"><h3>{{title}}</h3>
    <dl>{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl></section>
    {{/machines}}
    </div>
    {{#machinesLeft}}<p class="muted">and {{.}} more machines</p>{{/machinesLeft}}
    </section>
    {{/hasMachines}}
    {{#hasDisks}}
    <section><h2>Disks</h2>
    <table class="plain"><thead><tr><th scope="col">Disk</th><th scope="col">Capacity</th>\
    <th scope="col">Attached to</th><th scope="col">Format</th><th scope="col">File</th></tr></thead>
    <tbody>{{#disks}}<tr><td data-label="Disk">{{name}}</td>\
    <td class="number" data-label="Capacity">{{capacity}}</td><td data-label="Attached to">{{slot}}</td>\
    <td data-label="Format">{{format}}</td><td data-label="File">{{file}}</td></tr>{{/disks}}</tbody>\
    </table></section>
    {{/hasDisks}}
    {{#hasFiles}}
    <section><h2>Files</h2>
    <table class="plain"><thead><tr><th scope="col">File</th><th scope="col">Size</th>\
    <th scope="col">SHA-256</th></tr></thead>
    <tbody>{{#files}}<tr><td data-label="File">{{name}}</td>\
    <td class="number" data-label="Size">{{size}}</td>\
    <td class="digest" data-label="SHA-256">{{#digest}}{{.}}{{/digest}}</td></tr>{{/files}}</tbody>\
    </table></section>
    {{/hasFiles}}
    {{#calm}}\(findings){{/calm}}
    {{#hasTargets}}\(targets){{/hasTargets}}
    """)

  static let signIn = WebTemplate(
    title: "Sign in",
    """
    <div class="card narrow">
    <h1>Sign in</h1>
    {{#message}}<p role="alert" class="note error">{{.}}</p>{{/message}}
    {{#hasPasswords}}
    <form method="post" action="{{base}}/sign-in" class="stacked">
    {{#wanted}}<input type="hidden" name="to" value="{{.}}">{{/wanted}}
    <label for="user">User name</label>
    <input id="user" name="user" value="{{user}}" required autocomplete="username" \
    autocapitalize="none" spellcheck="false" autofocus>
    <label for="password">Password</label>
    <input id="password" name="password" type="password" required autocomplete="current-password">
    <button>Sign in</button>
    </form>
    <h2>Or with a token</h2>
    {{/hasPasswords}}
    <p>With the token that the catalog's operator gave you.</p>
    <form method="post" action="{{base}}/sign-in" class="stacked">
    {{#wanted}}<input type="hidden" name="to" value="{{.}}">{{/wanted}}
    <label for="token">Token</label>
    <input id="token" name="token" type="password" required \
    {{#hasPasswords}}autocomplete="off"{{/hasPasswords}}\
    {{^hasPasswords}}autocomplete="current-password" autofocus{{/hasPasswords}}>
    <button{{#hasPasswords}} class="quiet"{{/hasPasswords}}>Sign in\
    {{#hasPasswords}} with the token{{/hasPasswords}}</button>
    </form>
    </div>
    """)

  static let error = WebTemplate(
    title: "{{title}}",
    """
    <h1>{{title}}</h1>
    <p class="empty" role="alert">{{message}}</p>
    <p><a href="{{base}}/">All images</a> <span class="muted">· Status {{status}}</span></p>
    """)

  static let docs = WebTemplate(title: "API", DocsText.body)
}
