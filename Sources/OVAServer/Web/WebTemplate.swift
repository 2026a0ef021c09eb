import Hummingbird
import Mustache
import OVAReport

/// A page within the frame that all pages share.
struct WebTemplate: Sendable {
  private let compiled: Result<MustacheTemplate, any Error>

  /// Makes a page of its title and what stands in its middle.
  init(title: String, _ body: String) {
    let text = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title) – image catalog</title>
      <link rel="stylesheet" href="{{base}}/style.css?\(WebStyle.tag)">
      <link rel="icon" href="{{base}}/icon.svg" type="image/svg+xml">
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header class="bar">
      <a class="brand" href="{{base}}/">Image catalog</a>
      <nav aria-label="Site">
      {{#signedIn}}<a href="{{base}}/targets">Targets</a>{{/signedIn}}
      <a href="{{base}}/docs">API</a>
      {{#signedIn}}<form method="post" action="{{base}}/sign-out"><span class="who">{{.}}</span>
      <input type="hidden" name="form" value="{{formToken}}"><button class="quiet">Sign out</button></form>{{/signedIn}}
      {{^signedIn}}<a href="{{base}}/sign-in">Sign in</a>{{/signedIn}}
      </nav>
      </header>
      <main id="main" tabindex="-1">
      \(body)
      </main>
      </body>
      </html>

      """
    Markup.register()
    compiled = Result { try MustacheTemplate(string: Markup.pragma + text) }
  }

  /// The page with its values in it, as an answer.
  func page(_ values: Any, status: HTTPResponse.Status = .ok) throws -> APIResponse {
    .page(try compiled.get().render(values), status: status)
  }
}
