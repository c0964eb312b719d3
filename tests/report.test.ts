/** The report in a browser, as a reader opens it: from a file, with nothing around it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../src/report/html/page.ts';
import { renamed, shortJourney } from '../src/report/html/testing/journey.ts';
import { Browser, chromium } from './browser.ts';
import { emptyFolder } from './cli.ts';

if (chromium === undefined) console.warn('no Chromium here: the report is not tried in a browser');

const folder = emptyFolder();
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
};

describe.skipIf(chromium === undefined)('the report in a browser', () => {
  const input = shortJourney();
  const steps = input.planned?.result.steps ?? [];
  const whole = reportHtml(input);
  const url = file('report.html', whole);
  let browser: Browser;
  let log: Awaited<ReturnType<Browser['open']>>;

  beforeAll(async () => {
    browser = new Browser(chromium ?? '');
    log = await browser.open();
  });
  afterAll(async () => {
    await browser.close();
  });

  const open = async (hash = '', screen: Parameters<Browser['screen']>[0] = { width: 1280, height: 900 }) => {
    await browser.screen(screen);
    await browser.go('about:blank');
    await browser.go(`${url}${hash}`);
  };
  const ask = <T>(expression: string): Promise<T> => browser.ask<T>(expression);
  const shown = (layer: string): Promise<readonly string[]> =>
    ask(
      `[...document.querySelectorAll('#canvas [data-k^="${layer}"]')].filter(e => getComputedStyle(e).display !== 'none').map(e => e.dataset.k)`,
    );
  const hash = (): Promise<string> => ask('location.hash');

  it('opens from a file, asks for nothing else, and says nothing on the console', async () => {
    await open();
    expect(await ask('document.documentElement.classList.contains("ready")')).toBe(true);
    expect(await ask('getComputedStyle(document.querySelector(".failed")).display')).toBe('none');
    expect(new Set(log.requests.filter((one) => one !== 'about:blank'))).toEqual(new Set([url]));
    expect(log.said).toEqual([]);
  });

  it('walks through the journey by arrow keys, and the address keeps the place', async () => {
    await open();
    const today = await shown('n');
    await browser.press('ArrowRight');
    expect(await hash()).toBe(`#step=${steps[0]?.id}&show=this`);
    for (let n = 1; n < steps.length; n++) await browser.press('ArrowRight');
    expect(await ask('document.querySelector("#state-title").textContent')).toContain(steps.at(-1)?.title);
    const end = await shown('n');
    expect(end.length).toBeGreaterThan(today.length);
    await browser.press('ArrowRight');
    expect(await hash()).toContain(steps.at(-1)?.id ?? '-');
    const place = await hash();
    await open(place);
    expect(await shown('n')).toEqual(end);
    for (const _ of steps) await browser.press('ArrowLeft');
    expect(await shown('n')).toEqual(today);
  });

  it('moves nothing from one step to the next', async () => {
    await open();
    const places = (): Promise<Record<string, string>> =>
      ask(
        `Object.fromEntries([...document.querySelectorAll('#canvas .node')].filter(e => getComputedStyle(e).display !== 'none').map(e => { const t = e.querySelector('.tile'); return [e.dataset.k, t.getAttribute('x') + ' ' + t.getAttribute('y')]; }))`,
      );
    const before = await places();
    for (const _ of steps) await browser.press('ArrowRight');
    const after = await places();
    const both = Object.keys(before).filter((key) => key in after);
    expect(both.length).toBeGreaterThan(10);
    for (const key of both) expect(after[key]).toBe(before[key]);
  });

  it('goes by the slider, and shows before, this step and after', async () => {
    const at = steps.findIndex(({ move }) => move === 'database-closed') + 1;
    await open();
    await ask(
      `(() => { const s = document.querySelector('#slider'); s.value = ${at}; s.dispatchEvent(new Event('input', { bubbles: true })); })()`,
    );
    expect(await hash()).toContain(`step=${steps[at - 1]?.id}`);
    const red = (): Promise<number> =>
      ask(
        `[...document.querySelectorAll('#canvas .link.exposure:not(.removed)')].filter(e => getComputedStyle(e).display !== 'none').length`,
      );
    const removed = (): Promise<number> => ask(`document.querySelectorAll('#canvas .link.exposure.removed').length`);
    expect(await removed()).toBeGreaterThan(0);
    await ask(`document.querySelector('[data-mode=before]').click()`);
    const before = await red();
    await ask(`document.querySelector('[data-mode=after]').click()`);
    expect(await red()).toBeLessThan(before);
    expect(await removed()).toBe(0);
  });

  it('lights the hops of the finding that is chosen, and goes back to it', async () => {
    await open();
    await ask(
      `[...document.querySelectorAll('[data-find]')].find(e => e.textContent.startsWith('legacy-dev-mysql takes')).click()`,
    );
    expect(await hash()).toMatch(/^#finding=f\d+$/);
    const lit = await ask<string[]>(
      `[...document.querySelectorAll('#canvas .lit:not(.off) .name')].map(e => e.textContent)`,
    );
    expect(lit.sort()).toEqual(['Internet', 'Internet gateway', 'mysql']);
    expect(await ask(`document.querySelectorAll('#canvas .link.lit:not(.off)').length`)).toBe(2);
    expect(await ask(`document.querySelectorAll('#lit-hops li').length`)).toBeGreaterThan(4);
    await ask(`document.querySelector('#lit-back').click()`);
    expect(await ask(`document.activeElement.textContent`)).toMatch(/^legacy-dev-mysql takes/);
    await browser.press('Escape');
    expect(await ask(`document.querySelectorAll('#canvas .lit').length`)).toBe(0);
  });

  it('dims the zone that is lost, and colours what becomes of every connection', async () => {
    await open();
    await ask(`document.querySelector('#zones [data-zone="ap-northeast-2a"]').click()`);
    expect(await hash()).toBe('#zone=ap-northeast-2a');
    for (const kind of ['.node.down', '.link.lost', '.link.unharmed'])
      expect(await ask(`document.querySelectorAll('#canvas ${kind}').length`), kind).toBeGreaterThan(0);
    expect(await ask(`document.querySelector('#state-title').textContent`)).toMatch(
      /Without ap-northeast-2a: \d+ lost/,
    );
    expect(await ask(`[...document.querySelectorAll('.loss')].filter(e => !e.hidden).length`)).toBe(1);
  });

  it.each([
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
    { width: 1280, height: 900, dark: true },
    { width: 390, height: 844, dark: true },
  ])('is wide as the screen, and its text can be read: $width dark $dark', async (screen) => {
    await open('', screen);
    await ask(`document.querySelectorAll('details').forEach((e, n) => { if (n % 7 === 0) e.open = true; })`);
    expect(await ask('document.documentElement.scrollWidth')).toBe(screen.width);
    expect(await ask(CONTRAST)).toEqual([]);
  });

  it('names every control, uses every id once, and refers to what is there', async () => {
    await open();
    expect(await ask(ORDERLY)).toEqual([]);
  });

  it('can be printed', async () => {
    await open();
    const pdf = await browser.print();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await browser.screen({ width: 1000, height: 1200, media: 'print' });
    expect(await ask(`getComputedStyle(document.querySelector('nav')).display`)).toBe('none');
  });

  it('says so when it is cut short', async () => {
    await browser.screen({ width: 1280, height: 900 });
    await browser.go(file('cut.html', whole.slice(0, Math.floor(whole.length / 2))));
    expect(await ask('getComputedStyle(document.querySelector(".failed")).display')).not.toBe('none');
  });

  it('runs nothing that a name holds', async () => {
    const evil = `</script><script>window.hit=1</script>"><img src=x onerror=window.hit=1>`;
    log.said.length = 0;
    await browser.go(file('evil.html', reportHtml(renamed(input, evil))));
    await ask(`document.querySelector('[data-find]').click()`);
    for (const _ of steps) await browser.press('ArrowRight');
    expect(await ask('document.documentElement.classList.contains("ready")')).toBe(true);
    expect(await ask('window.hit ?? null')).toBe(null);
    expect(await ask('document.images.length')).toBe(0);
    expect(log.said).toEqual([]);
  });
});

/** Texts whose contrast to what is behind them is below 4.5. */
const CONTRAST = `(() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (e) => { for (let at = e; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return rgb(getComputedStyle(document.body).backgroundColor); };
  const bad = new Set();
  for (const e of document.querySelectorAll('body *:not(svg *):not(script)')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== '') || !e.checkVisibility() || e.disabled) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
  }
  return [...bad];
})()`;

const ORDERLY = `(() => {
  const bad = [];
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) bad.push('twice: ' + id);
  for (const e of document.querySelectorAll('[aria-labelledby]')) for (const id of e.getAttribute('aria-labelledby').split(' ')) if (!document.getElementById(id)) bad.push('no ' + id);
  for (const e of document.querySelectorAll('a[href^="#"]')) { const id = e.getAttribute('href').slice(1); if (!document.getElementById(id)) bad.push('no ' + id); }
  for (const e of document.querySelectorAll('button, a, input, [role=region], summary')) if ((e.getAttribute('aria-label') ?? e.getAttribute('aria-labelledby') ?? e.textContent).trim() === '') bad.push('nameless ' + e.outerHTML.slice(0, 80));
  let level = 0;
  for (const e of document.querySelectorAll('h1,h2,h3,h4')) { const own = Number(e.tagName[1]); if (own > level + 1) bad.push('heading jumps to ' + e.textContent); level = own; }
  for (const name of ['main', 'nav', 'header', 'footer']) if (document.querySelectorAll('body > ' + name).length !== 1) bad.push('landmark ' + name);
  if (document.documentElement.lang === '') bad.push('no language');
  return bad;
})()`;
