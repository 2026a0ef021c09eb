/// The audit page's style: light and dark, wide and narrow, screen and paper.
enum AuditStyle {
  static let text = """
    :root{--bg:#f4f5f6;--card:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d8dee4;--soft:#eef0f2;--bad:#b42318;--warn:#8a5300;--good:#1a6b3a;--info:#1d5fa8;--badfill:#d0463b;--deadfill:#7d1d15;--warnfill:#e0a23c;--goodfill:#58a878;--infofill:#8c96a3;--bar:#3f78b5}
    @media(prefers-color-scheme:dark){:root{--bg:#12161a;--card:#1a2026;--ink:#e6e9ec;--dim:#9fabb7;--line:#333c45;--soft:#252d35;--bad:#ff9a90;--warn:#f0bd62;--good:#80d3a0;--info:#8dbcf4;--badfill:#e0645a;--deadfill:#a33a30;--warnfill:#cf9136;--goodfill:#3f8a5d;--infofill:#6d7885;--bar:#5b97d4}}
    *{box-sizing:border-box}
    html{scroll-padding-top:3.2rem}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    main,footer{max-width:1320px;margin:0 auto;padding:0 1.25rem}
    header p{margin:.1rem 0}footer{padding-bottom:2rem}
    h1{font-size:1.7rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.2rem;margin:0 0 .7rem}h2 .dim{font-size:.95rem;font-weight:400}
    a{color:var(--info)}a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible{outline:2px solid var(--info);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.3rem .6rem;z-index:3}
    nav{position:sticky;top:0;z-index:2;display:flex;gap:1.2rem;margin-top:.7rem;padding:.55rem 0;background:var(--bg);overflow-x:auto}
    header{display:contents}header>*{max-width:1280px;width:calc(100% - 2.5rem);margin-left:auto!important;margin-right:auto!important}header>h1{padding-top:1.5rem}
    nav a{text-decoration:none;font-weight:600}nav a:hover{text-decoration:underline}
    section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem;margin:0 0 1.1rem}
    .dim{color:var(--dim)}.count{color:var(--dim);font-weight:400}
    .verdict{font-size:1.15rem;margin:0 0 .8rem;max-width:70ch}
    .health{display:block;border-radius:9px;background:var(--soft)}
    .bad{--fill:var(--badfill)}.dead{--fill:var(--deadfill)}.warn{--fill:var(--warnfill)}.good{--fill:var(--goodfill)}.info,.plain{--fill:var(--infofill)}.error{--fill:var(--badfill)}.warning{--fill:var(--warnfill)}
    .health rect,.meter rect{fill:var(--fill)}.meter .track{fill:var(--soft)}
    .trend{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:1rem 2rem}
    .trend line{stroke:var(--fill);stroke-width:2;stroke-linecap:round}.trend circle{fill:var(--fill)}.trend .ground{stroke:var(--line);stroke-width:1}.line{--fill:var(--bar)}
    .pager{position:static;flex-wrap:wrap;gap:.2rem 1rem;background:none;margin:.3rem 0}
    .places{max-height:16rem;overflow-y:auto}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;padding:0;margin:.5rem 0 0}
    .legend i{display:inline-block;width:.75em;height:.75em;border-radius:3px;background:var(--fill)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(135px,1fr));gap:.6rem;list-style:none;padding:0;margin:1.1rem 0 0}
    .tiles li{background:var(--soft);border-radius:8px;padding:.55rem .8rem;border-left:4px solid var(--fill)}.tiles li.plain{border-color:transparent}
    .tiles b{display:block;font-size:1.35rem;line-height:1.3;white-space:nowrap;font-variant-numeric:tabular-nums}.tiles span{color:var(--dim);font-size:.87rem}
    .tiles .bad b,.tiles .dead b{color:var(--bad)}.tiles .warn b{color:var(--warn)}
    code{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;unicode-bidi:isolate}
    .fix{color:var(--good)}.fix code{color:inherit}.fix::before{content:"Fix: ";font-weight:600}
    .chip{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 .55em;font-size:.8rem;line-height:1.5;color:var(--dim);white-space:nowrap;font-variant-numeric:tabular-nums}
    .chip.bad,.chip.dead,.chip.error{color:var(--bad)}.chip.warn,.chip.warning{color:var(--warn)}.chip.good{color:var(--good)}.chip.info{color:var(--info)}
    ul.plain{list-style:none;padding:0;margin:.3rem 0 .3rem 1rem}ul.plain li{margin:.3rem 0;overflow-wrap:anywhere}
    summary{cursor:pointer}section>details,.happenings>*{border-top:1px solid var(--line);padding:.45rem 0;margin:0}section>details:first-of-type,.happenings>:first-child{border-top:0}
    section>details>summary,.happenings summary,.happenings p{font-weight:600}
    summary .dim{font-weight:400}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;margin:0 0 .8rem}caption{text-align:left;font-weight:600;padding:.3rem 0}caption .dim{font-weight:400;font-size:.9rem}
    th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line)}th:last-child,td:last-child{padding-right:0}
    .n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}
    th,.head{font-size:.85rem;color:var(--dim);font-weight:600}th button,.head button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
    th button:hover,.head button:hover{color:var(--ink);text-decoration:underline}
    [aria-sort=ascending]>button::after,button[data-order=up]::after{content:" ▲"}[aria-sort=descending]>button::after,button[data-order=down]::after{content:" ▼"}
    .rules td:nth-child(1){width:6.5rem}.rules td:nth-child(3){width:9rem}.rules td:nth-child(4){width:6rem}.rules details p{margin:.3rem 0;max-width:80ch}
    .folders td:nth-child(2){width:9rem;padding-top:.75rem}.meter{display:block;border-radius:4px;margin-top:.15rem}
    .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:1.2rem 2rem}
    figure{margin:0}figcaption{font-weight:600;margin-bottom:.35rem}figcaption .dim{font-weight:400}figure svg{display:block;overflow:visible}
    figure text{font-size:12.5px;fill:var(--ink)}figure .v{fill:var(--dim);font-variant-numeric:tabular-nums}figure rect{fill:var(--bar)}figure .track{fill:var(--soft)}figure .rest{fill:var(--infofill)}
    .tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:0 0 .8rem}.tools[hidden]{display:none}
    input{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--dim);border-radius:6px;padding:.3rem .55rem;width:min(22rem,70vw)}
    .tools [role=group]{display:flex;flex-wrap:wrap;gap:.3rem}
    .tools button,.pick{font:inherit;font-size:.88rem;color:var(--ink);background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.2rem .65rem;cursor:pointer}
    .tools button[aria-pressed=true]{background:var(--info);color:var(--card);border-color:var(--info)}
    .head,.list summary{display:grid;grid-template-columns:minmax(15rem,3fr) minmax(7.5rem,1fr) minmax(7rem,1.1fr) minmax(8.5rem,1.3fr) 5.4rem 5.8rem;gap:0 1rem;align-items:start}
    .head{border-bottom:1px solid var(--line);padding:.3rem 0 .3rem 1.1rem}
    .list{list-style:none;margin:0;padding:0}.list li[hidden]{display:none}
    .list>li{border-bottom:1px solid var(--line)}
    .list summary{position:relative;padding:.5rem 0 .5rem 1.1rem;list-style:none}.list summary::-webkit-details-marker{display:none}
    .list summary::before{content:"▸";position:absolute;left:.1rem;color:var(--dim)}.list details[open]>summary::before{content:"▾"}
    .list summary:hover{background:var(--soft)}.list summary>span{overflow-wrap:anywhere;min-width:0}.list .n{white-space:nowrap}
    .list small{display:block;font-size:.85rem}.list small.dead{color:var(--bad)}.list small.warn{color:var(--warn)}.list b{font-weight:600}
    .more{padding:.3rem 0 .9rem 1.1rem;border-left:3px solid var(--line);margin:0 0 .6rem .3rem}.more p{margin:.3rem 0}.more ul.plain{margin-left:0}
    .more table{font-size:.88rem;width:auto;min-width:min(100%,36rem)}.more td{overflow-wrap:anywhere}.more td:nth-child(3){font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.95em}
    @media screen and (max-width:820px){
    section{padding:.9rem}header>*{width:calc(100% - 2rem)}main,footer{padding:0 .6rem}
    .head{display:block;border:0;padding:.2rem 0}.head::before{content:"Sort by "}.head span{display:inline-block;margin-right:.9rem;text-align:left}.head button{padding:.3rem 0;color:var(--info)}.head:not(.live){display:none}
    .list summary{display:block}.list summary>span{display:block}.list summary .flags{margin:.15rem 0}.list summary .n{text-align:left;white-space:normal}
    .list summary>span[data-label]{font-size:.88rem}.list summary>span[data-label]::before{content:attr(data-label) " ";color:var(--dim)}.list summary>span[data-label]:empty{display:none}
    .rules td:nth-child(n),.folders td:nth-child(n){width:auto}.folders th:nth-child(2),.folders td:nth-child(2){display:none}
    .rules thead{display:none}.rules tr{display:block;border-bottom:1px solid var(--line);padding:.4rem 0}.rules td{display:block;border:0;padding:.1rem 0;text-align:left}
    .rules .n::before{color:var(--dim)}.rules td:nth-child(3)::before{content:"Packages "}.rules td:nth-child(4)::before{content:"Findings "}.rules .meter{display:none}
    .more{padding-left:.6rem}.more table{min-width:0;width:100%;table-layout:fixed}ul.plain{margin-left:0}
    }
    @media print{
    :root{--bg:#fff;--card:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#eee;--bad:#9b1c12;--warn:#6f4300;--good:#125a2e;--info:#134a86}
    html{font-size:9.5px}body{font-size:1rem}nav,.tools,.skip,.pick,.list summary::before{display:none!important}section{border:0;padding:0;margin-bottom:1.2rem}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    .scroll,.places{overflow:visible;max-height:none}tr,figure,.list summary,.tiles li{break-inside:avoid}thead{display:table-header-group}h2,caption{break-after:avoid}
    details::details-content{content-visibility:visible;block-size:auto;opacity:1}details:not([open])>*{display:revert}
    .head,.list summary{grid-template-columns:2.6fr 1.1fr 1.2fr 1.5fr 4.6rem 5.2rem;gap:0 .5rem}code,figure text{font-size:.95em}main{padding:0}header>*{width:100%}th,td{padding:.2rem .6rem .2rem 0}.more table{margin-bottom:.3rem}.more{padding-bottom:.2rem}
    }
    """
}
