/// The audit page's template, style and script.
enum AuditTemplate {
  static let page = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <header>
    <h1>{{title}}</h1>
    {{#coverage}}<p>{{.}}</p>
    {{/coverage}}
    <nav><a href="#changes">Changes</a> <a href="#findings">Findings</a> <a href="#repository">Repository</a> <a href="#inventory">Inventory</a> <a href="#packages">Packages</a></nav>
    </header>
    <main>
    <ul class="tiles">
    {{#tiles}}<li class="{{tone}}"><b>{{value}}</b> <span>{{title}}</span></li>
    {{/tiles}}
    </ul>
    <section id="changes">
    <h2>Changes of the last scan</h2>
    {{#hasChanges}}<ul class="changes">
    {{#changes}}<li><span class="chip {{kind}}">{{kind}}</span> <code>{{path}}</code>{{#hasDetail}} <span class="dim">{{detail}}</span>{{/hasDetail}}</li>
    {{/changes}}
    </ul>{{/hasChanges}}{{^hasChanges}}<p class="dim">Nothing changed.</p>{{/hasChanges}}
    {{#hasProblems}}<h3>What could not be read</h3>
    <ul class="changes">
    {{#problems}}<li><span class="chip error">{{kind}}</span> <code>{{path}}</code>{{#hasDetail}} <span class="dim">{{detail}}</span>{{/hasDetail}}</li>
    {{/problems}}
    </ul>{{/hasProblems}}
    </section>
    <section id="findings">
    <h2>Findings</h2>
    {{#hasRules}}<div class="scroll"><table>
    <caption>By rule</caption>
    <thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col" class="n">Findings</th><th scope="col" class="n">Packages</th></tr></thead>
    <tbody>
    {{#rules}}<tr><td><span class="chip {{severity}}">{{severity}}</span></td><td><code>{{name}}</code><br><span class="dim">{{title}}</span></td><td class="n">{{findings}}</td><td class="n">{{packages}}</td></tr>
    {{/rules}}
    </tbody></table></div>
    <div class="scroll"><table>
    <caption>By folder</caption>
    <thead><tr><th scope="col">Folder</th><th scope="col" class="n">Packages</th><th scope="col" class="n">Errors</th><th scope="col" class="n">Warnings</th><th scope="col" class="n">Size</th></tr></thead>
    <tbody>
    {{#folders}}<tr><td><code>{{path}}</code></td><td class="n">{{packages}}</td><td class="n">{{errors}}</td><td class="n">{{warnings}}</td><td class="n" data-v="{{bytes}}">{{size}}</td></tr>
    {{/folders}}
    </tbody></table></div>{{/hasRules}}{{^hasRules}}<p class="dim">Nothing was found wrong in any package.</p>{{/hasRules}}
    </section>
    <section id="repository">
    <h2>The repository as a whole</h2>
    {{#hasGroups}}{{#groups}}<details>
    <summary>{{title}} <span class="count">{{count}}</span>{{#hasSize}} <span class="dim">{{size}} could be reclaimed</span>{{/hasSize}}</summary>
    <ul>
    {{#items}}<li>{{#paths}}<code>{{.}}</code><br>{{/paths}}{{message}}. <span class="fix">{{fix}}</span></li>
    {{/items}}
    </ul>
    </details>
    {{/groups}}{{/hasGroups}}{{^hasGroups}}<p class="dim">No orphans, duplicates, leftovers, broken links or clashes.</p>{{/hasGroups}}
    </section>
    <section id="inventory">
    <h2>Inventory</h2>
    <div class="charts">
    {{#charts}}<figure>
    <figcaption>{{title}}</figcaption>
    <svg viewBox="0 0 300 {{height}}" role="img" aria-label="{{title}}">
    {{#rows}}<text x="0" y="{{labelY}}">{{label}}</text><rect x="0" y="{{barY}}" width="{{width}}" height="12" rx="2"/><text class="v" x="{{countX}}" y="{{countY}}">{{count}}</text>
    {{/rows}}
    </svg>
    </figure>
    {{/charts}}
    </div>
    </section>
    <section id="packages">
    <h2>Packages <span class="count">{{packageCount}}</span></h2>
    {{#hasLeftOut}}<p class="dim">{{leftOut}} more are in the catalogue and not on this page.</p>{{/hasLeftOut}}
    <p class="filter" hidden><label>Filter <input type="search" id="q" placeholder="path, product, guest, state…"></label> <span id="shown" class="dim" aria-live="polite"></span></p>
    <div class="scroll"><table id="list" class="list">
    <thead><tr><th scope="col">Package</th><th scope="col">Guest</th><th scope="col">Hardware</th><th scope="col" class="n">Size</th><th scope="col" class="n">Errors</th><th scope="col" class="n">Warnings</th><th scope="col">Updated</th></tr></thead>
    <tbody>
    {{#packages}}<tr><td data-v="{{path}}"><details id="p{{id}}"><summary class="{{tone}}"><code>{{path}}</code></summary>
    <p><b>{{product}}</b> <span class="chip {{state}}">{{state}}</span>{{#hasDetail}} {{stateDetail}}{{/hasDetail}}</p>
    {{#hasFindings}}<ul class="findings">
    {{#findings}}<li><span class="chip {{severity}}">{{severity}}</span> {{message}} <span class="dim">{{place}} · {{rule}}</span>{{#hasFix}}<br><span class="fix">{{fix}}</span>{{/hasFix}}</li>
    {{/findings}}
    </ul>{{/hasFindings}}
    {{#hasDisks}}<table><caption>Disks</caption><tbody>
    {{#disks}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/disks}}
    </tbody></table>{{/hasDisks}}
    <table><caption>Files</caption><tbody>
    {{#files}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/files}}
    </tbody></table>
    </details></td><td data-label="Guest">{{guest}}</td><td data-label="Hardware">{{hardware}}</td><td class="n" data-label="Size" data-v="{{bytes}}">{{size}}</td><td class="n" data-label="Errors">{{errors}}</td><td class="n" data-label="Warnings">{{warnings}}</td><td data-label="Updated" data-v="{{updatedOn}}">{{updated}}</td></tr>
    {{/packages}}
    </tbody></table></div>
    </section>
    </main>
    <script>{{{script}}}</script>
    </body>
    </html>
    """#

  static let style = """
    :root{--bg:#f7f7f5;--card:#fff;--ink:#1d2125;--dim:#5c6670;--line:#d9dde1;--bad:#b3261e;--warn:#8a5a00;--good:#1b6e3c;--info:#1f5fa8;--bar:#4a7fb5}
    @media(prefers-color-scheme:dark){:root{--bg:#16191c;--card:#1f2428;--ink:#e6e8ea;--dim:#9aa5af;--line:#363d44;--bad:#ff8a80;--warn:#f2bf5e;--good:#7ccf98;--info:#8ab8f0;--bar:#5b93cc}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    header,main{max-width:1280px;margin:0 auto;padding:0 1rem}
    header{padding-top:1.25rem}header p{margin:.15rem 0;color:var(--dim)}
    h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:0 0 .6rem}h3{font-size:1rem;margin:1rem 0 .4rem}
    nav{margin:.6rem 0}nav a{margin-right:1rem;color:var(--info)}
    section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:0 0 1rem}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:.6rem;list-style:none;padding:0;margin:0 0 1rem}
    .tiles li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem}
    .tiles b{display:block;font-size:1.45rem;line-height:1.25}.tiles span{color:var(--dim);font-size:.85rem}
    .tiles .bad b{color:var(--bad)}.tiles .warn b{color:var(--warn)}.tiles .good b{color:var(--good)}
    code{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
    .dim{color:var(--dim)}.fix{color:var(--good)}.fix::before{content:"Fix: "}
    .chip{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 .5em;font-size:.78rem;color:var(--dim);white-space:nowrap}
    .chip.error,.chip.gone,.chip.unreadable{color:var(--bad)}.chip.warning,.chip.changed,.chip.waiting,.chip.changing{color:var(--warn)}
    .chip.added,.chip.returned,.chip.whole{color:var(--good)}.chip.info,.chip.renamed{color:var(--info)}
    .count{color:var(--dim);font-weight:400;font-size:.9em}
    ul.changes,ul.findings{list-style:none;padding:0;margin:.3rem 0}.changes li,.findings li{margin:.25rem 0}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;margin:0 0 .8rem}caption{text-align:left;font-weight:600;padding:.2rem 0}
    th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    th{font-size:.85rem;color:var(--dim)}th button{all:unset;cursor:pointer}th button:focus-visible{outline:2px solid var(--info)}
    th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
    summary{cursor:pointer;padding:.15rem 0}summary.bad code{color:var(--bad)}summary.warn code{color:var(--warn)}
    details details,td details>*:not(summary){margin-left:.8rem}
    td table{font-size:.88rem}td td{overflow-wrap:anywhere}
    .list>tbody>tr>td:first-child{width:44%}
    .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:1rem}
    figure{margin:0}figcaption{font-weight:600;margin-bottom:.3rem}
    svg{width:100%;height:auto;max-width:420px}svg text{font-size:11px;fill:var(--ink)}svg .v{fill:var(--dim)}svg rect{fill:var(--bar)}
    input{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.3rem .5rem;width:min(24rem,60vw)}
    @media(max-width:640px){
    section{padding:.8rem}.list thead{display:none}.list>tbody>tr{display:block;border-bottom:1px solid var(--line);padding:.4rem 0}
    .list>tbody>tr>td{display:block;border:0;padding:.05rem 0;text-align:left;white-space:normal}.list>tbody>tr>td:first-child{width:auto}
    .list>tbody>tr>td[data-label]::before{content:attr(data-label) ": ";color:var(--dim);font-size:.85rem}
    .list>tbody>tr>td[data-label]:empty{display:none}td table{table-layout:fixed}}
    @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--dim:#444;--line:#bbb}nav,.filter{display:none}section{border:0;padding:0}
    .scroll{overflow:visible}tr,figure{break-inside:avoid}thead{display:table-header-group}body{font-size:11px}}
    """

  static let script = """
    (function(){
    'use strict';
    document.querySelectorAll('main table').forEach(function(table){
      if(!table.tHead)return;
      Array.prototype.forEach.call(table.tHead.rows[0].cells,function(head,index){
        var button=document.createElement('button');
        button.type='button';
        while(head.firstChild)button.appendChild(head.firstChild);
        head.appendChild(button);
        button.addEventListener('click',function(){
          var down=head.getAttribute('aria-sort')==='ascending';
          Array.prototype.forEach.call(table.tHead.rows[0].cells,function(c){c.removeAttribute('aria-sort')});
          head.setAttribute('aria-sort',down?'descending':'ascending');
          var body=table.tBodies[0],rows=Array.prototype.slice.call(body.rows);
          function key(row){var cell=row.cells[index];return cell.hasAttribute('data-v')?cell.getAttribute('data-v'):cell.textContent.trim()}
          rows.sort(function(a,b){
            var x=key(a),y=key(b),n=x-y;
            var order=isNaN(n)||x===''||y===''?x.localeCompare(y):n;
            return down?-order:order;
          });
          rows.forEach(function(row){body.appendChild(row)});
        });
      });
    });
    var field=document.getElementById('q'),list=document.getElementById('list'),shown=document.getElementById('shown');
    field.parentNode.parentNode.hidden=false;
    field.addEventListener('input',function(){
      var words=field.value.toLowerCase().split(/\\s+/).filter(Boolean),count=0;
      Array.prototype.forEach.call(list.tBodies[0].rows,function(row){
        var text=row.textContent.toLowerCase();
        var fits=words.every(function(word){return text.indexOf(word)>=0});
        row.hidden=!fits;
        if(fits)count++;
      });
      shown.textContent=words.length?count+' shown':'';
    });
    })();
    """
}
