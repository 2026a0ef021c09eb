import Crypto
import OVABasics

/// The pages' style and icon.
enum WebStyle {
  static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b57d0" \
    d="M16 2 29 9v14L16 30 3 23V9z"/><path fill="none" stroke="#fff" stroke-width="2" \
    d="M3 9l13 7 13-7M16 16v14"/></svg>

    """

  /// The end of the sheet's address, which changes with the sheet so that browsers keep no older
  /// one.
  static let tag = Hex.text(SHA256.hash(data: Array(sheet.utf8)).prefix(4))

  static let sheet = """
    :root {
      color-scheme: light dark;
      --ground: #f4f6f9; --card: #fff; --text: #1b2128; --muted: #55606c; --line: #d5dbe2;
      --link: #0b57d0; --press: #0b57d0; --on-press: #fff;
      --error: #a1121f; --error-ground: #fde8ea; --warning: #7a4a00; --warning-ground: #fff0d4;
      --info: #0b4a94; --info-ground: #e3effd; --good: #14602f; --good-ground: #def5e5;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #0f1216; --card: #181c22; --text: #e6e9ee; --muted: #a3adb8; --line: #323a44;
        --link: #8ab4f8; --press: #8ab4f8; --on-press: #0f1216;
        --error: #ffb4ab; --error-ground: #4a1519; --warning: #ffd591; --warning-ground: #43300c;
        --info: #b5d4ff; --info-ground: #14304f; --good: #a5e6b8; --good-ground: #123d22;
      }
    }
    * { box-sizing: border-box; }
    body { background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
      margin: 0; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
    main:focus { outline: none; }
    .skip { background: var(--card); left: 1rem; padding: .5rem 1rem; position: absolute;
      top: -10rem; z-index: 1; }
    .skip:focus { top: .5rem; }
    .unseen { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
    .bar { align-items: center; background: var(--card); border-bottom: 1px solid var(--line);
      display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between;
      padding: .5rem max(1rem, calc((100% - 74rem) / 2)); }
    .bar nav, .bar form { align-items: center; display: flex; gap: .25rem .75rem; }
    .bar nav > a, .brand { padding: .6rem 0; }
    .brand { color: var(--text); font-weight: 700; text-decoration: none; }
    .who { color: var(--muted); }
    main { margin: 0 auto; max-width: 76rem; padding: 1rem 1rem 3rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: .75rem 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
    p { margin: .5rem 0; }
    .muted, .path, .summary, .time, .folder { color: var(--muted); }
    .path, .folder { overflow-wrap: anywhere; }
    .back { margin: 0; }
    input, button { border: 1px solid var(--line); border-radius: .4rem; font: inherit;
      max-width: 100%; min-height: 2.75rem; padding: .4rem .9rem; }
    input { background: var(--card); border-color: var(--muted); color: var(--text); }
    ::placeholder { color: var(--muted); opacity: 1; }
    button { background: var(--press); border-color: var(--press); color: var(--on-press);
      cursor: pointer; font-weight: 600; }
    button.quiet { background: none; border-color: var(--line); color: var(--text);
      font-weight: 400; }
    .tools { align-items: center; display: flex; flex-wrap: wrap; gap: .75rem 1.5rem;
      justify-content: space-between; }
    .tools form { display: flex; flex: 1 1 15rem; gap: .5rem; max-width: 36rem; min-width: 0; }
    .tools input[type=search] { flex: 1; min-width: 0; }
    .tabs { display: flex; gap: .25rem; }
    .tabs a, .pages a, .contents a { border-radius: .4rem; min-height: 2.75rem;
      padding: .6rem .9rem; text-decoration: none; }
    .tabs a[aria-current] { background: var(--info-ground); color: var(--info); font-weight: 600; }
    table, .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
    table { border-collapse: separate; border-spacing: 0; width: 100%; }
    th, td { padding: .55rem .75rem; text-align: left; vertical-align: top; }
    thead th { color: var(--muted); font-size: .875rem; font-weight: 600; white-space: nowrap; }
    tbody td { border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    tbody tr:hover { background: var(--ground); }
    td.name { font-weight: 600; }
    .images { table-layout: fixed; }
    .images th.name { width: 26%; }
    .images th.folder { width: 19%; }
    .images th.size { width: 6.5rem; }
    .images th.verdict { width: 9.5rem; }
    .images th.time { width: 9rem; }
    .images td:not(.name) { font-size: .9375rem; }
    .images td.time { white-space: normal; }
    /* What is cut shows whole in a tooltip. */
    .images .name a, .images .folder span, .images .contents span { -webkit-box-orient: vertical;
      display: -webkit-box; -webkit-line-clamp: 2; overflow: hidden; }
    .number, .time { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .digest { font: .8rem/1.5 ui-monospace, monospace; }
    .badge { border-radius: 1rem; display: inline-block; font-size: .8125rem; font-weight: 600;
      padding: .05rem .6rem; white-space: nowrap; }
    .error { background: var(--error-ground); color: var(--error); }
    .warning { background: var(--warning-ground); color: var(--warning); }
    .info, .method { background: var(--info-ground); color: var(--info); }
    .unknown { background: var(--ground); color: var(--muted); }
    .good { background: var(--good-ground); color: var(--good); }
    .note { border-radius: .4rem; overflow-wrap: anywhere; padding: .6rem .9rem; }
    .empty { color: var(--muted); padding: 2rem 0; }
    .pages { align-items: center; display: flex; flex-wrap: wrap; gap: .25rem; justify-content: center;
      margin-top: 1rem; }
    .pages a { background: var(--card); border: 1px solid var(--line); }
    .pages span { color: var(--muted); padding: 0 .75rem; }
    .cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); }
    .card { padding: .9rem 1rem; }
    .card h2 { margin: 0 0 .25rem; }
    section + .cards { margin-top: 1.25rem; }
    .narrow h2 { margin-top: 1.75rem; }
    .narrow { margin: 3rem auto; max-width: 28rem; }
    .stacked { display: grid; gap: .5rem; }
    dl { margin: 0; }
    dl div { border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0 1rem;
      padding: .35rem 0; }
    dl div:first-child { border-top: 0; }
    dt { color: var(--muted); flex: 0 0 8.5rem; overflow-wrap: anywhere; }
    dd { flex: 1 1 9rem; margin: 0; overflow-wrap: anywhere; }
    .findings { list-style: none; margin: 0; padding: 0; }
    .findings li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
      margin-bottom: .5rem; padding: .6rem 1rem; }
    .findings p { margin: .2rem 0; overflow-wrap: anywhere; }
    .own { margin-top: 1rem; }
    .sync { align-items: center; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
    .clear { margin-top: -.25rem; }
    .lines { margin: 0; overflow-wrap: anywhere; padding-left: 1.25rem; }
    .card h3 { font-size: 1.05rem; }
    .fix::before { content: "→ "; }
    code, pre { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
    pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
      overflow-x: auto; padding: .75rem 1rem; }
    .contents { display: flex; flex-wrap: wrap; }
    .operation { margin-bottom: .5rem; }
    @media (max-width: 60rem) {
      .bar nav { flex-wrap: wrap; }
      .images, .images tbody, .images tr, .images td, .images thead { display: block; }
      .images { background: none; border: 0; }
      .images thead tr { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
      .images thead th { padding: .6rem .5rem .6rem 0; }
      .images thead th:not(:has(a)) { display: none; }
      .images thead tr::before { align-self: center; color: var(--muted); content: "Sort by";
        font-size: .875rem; }
      .images tbody tr { background: var(--card); border: 1px solid var(--line);
        border-radius: .5rem; margin-bottom: .5rem; padding: .6rem .9rem; }
      .images tbody td { border: 0; padding: .05rem 0; }
      .images tbody td.number, .images tbody td.verdict, .images tbody td.time {
        display: inline-block; margin-right: .75rem; }
      .images th.name, .images th.folder, .images th.time { width: auto; }
      .images tbody td:empty, .images td:has(> span:empty) { display: none; }
    }
    @media (max-width: 44rem) {
      .plain, .plain tbody, .plain tr, .plain td { display: block; }
      .plain { background: none; border: 0; }
      .plain thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute;
        width: 1px; }
      .plain tbody tr { background: var(--card); border: 1px solid var(--line);
        border-radius: .5rem; margin-bottom: .5rem; padding: .5rem .9rem; }
      .plain tbody td { border: 0; display: flex; gap: 0 1rem; padding: .15rem 0;
        white-space: normal; }
      .plain tbody td::before { color: var(--muted); content: attr(data-label);
        flex: 0 0 6.5rem; font-family: system-ui, sans-serif; font-size: .875rem; }
      .plain tbody td:empty { display: none; }
    }
    @media print { .bar nav, .tools, .pages, .skip { display: none; } }

    """
}
