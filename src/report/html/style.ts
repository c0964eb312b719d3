/** How the page looks: in light, dark and print, from 390 pixels on. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fb;--ink:#1b2433;--soft:#566174;--rule:#d9dfe8;--accent:#1d5fd1;--red:#c4290a;--amber:#a34b00;--green:#0f7452;--blue:#1d5fd1;
--red-fill:#fdebe7;--amber-fill:#fdf0e0;--green-fill:#e4f5ee;--blue-fill:#e7effd;--grey-fill:#edf0f4}
@media (prefers-color-scheme:dark){:root{--bg:#10151f;--panel:#171e2a;--ink:#e6ebf3;--soft:#9aa6b8;--rule:#2b3545;--accent:#7fb0ff;--red:#ff8266;--amber:#f0a63a;--green:#4fd0a0;--blue:#8ab6ff;
--red-fill:#3a1a14;--amber-fill:#35260f;--green-fill:#10302a;--blue-fill:#172a4a;--grey-fill:#232c3a}}
*{box-sizing:border-box}
html{scroll-padding-top:3.4rem}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 Inter,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:anywhere}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:6px;z-index:9}
header,main>section,footer{max-width:1460px;margin:0 auto;padding:0 20px}#picture{max-width:2400px}
header{padding-top:18px}
h1{font-size:1.35rem;margin:0}h2{font-size:1.25rem;margin:2.4rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--rule)}
#verdict h2{border:0;margin-top:.6rem}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}h4{font-size:.9rem;margin:.9rem 0 .2rem}
p{margin:.3rem 0}ul,ol{margin:.3rem 0;padding-left:1.4rem}
.lead{font-size:1.08rem;max-width:62rem;margin:.5rem 0}
.soft{color:var(--soft);font-size:.87em}
code,pre{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.82rem}
pre{white-space:pre-wrap;background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:8px 10px;margin:.3rem 0;max-height:30rem;overflow:auto}
a{color:var(--accent)}
nav{position:sticky;top:0;z-index:4;background:var(--bg);border-bottom:1px solid var(--rule);margin-top:10px}
nav ul{display:flex;gap:2px 18px;list-style:none;margin:0 auto;padding:8px 20px;max-width:1460px;overflow-x:auto;white-space:nowrap}
nav a{text-decoration:none;font-size:.92rem}nav a:hover{text-decoration:underline}
button,input{font:inherit;color:inherit}
button{background:var(--bg);border:1px solid var(--rule);border-radius:6px;padding:3px 10px;min-height:30px;cursor:pointer}
button:hover:not(:disabled){border-color:var(--accent)}button:disabled{opacity:.45;cursor:default}
button[aria-pressed=true]{background:var(--blue-fill);border-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.failed{animation:late 1ms 1.5s both;background:var(--amber-fill);color:var(--ink);border:1px solid var(--amber);border-radius:6px;padding:8px 12px;margin:10px 0}
@keyframes late{from{visibility:hidden}to{visibility:visible}}
.ready .failed{display:none}
html:not(.ready) .script{display:none}
.off{display:none}
[hidden]{display:none!important}
.player{position:sticky;top:2.55rem;z-index:3;background:var(--bg);padding:6px 0;border-bottom:1px solid var(--rule)}
.row{display:flex;gap:8px;align-items:center;flex-wrap:wrap;margin:3px 0}
.group{display:inline-flex;gap:4px;align-items:center;flex-wrap:wrap}
#slider{flex:1 1 220px;min-width:120px;accent-color:var(--accent);margin:0}
#state-title{font-weight:600;min-height:1.5em}#state-more{font-size:.87rem}
#lit-note{background:var(--red-fill);border:1px solid var(--red);border-radius:6px;padding:6px 12px;margin:8px 0}
#lit-note .hops{columns:2}
#lit-hops .soft{display:none}
#lit-hops li:hover{background:var(--bg)}
#canvas{overflow:auto;border:1px solid var(--rule);border-radius:8px;margin:8px 0}
#canvas svg{display:block;width:100%;height:auto;min-width:1100px}
#canvas.full svg{width:auto;min-width:0}
#canvas .off{display:none}
#size{margin-left:auto}
#canvas .lighted .node:not(.lit),#canvas .lighted .link:not(.lit),#canvas .lighted .pill{opacity:.16}
#canvas .lit .tile{stroke:var(--red);stroke-width:3}#canvas .lit>.box{stroke:var(--red);stroke-width:2.6}
#canvas .lit .way{stroke:var(--red);stroke-width:3}#canvas .lit .tip{fill:var(--red)}
#canvas .hop .tile{stroke:var(--blue);stroke-width:5}#canvas .hop>.box{stroke:var(--blue);stroke-width:4}
#canvas .zoned .node.down{opacity:.22}#canvas .zoned g.down>.box{opacity:.35}
#canvas .zoned .link{opacity:.25}
#canvas .zoned .link.lost,#canvas .zoned .link.failover,#canvas .zoned .link.unknown,#canvas .zoned .link.unharmed{opacity:1}
#canvas .zoned .lost .way{stroke:var(--red);stroke-width:2.2}#canvas .zoned .lost .tip{fill:var(--red)}
#canvas .zoned .failover .way{stroke:var(--amber);stroke-width:2.2;stroke-dasharray:7 3}#canvas .zoned .failover .tip{fill:var(--amber)}
#canvas .zoned .unharmed .way{stroke:var(--green)}#canvas .zoned .unharmed .tip{fill:var(--green)}
#canvas .zoned .unknown .way{stroke-dasharray:2 3}
.marked .key{display:inline}
.chip{display:inline-block;border-radius:4px;padding:0 6px;font-size:.78rem;font-weight:600;background:var(--grey-fill);color:var(--soft);white-space:nowrap}
.chip.high,.chip.violated,.chip.lost{background:var(--red-fill);color:var(--red)}
.chip.medium,.chip.survivesAfterFailover,.chip.switch{background:var(--amber-fill);color:var(--amber)}
.chip.low,.chip.contract,.chip.act{background:var(--blue-fill);color:var(--blue)}
.chip.proven,.chip.survives,.chip.expand{background:var(--green-fill);color:var(--green)}
.finding{margin:.5rem 0}.finding .line{display:grid;grid-template-columns:4.6rem minmax(0,max-content) auto;gap:0 10px;align-items:baseline;justify-content:start}
.finding .chip{justify-self:start}.finding>details{margin-left:calc(4.6rem + 10px)}
button.claim{display:inline;text-align:left;background:none;border:0;padding:0;min-height:0;border-radius:2px;text-decoration:underline;text-decoration-color:var(--rule);text-underline-offset:3px}
button.claim:hover{text-decoration-color:var(--accent)}button.claim[aria-pressed=true]{background:var(--red-fill)}
html:not(.ready) button.claim{text-decoration:none;cursor:auto}
.gone{font-size:.85rem;color:var(--green)}.stays,.undecided{font-size:.85rem;color:var(--amber)}
details.more{margin:.1rem 0 .6rem calc(4.6rem + 10px)}details.more .finding>details,details.more details.more{margin-left:calc(4.6rem + 10px)}summary{cursor:pointer}
.move{border:1px solid var(--rule);border-radius:8px;margin:6px 0;padding:0 12px}.move>summary{padding:7px 0}.move[open]>summary{border-bottom:1px solid var(--rule)}.move.here{border-color:var(--accent)}
.steps{padding-left:2.2rem}.step{margin:.3rem 0;padding:2px 6px;border-radius:6px}
.step[aria-current]{background:var(--panel);outline:1px solid var(--rule)}
.step>details[open]{padding-bottom:8px}
.facts{display:block;margin-left:1.1rem}
.proofs,.heads{list-style:none;padding-left:.2rem}.proofs li{margin:.25rem 0}
.numbers{display:flex;flex-wrap:wrap;gap:10px;margin:1rem 0}.numbers div{flex:1 1 150px;max-width:250px;background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:8px 12px}.numbers dt{font-size:.82rem;color:var(--soft)}.numbers dd{margin:0;font-size:1.3rem;font-weight:600;white-space:nowrap}.numbers dd.soft{font-size:.8rem;font-weight:400}.good{color:var(--green)}
.diff span,.diff ins,.diff del{display:block;text-decoration:none}.diff ins{background:var(--green-fill);color:var(--green)}.diff del{background:var(--red-fill);color:var(--red)}.diff .plus,.heads .plus{color:var(--green)}.diff .minus,.heads .minus{color:var(--red)}.diff .tilde,.heads .tilde{color:var(--blue)}
.undo::first-letter{text-transform:uppercase}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:.4rem 0}th,td{text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid var(--rule);font-weight:400;vertical-align:top}
thead th,tfoot th,tfoot td{font-weight:600}.money td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.money thead th:not(:first-child){text-align:right}
.money tbody th{min-width:12rem}#zones th[scope=row]{white-space:nowrap}
footer{margin-top:3rem;padding-bottom:2rem;color:var(--soft);font-size:.87rem}
@media (max-width:640px){.finding .line{grid-template-columns:auto minmax(0,1fr)}.finding .line>:last-child:not(button){grid-column:2}.finding>details,details.more,details.more .finding>details{margin-left:0}.numbers div{flex-basis:130px}header,main>section,footer{padding:0 12px}nav ul{padding:8px 12px}.lead{font-size:1rem}.player{position:static}#canvas svg{min-width:980px}#lit-note .hops{columns:1}.steps{padding-left:1.7rem}th,td{padding-right:10px}}
@media print{nav,.skip,.row,.script,.player,button#lit-clear{display:none!important}body{font-size:11px}#canvas{overflow:visible;border:0}#canvas svg{min-width:0;max-height:250mm}.numbers dd{font-size:1rem}.lead{font-size:12px}.move{break-inside:auto}
pre{max-height:none}.step,.finding,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}a{color:inherit;text-decoration:none}button.claim{text-decoration:none}.failed{display:none}}
`;
