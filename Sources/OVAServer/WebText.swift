/// The pages' text. No script, nothing from elsewhere.
enum WebText {
  /// Nothing but this server's own style, icon and forms.
  static let policy = """
    default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'
    """

  static let list = WebTemplate(
    title: "Images",
    """
    <h1>Images</h1>
    <div class="tools">
    <nav aria-label="Repositories" class="tabs">
    <a href="{{publicLink}}"{{^isMine}} aria-current="page"{{/isMine}}>Public</a>
    <a href="{{mineLink}}"{{#isMine}} aria-current="page"{{/isMine}}>Mine</a>
    </nav>
    <form method="get" action="{{base}}/" role="search">
    {{#isMine}}<input type="hidden" name="of" value="me">{{/isMine}}
    {{#sort}}<input type="hidden" name="sort" value="{{.}}">{{/sort}}
    <label class="unseen" for="q">Search by folder or name</label>
    <input id="q" name="q" type="search" value="{{search}}" maxlength="200" autocomplete="off" \
    placeholder="Search by folder or name">
    <button>Search</button>
    </form>
    </div>
    <p role="status" class="summary">{{summary}}</p>
    {{#hasRows}}
    <table class="images">
    <thead><tr>{{#columns}}<th scope="col"{{#order}} aria-sort="{{.}}"{{/order}}>\
    {{#link}}<a href="{{.}}">{{title}}</a>{{/link}}{{^link}}{{title}}{{/link}}\
    <span aria-hidden="true"> {{mark}}</span></th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><td class="name"><a href="{{base}}/image/{{id}}">{{name}}</a></td>\
    <td class="folder">{{folder}}</td><td>{{contents}}</td><td class="number">{{size}}</td>\
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

  static let image = WebTemplate(
    title: "{{name}}",
    """
    <p class="back"><a href="{{back}}">← All images</a></p>
    <h1>{{name}}</h1>
    <p class="path">{{path}}</p>
    <p>{{#verdict}}<span class="badge {{kind}}">{{text}}</span> {{/verdict}}</p>
    {{#trouble}}<p role="alert" class="note">{{.}}</p>{{/trouble}}
    <div class="cards">
    {{#groups}}
    <section class="card"><h2>{{title}}</h2>
    <dl>{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl></section>
    {{/groups}}
    </div>
    <section><h2>Findings</h2>
    {{#hasFindings}}
    <ul class="findings">{{#findings}}<li>{{#badge}}<span class="badge {{kind}}">{{text}}</span>\
    {{/badge}} <code>{{rule}}</code><p>{{message}}</p><p class="muted">{{place}}</p>\
    {{#fix}}<p class="fix">{{.}}</p>{{/fix}}</li>{{/findings}}</ul>
    {{/hasFindings}}
    {{^hasFindings}}<p>{{#wasJudged}}None.{{/wasJudged}}{{^wasJudged}}Not checked yet.\
    {{/wasJudged}}</p>{{/hasFindings}}
    </section>
    {{#hasDisks}}
    <section><h2>Disks</h2>
    <table class="plain"><thead><tr><th scope="col">Disk</th><th scope="col">Capacity</th>\
    <th scope="col">Attached to</th><th scope="col">Format</th><th scope="col">File</th></tr></thead>
    <tbody>{{#disks}}<tr><td>{{name}}</td><td class="number">{{capacity}}</td><td>{{slot}}</td>\
    <td>{{format}}</td><td>{{file}}</td></tr>{{/disks}}</tbody></table></section>
    {{/hasDisks}}
    {{#hasFiles}}
    <section><h2>Files</h2>
    <table class="plain"><thead><tr><th scope="col">File</th><th scope="col">Size</th>\
    <th scope="col">SHA-256</th></tr></thead>
    <tbody>{{#files}}<tr><td>{{name}}</td><td class="number">{{size}}</td>\
    <td class="digest">{{#digest}}{{.}}{{/digest}}</td></tr>{{/files}}</tbody></table></section>
    {{/hasFiles}}
    """)

  static let signIn = WebTemplate(
    title: "Sign in",
    """
    <div class="card narrow">
    <h1>Sign in</h1>
    <p>With the token that the catalogue's operator gave you.</p>
    {{#message}}<p role="alert" class="note">{{.}}</p>{{/message}}
    <form method="post" action="{{base}}/sign-in" class="stacked">
    <label for="token">Token</label>
    <input id="token" name="token" type="password" required autocomplete="current-password" autofocus>
    <button>Sign in</button>
    </form>
    </div>
    """)

  static let missing = WebTemplate(
    title: "Not found",
    """
    <h1>Not found</h1>
    <p class="empty">{{message}}</p>
    <p><a href="{{base}}/">All images</a></p>
    """)

  static let docs = WebTemplate(
    title: "API",
    """
    <h1>API</h1>
    <p>Every request carries <code>Authorization: Bearer &lt;token&gt;</code>, but where it says that it is
    open to everybody. Answers are JSON; errors too, with <code>error</code>, <code>message</code> and
    <code>status</code>. For programs the same is at <a href="{{base}}/openapi.json">openapi.json</a>
    (OpenAPI 3.1).</p>
    <pre><code>curl -g -H "Authorization: Bearer $TOKEN" \\
      "{{url}}/v2/image?expand=1&amp;filter=name,like,ubu%&amp;sort=path,asc"</code></pre>
    <nav aria-label="On this page" class="contents">
    {{#groups}}<a href="#{{id}}">{{title}}</a>{{/groups}}
    </nav>
    {{#groups}}
    <section><h2 id="{{id}}">{{title}}</h2>
    {{#operations}}
    <div class="card operation">
    <h3><span class="badge method">{{method}}</span> <code>{{path}}</code></h3>
    <p>{{summary}} <span class="muted">({{access}})</span></p>
    {{#hasParameters}}<dl>{{#parameters}}<div><dt><code>{{name}}</code></dt><dd>{{about}}</dd></div>\
    {{/parameters}}</dl>{{/hasParameters}}
    </div>
    {{/operations}}
    </section>
    {{/groups}}
    """)
}
