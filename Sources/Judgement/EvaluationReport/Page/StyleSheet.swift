/// The page's look, for light and dark surroundings and for any width.
enum StyleSheet {
  static let css = """
    :root {
      --paper: #f7f7f5; --card: #ffffff; --ink: #1d2229; --muted: #5c6570; --grid: #e3e5e8;
      --edge: #d5d8dc; --generated: #1f6feb; --truth: #c2510c; --judge: #8250c8; --logged: #6b7480;
      --good: #1a7f4b; --mixed: #946200; --bad: #c0303a; --unknown: #6b7480;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171b; --card: #1d2127; --ink: #e7eaee; --muted: #9ba5b1; --grid: #30363e;
        --edge: #363d46; --generated: #6aa8ff; --truth: #ff9a5c; --judge: #c79bff; --logged: #97a1ad;
        --good: #4cc38a; --mixed: #e3b341; --bad: #ff7b83; --unknown: #97a1ad;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; max-width: 1120px; padding: 24px 16px 48px; background: var(--paper);
      color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      overflow-wrap: break-word;
    }
    h1 { font-size: 26px; margin: 0; }
    h2 { font-size: 19px; margin: 0 0 4px; }
    h3 { font-size: 15px; margin: 14px 0 6px; }
    p { margin: 0 0 10px; }
    .lead, section > p, footer { color: var(--muted); }
    .lead { margin-bottom: 18px; }
    main > section { margin-top: 34px; }
    @media (min-width: 800px) {
      main { display: grid; grid-template-columns: 1fr 1fr; column-gap: 22px; }
      main > * { grid-column: 1 / -1; min-width: 0; } main > .half { grid-column: auto; }
    }
    .cards { display: grid; gap: 14px;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
    .cards.two { grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); }
    .card {
      background: var(--card); border: 1px solid var(--edge); border-top: 4px solid var(--tone);
      border-radius: 8px; padding: 14px 16px 6px; font-size: 14px;
    }
    .card h2 { font-size: 14px; font-weight: 600; color: var(--muted); }
    .card .answer { color: var(--tone); font-weight: 700; font-size: 16px; margin: 0; }
    .card .figure {
      color: var(--ink); font-size: 32px; line-height: 1.25; font-weight: 650; margin: 0 0 4px;
    }
    .card .meaning { line-height: 1.35; margin: 0 0 10px; }
    .card dl { margin: 0 0 10px; grid-template-columns: auto auto; font-size: 13px;
      font-variant-numeric: tabular-nums; }
    .card dt { color: var(--muted); } .card dd { text-align: right; }
    .card .rule { color: var(--muted); font-size: 12.5px; line-height: 1.4; }
    .good { --tone: var(--good); } .mixed { --tone: var(--mixed); }
    .bad { --tone: var(--bad); } .unknown { --tone: var(--unknown); }
    .plots {
      display: grid; gap: 14px; align-items: start;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr));
    }
    figure {
      margin: 0; background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
      padding: 10px 10px 8px; max-width: 440px;
    }
    .half .plots { grid-template-columns: 1fr; }
    figcaption { font-size: 13px; color: var(--muted); padding: 2px 4px; }
    figcaption b { color: var(--ink); }
    svg { display: block; width: 100%; height: auto; }
    svg text { font-size: 11.5px; fill: var(--muted); font-variant-numeric: tabular-nums; }
    svg .axis-title { fill: var(--ink); font-size: 12px; }
    .grid { stroke: var(--grid); } .axis { stroke: var(--muted); }
    line.fit { stroke: var(--generated); stroke-width: 1.5; opacity: .55; }
    line.logged { stroke: var(--logged); stroke-width: 1.5; stroke-dasharray: 6 4; }
    line.interval { stroke: var(--generated); stroke-width: 1.2; }
    .generated { fill: var(--generated); } .judge-dot { fill: var(--judge); }
    .reached { fill: var(--generated); stroke: var(--generated); stroke-width: 1.5; }
    .logged-mark { fill: var(--logged); stroke: var(--card); stroke-width: 1.5; }
    polygon.truth, polygon.judge { fill: var(--card); stroke-width: 1.8; stroke: var(--truth); }
    polygon.judge { stroke: var(--judge); }
    .cell { fill: var(--generated); stroke: var(--card); stroke-width: 1.5; }
    .pin { fill: var(--ink); opacity: .55; pointer-events: none; }
    .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--ink); }
    .key {
      display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px;
      vertical-align: -1px; background: currentColor;
    }
    .key-generated { color: var(--generated); border-radius: 50%; }
    .key-truth { color: var(--truth); border-radius: 1px; transform: rotate(45deg) scale(.8); }
    .key-judge { background: none; width: 0; height: 0; border-radius: 0; color: var(--judge);
      border: 6px solid transparent; border-bottom: 11px solid var(--judge); border-top: 0; }
    .key-logged-mark { color: var(--logged); border-radius: 1px; }
    .key-reached { border-radius: 50%; border: 1.5px solid var(--generated);
      background: linear-gradient(90deg, transparent, var(--generated)); }
    .key-logged, .key-fit { height: 0; width: 20px; border-radius: 0; vertical-align: 4px;
      background: none; border-top: 2px dashed var(--logged); }
    line.series-0 { stroke: #1f6feb; stroke-width: 1.6; } line.series-1 { stroke: #e08a2c;
      stroke-width: 1.6; } line.series-2 { stroke: #2ea58a; stroke-width: 1.6; }
    line.series-3 { stroke: #c56aa8; stroke-width: 1.6; }
    .key-series-0 { color: #1f6feb; } .key-series-1 { color: #e08a2c; }
    .key-series-2 { color: #2ea58a; } .key-series-3 { color: #c56aa8; }
    figure .legend { margin: 4px 4px 0; font-size: 12.5px; }
    .key-fit { border-top: 2px solid var(--generated); opacity: .6; }
    .weight-0, .key-weight-0 { fill: #3f83d6; color: #3f83d6; }
    .weight-1, .key-weight-1 { fill: #e08a2c; color: #e08a2c; }
    .weight-2, .key-weight-2 { fill: #2ea58a; color: #2ea58a; }
    .weight-3, .key-weight-3 { fill: #c56aa8; color: #c56aa8; }
    .weight-4, .key-weight-4 { fill: #b9a32a; color: #b9a32a; }
    .weight-5, .key-weight-5 { fill: #7b6fd0; color: #7b6fd0; }
    .weight-6, .key-weight-6 { fill: #9a6b4f; color: #9a6b4f; }
    .weight-7, .key-weight-7 { fill: #7f8b99; color: #7f8b99; }
    .scroll { overflow-x: auto; margin-top: 18px; border: 1px solid var(--edge);
      border-radius: 8px; background: var(--card); }
    .scroll:focus-visible { outline: 2px solid var(--generated); }
    table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums;
      width: 100%; }
    .note { color: var(--muted); font-size: 13px; margin: 14px 0 0; }
    .note + .scroll { margin-top: 8px; }
    th, td { padding: 4px 10px; text-align: right; white-space: nowrap; }
    thead th { font-weight: 600; border-bottom: 1px solid var(--edge); }
    thead th[colspan] { text-align: center; }
    tbody th { font-weight: 600; color: var(--muted); }
    .words tr > :nth-child(-n+2) { text-align: left; }
    thead th { white-space: normal; vertical-align: bottom; }
    @media (max-width: 720px) {
      .scroll > table[role] thead { position: absolute; clip-path: inset(50%); width: 1px;
        height: 1px; overflow: hidden; }
      .scroll > table[role], .scroll > table[role] tbody { display: block; }
      .scroll > table[role] tr { display: block; padding: 6px 0; }
      .scroll > table[role] tbody th, .scroll > table[role] td { display: flex; gap: 12px;
        justify-content: space-between; text-align: right; white-space: normal; padding: 2px 12px;
        overflow-wrap: anywhere; }
      .scroll > table[role] tbody th { color: var(--ink); }
      .scroll > table[role] [data-label]::before { content: attr(data-label); color: var(--muted);
        font-weight: 400; text-align: left; flex: none; max-width: 60%; }
    }
    pre { margin: 0; padding: 0 12px 12px; overflow-x: auto; font-size: 12.5px; line-height: 1.45; }
    tbody tr:nth-child(even) { background: color-mix(in srgb, var(--ink) 4%, transparent); }
    details { background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
      margin-bottom: 8px; }
    summary { padding: 9px 12px; cursor: pointer; overflow-wrap: anywhere; }
    summary b { display: inline-block; min-width: 4.5em; font-variant-numeric: tabular-nums; }
    summary small { color: var(--muted); margin-left: 6px; }
    .lists { display: grid; gap: 14px; padding: 0 12px 12px;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); }
    .lists section > p { margin: 0; font-size: 13px; } .lists h3 { margin: 6px 0 0; }
    .lists > section { min-width: 0; } .lists .scroll { margin-top: 8px; }
    .lists th, .lists td { padding: 4px 7px; }
    .item { text-align: left; white-space: normal; min-width: 120px; overflow-wrap: anywhere; }
    .item small { display: block; color: var(--muted); line-height: 1.3; }
    .lists thead th:nth-child(2) { text-align: left; }
    .up { color: var(--good); } .down { color: var(--bad); }
    .absent { color: var(--mixed); font-weight: 600; } .same { color: var(--muted); }
    footer { margin-top: 40px; border-top: 1px solid var(--edge); padding-top: 14px;
      font-size: 13px; }
    footer h2 { font-size: 14px; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
    dd { margin: 0; overflow-wrap: anywhere; color: var(--ink); }
    @media print { figure, .card { break-inside: avoid; } }
    """
}
