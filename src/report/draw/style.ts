/** Colours as CSS variables: the same picture in light and in dark. */
import { DETAIL_SIZE, HEADER_SIZE, NAME_SIZE } from './units.ts';

export const STYLE = `
.up{--bg:#fff;--ink:#1b2433;--soft:#5b6676;--line:#64748b;--red:#d92d0b;--violet:#8b5cd6;--pill:#fff;--plate:#cbd5e1;--added:#12805c;--changed:#1d66d6;--amber:#b45309;
--account:#94a3b8;--region:#64748b;--region-fill:#f8fafc;--vpc:#8b5cf6;--vpc-fill:#fbf9ff;--zone:#64748b;
--public:#7aa116;--public-fill:#f3f8e6;--private:#0e9aa7;--private-fill:#e8f7f8;--unknown:#94a3b8;--unknown-fill:#f1f5f9;
--c-network:#7c3aed;--c-compute:#e07000;--c-data:#b620c0;--c-storage:#6b8f12;--c-messages:#d6136f;--c-security:#c92a42;--c-services:#52617a;
font-family:Inter,"Helvetica Neue",Arial,"Noto Sans",sans-serif}
@media (prefers-color-scheme:dark){.up{--bg:#10151f;--ink:#e6ebf3;--soft:#98a4b5;--line:#8896aa;--red:#ff6b4a;--violet:#b79bf0;--pill:#1b2331;--plate:#334155;--added:#35c793;--changed:#74a7ff;--amber:#f0a63a;
--account:#475569;--region:#64748b;--region-fill:#141b27;--vpc:#8f72e8;--vpc-fill:#171a2b;--zone:#7b8798;
--public:#8fb52e;--public-fill:#1c2614;--private:#2bb3bf;--private-fill:#10262b;--unknown:#64748b;--unknown-fill:#1a2230}}
.up text{fill:var(--ink)}
.up .page{fill:var(--bg)}
.up .title{font-size:17px;font-weight:650}
.up .sub,.up .note{font-size:11.5px;fill:var(--soft)}
.up .box{fill:none;stroke-width:1.2}
.up .account{stroke:var(--account);stroke-dasharray:2 3}
.up .region{stroke:var(--region);fill:var(--region-fill);stroke-dasharray:2 4}
.up .vpc{stroke:var(--vpc);fill:var(--vpc-fill);stroke-width:1.5}
.up .zone{stroke:var(--zone);stroke-dasharray:5 4}
.up .public{stroke:var(--public);fill:var(--public-fill)}
.up .private{stroke:var(--private);fill:var(--private-fill)}
.up .unknown{stroke:var(--unknown);fill:var(--unknown-fill);stroke-dasharray:3 3}
.up .head{font-size:${HEADER_SIZE}px;font-weight:600}
.up .h-account,.up .h-region,.up .h-zone{fill:var(--soft)}
.up .h-vpc{fill:var(--vpc)}
.up .h-public{fill:var(--public)}
.up .h-private{fill:var(--private)}
.up .h-unknown{fill:var(--soft)}
.up .corner path{fill:none;stroke:#fff;stroke-width:1.1;stroke-linejoin:round;stroke-linecap:round}
.up .k-vpc rect{fill:var(--vpc)}
.up .k-public rect{fill:var(--public)}
.up .k-private rect{fill:var(--private)}
.up .way{fill:none;stroke:var(--line);stroke-width:1.4;stroke-linejoin:round}
.up .tip{fill:var(--line)}
.up .exposure .way{stroke:var(--red);stroke-width:2}
.up .exposure .tip{fill:var(--red)}
.up .replication .way{stroke:var(--violet);stroke-dasharray:5 3}
.up .replication .tip{fill:var(--violet)}
.up .pill rect{fill:var(--pill);stroke:var(--line);stroke-width:.8}
.up .pill text{font-size:9px;fill:var(--soft)}
.up .pill.exposure rect{stroke:var(--red)}
.up .pill.exposure text{fill:var(--red);font-weight:600}
.up .pill.replication rect{stroke:var(--violet)}
.up .pill.replication text{fill:var(--violet)}
.up .glyph{fill:none;stroke:#fff;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.up .outside .glyph{stroke:var(--ink)}
.up .tile{stroke:none}
.up .outside .tile{fill:var(--bg);stroke:var(--line);stroke-width:1}
.up .network .tile{fill:var(--c-network)}
.up .compute .tile{fill:var(--c-compute)}
.up .data .tile{fill:var(--c-data)}
.up .storage .tile{fill:var(--c-storage)}
.up .messages .tile{fill:var(--c-messages)}
.up .security .tile{fill:var(--c-security)}
.up .services .tile{fill:var(--c-services)}
.up use{pointer-events:none}
.up .tile.plate{fill:transparent}
.up .tile.plate.lines{fill:var(--bg)}
.up .tile.plate.tall{fill:var(--bg);stroke:var(--plate);stroke-width:1}
.up .outside .tile.plate{stroke:none}
.up-dark{display:none}
@media (prefers-color-scheme:dark){.up-light{display:none}.up-dark{display:inline}}
.up .ring{fill:none;stroke:var(--red);stroke-width:2}
.up .name{font-size:${NAME_SIZE}px;font-weight:500;text-anchor:middle}
.up .hint{font-size:${DETAIL_SIZE}px;fill:var(--soft)}
.up .more{font-size:${DETAIL_SIZE}px;fill:var(--soft);text-anchor:middle}
.up .exposed .name{fill:var(--red);font-weight:650}
.up .badge{display:none}
.up .badge circle{stroke:var(--bg);stroke-width:1.5}
.up .badge path{display:none;fill:none;stroke:#fff;stroke-width:1.8;stroke-linecap:round}
.up .added .badge,.up .changed .badge,.up .removed .badge{display:inline}
.up .added .badge circle{fill:var(--added)}
.up .changed .badge circle{fill:var(--changed)}
.up .removed .badge circle{fill:var(--soft)}
.up .added .badge .plus,.up .changed .badge .tilde,.up .removed .badge .minus{display:inline}
.up .added .box{stroke:var(--added);stroke-width:2.2}
.up .changed .box{stroke:var(--changed);stroke-width:2.2}
.up .removed .box,.up .removed .head{opacity:.45}
.up .node.added .name{fill:var(--added);font-weight:650}
.up .node.changed .name{fill:var(--changed);font-weight:650}
.up .node.removed .tile,.up .node.removed use,.up .node.removed .glyph,.up .node.removed .ring,.up .node.removed text{opacity:.4}
.up .link.added .way{stroke:var(--added);stroke-width:2}
.up .link.added .tip{fill:var(--added)}
.up .link.exposure.added .way{stroke:var(--red)}
.up .link.exposure.added .tip{fill:var(--red)}
.up .link.removed .way{stroke-dasharray:2 4;opacity:.6}
.up .link.removed .tip,.up .pill.removed{opacity:.5}
`;
