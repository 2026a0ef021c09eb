/// The text of the API's page.
enum DocsText {
  static let body = """
    <h1>API</h1>
    <p>Every request carries <code>Authorization: Bearer &lt;token&gt;</code>, except where it says that
    it is open to everybody. Answers are JSON in UTF-8; errors too. For programs the same is at
    <a href="{{base}}/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
    <pre tabindex="0"><code>curl -g -H "Authorization: Bearer $TOKEN" \\
      "{{url}}/v2/image?expand=1&amp;filter=name,like,ubu%&amp;sort=path,asc"</code></pre>
    <nav aria-label="On this page" class="contents">
    {{#groups}}<a href="#{{id}}">{{title}}</a>{{/groups}}
    <a href="#lists">Lists</a><a href="#sync">Following a sync</a><a href="#fields">Fields</a>\
    <a href="#statuses">Statuses</a>
    </nav>
    {{#groups}}
    <section><h2 id="{{id}}">{{title}}</h2>
    {{#operations}}
    <div class="card operation">
    <h3><span class="badge method">{{method}}</span> <code>{{path}}</code></h3>
    <p>{{summary}} <span class="muted">({{access}})</span></p>
    {{#hasParameters}}<dl>{{#parameters}}<div><dt><code>{{name}}</code></dt><dd>{{about}}</dd></div>\
    {{/parameters}}</dl>{{/hasParameters}}
    <p class="muted">Answers {{success}}{{#answers}}: <a href="#{{id}}">{{title}}</a>{{/answers}}.</p>
    {{#example}}<details><summary>Example</summary>
    <pre tabindex="0"><code>{{request}}</code></pre>
    <pre tabindex="0"><code>{{response}}</code></pre></details>{{/example}}
    </div>
    {{/operations}}
    </section>
    {{/groups}}
    <section><h2 id="lists">Lists</h2>
    <p>Lists come in pages: <code>page</code> from 1, <code>per_page</code> rows each, of which the
    answer's <code>meta.pages</code> tells how many there are and the URLs of those beside it. Rows are
    URLs; with <code>expand=1</code> they are objects.</p>
    <p><code>filter=&lt;field&gt;,&lt;operator&gt;,&lt;value&gt;</code> leaves out what does not match, and
    <code>sort=&lt;field&gt;,&lt;asc|desc&gt;</code> orders; several of either are joined by <code>;</code>.
    Fields of images: {{filterFields}}.</p>
    <dl class="card">{{#operators}}<div><dt><code>{{name}}</code></dt><dd>{{about}}</dd></div>{{/operators}}</dl>
    </section>
    <section><h2 id="sync">Following a sync</h2>
    <p>A user's own images are listed after a sync:</p>
    <ol>
    <li>Upload the packages to the folder. An upload that goes on is not taken in.</li>
    <li><code>PATCH {{url}}/v2/user/image/vm</code> answers 202 at once. <code>Location</code>, and
    <code>data._links.request</code>, is the URL of the request.</li>
    <li><code>GET</code> that URL every few seconds until <code>data.status</code> is
    <code>PROCESSED</code>, <code>ERROR</code> or <code>CANCELLED</code>; or wait for the letter, where the
    operator turned letters on.</li>
    <li><code>data.added</code> and <code>data.deleted</code> are the paths that came and went;
    <code>data.message.errors</code> and <code>data.message.warnings</code> say what is wrong.</li>
    </ol>
    <dl class="card">{{#progress}}<div><dt><code>{{name}}</code></dt><dd>{{about}}</dd></div>{{/progress}}</dl>
    </section>
    <section><h2 id="fields">Fields</h2>
    {{#kinds}}
    <h3 id="{{id}}">{{title}}</h3>
    <p>{{about}}</p>
    <table class="plain"><thead><tr><th scope="col">Field</th><th scope="col">Type</th>\
    <th scope="col">Meaning</th></tr></thead>
    <tbody>{{#fields}}<tr><td data-label="Field"><code>{{name}}</code></td>\
    <td data-label="Type">{{type}}</td><td data-label="Meaning">{{about}}</td></tr>{{/fields}}</tbody></table>
    {{/kinds}}
    </section>
    <section><h2 id="statuses">Statuses</h2>
    <dl class="card">{{#statuses}}<div><dt>{{name}}</dt><dd>{{about}}</dd></div>{{/statuses}}</dl>
    </section>
    """
}
