import Hummingbird
import Mustache
import OVAReport

/// The pages' templates and style. No script, nothing from elsewhere.
enum WebText {
  /// Nothing but this server's own style and forms.
  static let policy = """
    default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'
    """

  static let list = Template(
    title: "Images",
    """
    <h1>Images</h1>
    <nav aria-label="Repositories" class="tabs">
    <a href="{{publicLink}}"{{^isMine}} aria-current="page"{{/isMine}}>Public</a>
    <a href="{{mineLink}}"{{#isMine}} aria-current="page"{{/isMine}}>Mine</a>
    </nav>
    <form method="get" action="{{base}}/" role="search">
    {{#isMine}}<input type="hidden" name="of" value="me">{{/isMine}}
    <label for="q">Search</label>
    <input id="q" name="q" type="search" value="{{search}}" maxlength="200" autocomplete="off">
    <button>Search</button>
    </form>
    <p role="status">{{summary}}</p>
    {{#total}}
    <table>
    <thead><tr>{{#columns}}<th scope="col" aria-sort="{{order}}">\
    <a href="{{link}}">{{title}}</a> <span aria-hidden="true">{{mark}}</span></th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><td data-label="Name"><a href="{{base}}/image/{{id}}">{{name}}</a></td>\
    <td data-label="Folder">{{folder}}</td><td data-label="Updated">{{updated}}</td></tr>
    {{/rows}}
    </tbody>
    </table>
    {{/total}}
    <nav aria-label="Pages" class="pages">
    {{#first}}<a href="{{.}}">First</a>{{/first}}
    {{#previous}}<a href="{{.}}" rel="prev">Previous</a>{{/previous}}
    {{#next}}<a href="{{.}}" rel="next">Next</a>{{/next}}
    {{#last}}<a href="{{.}}">Last</a>{{/last}}
    </nav>
    """)

  static let image = Template(
    title: "Image",
    """
    <p><a href="{{base}}/">All images</a></p>
    <h1>{{name}}</h1>
    <dl>{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl>
    {{#hasDisks}}
    <h2>Disks</h2>
    <ul>{{#disks}}<li>{{name}}{{#slot}}, {{.}}{{/slot}}{{#format}}, {{.}}{{/format}}\
    {{#file}}, {{.}}{{/file}}</li>{{/disks}}</ul>
    {{/hasDisks}}
    {{#hasFiles}}
    <h2>Files</h2>
    <dl>{{#files}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/files}}</dl>
    {{/hasFiles}}
    <h2>Findings</h2>
    {{#hasFindings}}
    <ul>{{#findings}}<li class="{{severity}}"><strong>{{severity}}</strong> \
    <code>{{rule}}</code> {{message}}{{#fix}}<br><em>{{.}}</em>{{/fix}}</li>{{/findings}}</ul>
    {{/hasFindings}}
    {{^hasFindings}}<p>{{#wasJudged}}None.{{/wasJudged}}{{^wasJudged}}Not checked yet.\
    {{/wasJudged}}</p>{{/hasFindings}}
    """)

  static let signIn = Template(
    title: "Sign in",
    """
    <h1>Sign in</h1>
    {{#message}}<p role="alert" class="error">{{.}}</p>{{/message}}
    <form method="post" action="{{base}}/sign-in">
    <label for="token">Token</label>
    <input id="token" name="token" type="password" required autocomplete="current-password" autofocus>
    <button>Sign in</button>
    </form>
    """)

  static let missing = Template(
    title: "Not found",
    """
    <h1>Not found</h1>
    <p>{{message}}</p>
    <p><a href="{{base}}/">All images</a></p>
    """)

  static let docs = Template(
    title: "API",
    """
    <h1>API</h1>
    <p>Send <code>Authorization: Bearer &lt;token&gt;</code>. The same in
    <a href="{{base}}/openapi.json">OpenAPI 3.1</a>.</p>
    {{#operations}}
    <section>
    <h2><code>{{method}} {{path}}</code></h2>
    <p>{{summary}}</p>
    <dl>{{#parameters}}<div><dt><code>{{name}}</code></dt><dd>{{about}}</dd></div>{{/parameters}}</dl>
    </section>
    {{/operations}}
    """)

  static let style = """
    :root { color-scheme: light dark; --line: #8886; --mark: #0b62c4; }
    @media (prefers-color-scheme: dark) { :root { --mark: #7cb7ff; } }
    * { box-sizing: border-box; }
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
    header { display: flex; gap: 1rem; align-items: center; justify-content: space-between; }
    a { color: var(--mark); }
    a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--mark);
      outline-offset: 2px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; }
    nav a { display: inline-block; padding: .5rem .75rem; }
    .tabs a[aria-current] { border-bottom: 3px solid var(--mark); font-weight: 600; }
    form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
    header form { display: inline; }
    input, button { font: inherit; padding: .5rem .75rem; min-height: 2.75rem; max-width: 100%; }
    input[type=search], input[type=password] { flex: 1 1 16rem; }
    table { border-collapse: collapse; width: 100%; }
    th, td { border-bottom: 1px solid var(--line); padding: .5rem; text-align: left;
      overflow-wrap: anywhere; }
    dl div { border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .25rem 1rem;
      padding: .35rem 0; }
    dt { flex: 0 0 11rem; font-weight: 600; }
    dd { flex: 1 1 16rem; margin: 0; overflow-wrap: anywhere; }
    code { overflow-wrap: anywhere; }
    .error strong, p.error { color: #c62828; }
    .warning strong { color: #b26a00; }
    @media (prefers-color-scheme: dark) { .error strong, p.error { color: #ff8a80; }
      .warning strong { color: #ffb74d; } }
    @media (max-width: 40rem) {
      thead { position: absolute; left: -99rem; }
      tr { border-bottom: 1px solid var(--line); display: block; padding: .5rem 0; }
      td { border: 0; display: block; padding: .1rem 0; }
      td::before { content: attr(data-label) ": "; font-weight: 600; }
    }

    """
}

/// A page within the frame that all pages share.
struct Template: Sendable {
  private let text: String

  /// Makes a page of its title and what stands in its middle.
  init(title: String, _ body: String) {
    text = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title) – image catalogue</title>
      <link rel="stylesheet" href="{{base}}/style.css">
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
      <a href="{{base}}/">Image catalogue</a>
      <nav aria-label="Site"><a href="{{base}}/docs">API</a>
      {{#user}}<form method="post" action="{{base}}/sign-out"><button>Sign out {{.}}</button></form>{{/user}}</nav>
      </header>
      <main id="main">
      \(body)
      </main>
      </body>
      </html>

      """
  }

  /// The page with its values in it, as an answer.
  func page(_ values: Any, status: HTTPResponse.Status = .ok) throws -> Answer {
    Markup.register()
    let template = try MustacheTemplate(string: Markup.pragma + text)
    return .page(template.render(values), status: status)
  }
}
