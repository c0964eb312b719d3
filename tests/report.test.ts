/** The report in a browser, as a reader opens it: from a file, with nothing around it. One browser for all, and few reports. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EN } from '../src/report/html/messages.ts';
import { reportHtml } from '../src/report/html/page.ts';
import { renamed, shortJourney } from '../src/report/html/testing/journey.ts';
import { chromiumPath, launched } from './browser.ts';
import { emptyFolder } from './cli.ts';

if (chromiumPath === undefined)
  console.warn('no Chromium here (CHROMIUM may name one): the report is not tried in a browser');

const folder = emptyFolder();
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
};

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}
const DESK: Screen = { width: 1280, height: 900 };
const PHONE: Screen = { width: 390, height: 844 };

describe.skipIf(chromiumPath === undefined)('the report in a browser', () => {
  const input = shortJourney();
  const steps = input.planned?.result.steps ?? [];
  const whole = reportHtml(input);
  const url = file('report.html', whole);
  const requests: string[] = [];
  const said: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launched();
    page = await browser.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(() => {
    requests.length = 0;
    said.length = 0;
  });

  const go = async (address: string, { width, height, dark = false }: Screen = DESK): Promise<void> => {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', media: 'screen' });
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto(address);
  };
  const open = (hash = '', screen: Screen = DESK): Promise<void> => go(`${url}${hash}`, screen);
  const ask = <T>(expression: string): Promise<T> => page.evaluate(expression) as Promise<T>;
  const shown = (layer: string): Promise<readonly string[]> =>
    ask(
      `[...document.querySelectorAll('#canvas [data-k^="${layer}"]')].filter(e => getComputedStyle(e).display !== 'none').map(e => e.dataset.k)`,
    );
  const hash = (): Promise<string> => ask('location.hash');
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const failed = (): Promise<boolean> => ask(`getComputedStyle(document.querySelector('.failed')).display !== 'none'`);

  it('opens from a file, asks for nothing else, and says nothing on the console', async () => {
    await open();
    expect(await ask('document.documentElement.classList.contains("ready")')).toBe(true);
    expect(await failed()).toBe(false);
    expect(new Set(requests.filter((one) => one !== 'about:blank'))).toEqual(new Set([url]));
    expect(said).toEqual([]);
  });

  it('walks through the journey by arrow keys, and the address keeps the place', async () => {
    await open();
    const today = await shown('n');
    await press('ArrowRight');
    expect(await hash()).toBe(`#step=${steps[0]?.id}&show=this`);
    for (let n = 1; n < steps.length; n++) await press('ArrowRight');
    expect(await ask('document.querySelector("#state-title").textContent')).toContain(steps.at(-1)?.title);
    const end = await shown('n');
    expect(end.length).toBeGreaterThan(today.length);
    await press('ArrowRight');
    expect(await hash()).toContain(steps.at(-1)?.id ?? '-');
    const place = await hash();
    await open(place);
    expect(await shown('n')).toEqual(end);
    for (const _ of steps) await press('ArrowLeft');
    expect(await shown('n')).toEqual(today);
  });

  it('moves nothing from one step to the next', async () => {
    await open();
    const places = (): Promise<Record<string, string>> =>
      ask(
        `Object.fromEntries([...document.querySelectorAll('#canvas .node')].filter(e => getComputedStyle(e).display !== 'none').map(e => { const t = e.querySelector('.tile'); return [e.dataset.k, t.getAttribute('x') + ' ' + t.getAttribute('y')]; }))`,
      );
    const before = await places();
    for (const _ of steps) await press('ArrowRight');
    const after = await places();
    const both = Object.keys(before).filter((key) => key in after);
    expect(both.length).toBeGreaterThan(10);
    for (const key of both) expect(after[key]).toBe(before[key]);
  });

  it('goes by the slider, and shows before, this step and after', async () => {
    const at = steps.findIndex(({ move }) => move === 'database-closed') + 1;
    await open();
    await page.locator('#slider').fill(String(at));
    expect(await hash()).toContain(`step=${steps[at - 1]?.id}`);
    const red = (): Promise<number> =>
      ask(
        `[...document.querySelectorAll('#canvas .link.exposure:not(.removed)')].filter(e => getComputedStyle(e).display !== 'none').length`,
      );
    const removed = (): Promise<number> => page.locator('#canvas .link.exposure.removed').count();
    expect(await removed()).toBeGreaterThan(0);
    await page.locator('[data-mode=before]').click();
    const before = await red();
    await page.locator('[data-mode=after]').click();
    expect(await red()).toBeLessThan(before);
    expect(await removed()).toBe(0);
  });

  it('opens a step from the picture, with everything that it has in common with others', async () => {
    await open();
    await page.locator('#slider').fill(String(steps.length));
    await page.locator('#state-more').click();
    const step = page.locator(`#step-${steps.length}`);
    await step.locator('.proofs').waitFor();
    expect(await step.locator('[data-same]').count()).toBe(0);
    expect(await step.locator('.proofs > li > strong').count()).toBe(6);
    expect(await step.locator('.proofs > li').allInnerTexts()).not.toContain(EN['journey.same']);
  });

  it('lights the hops of the finding that is chosen, and goes back to it', async () => {
    await open();
    await page.locator('[data-find]', { hasText: /^legacy-dev-mysql takes/ }).dispatchEvent('click');
    expect(await hash()).toMatch(/^#finding=f\d+$/);
    const lit = await page.locator('#canvas .lit:not(.off) .name').allTextContents();
    expect(lit.sort()).toEqual(['Internet', 'Internet gateway', 'mysql']);
    expect(await page.locator('#canvas .link.lit:not(.off)').count()).toBe(2);
    expect(await page.locator('#lit-hops li').count()).toBeGreaterThan(4);
    await page.locator('#lit-hops li[data-hop]:not([data-hop=""])').first().hover();
    expect(await page.locator('#canvas .hop').count()).toBeGreaterThan(0);
    await page.locator('#lit-back').click();
    expect(await ask(`document.activeElement.textContent`)).toMatch(/^legacy-dev-mysql takes/);
    await press('Escape');
    expect(await page.locator('#canvas .lit').count()).toBe(0);
  });

  it('dims the zone that is lost, and colours what becomes of every connection, with the reason', async () => {
    await open();
    await page.locator('#zones [data-zone="ap-northeast-2a"]').click();
    expect(await hash()).toBe('#zone=ap-northeast-2a');
    for (const kind of ['.node.down', '.link.lost', '.link.unharmed'])
      expect(await page.locator(`#canvas ${kind}`).count(), kind).toBeGreaterThan(0);
    expect(await page.locator('#state-title').textContent()).toMatch(/Without ap-northeast-2a: \d+ lost/);
    const loss = page.locator('.loss:not([hidden])');
    expect(await loss.count()).toBe(1);
    const said = Number(/(\d+) lost/.exec((await page.locator('#state-title').textContent()) ?? '')?.[1]);
    expect(await loss.locator('h4').first().innerText()).toContain(String(said));
    expect(await loss.locator('ul li:visible').first().innerText()).toMatch(/Single-AZ|no node elsewhere|left/);
  });

  it('works without a pointer', async () => {
    await open();
    const focus = (): Promise<string> =>
      ask(`(({ id, tagName, textContent }) => id || tagName + ' ' + textContent)(document.activeElement)`);
    await press('Tab');
    expect(await focus()).toBe(`A ${EN['page.skip']}`);
    for (let n = 0; n < 12 && (await focus()) !== 'slider'; n++) await press('Tab');
    expect(await focus()).toBe('slider');
    await press('ArrowRight');
    expect(await hash()).toContain(`step=${steps[0]?.id}`);
    await press('Tab');
    await press('Enter');
    expect(await hash()).toContain(`step=${steps[1]?.id}`);
    await page.locator('.claim').first().focus();
    await press('Enter');
    expect(await hash()).toContain('finding=f');
    await press('Escape');
    expect(await hash()).not.toContain('finding');
    await page.locator('.move > summary').first().focus();
    await press('Enter');
    expect(await page.locator('.move[open]').count()).toBe(1);
  });

  it.each([DESK, PHONE, { ...DESK, dark: true }, { ...PHONE, dark: true }])(
    'is as wide as the screen: $width dark $dark',
    async (screen) => {
      await open('', screen);
      await ask(`document.querySelectorAll('details').forEach((e, n) => { if (n % 7 === 0) e.open = true; })`);
      expect(await ask('document.documentElement.scrollWidth')).toBe(screen.width);
      const dark = await ask<string>(`getComputedStyle(document.body).backgroundColor`);
      expect(dark === 'rgb(255, 255, 255)').toBe(screen.dark !== true);
    },
  );

  it.each([{ dark: false }, { dark: true }])(
    'has no serious fault of accessibility, as a whole and in each section: dark $dark',
    async ({ dark }) => {
      await open('', { ...DESK, dark });
      await page.locator('.claim').first().click();
      await ask(
        `document.querySelectorAll('details').forEach((e, n) => { if (n % 5 === 0 || e.closest('#step-3')) e.open = true; })`,
      );
      await page.evaluate(AXE);
      // one look at the whole page is a look at every section; each fault names its own
      const faults = await ask<readonly string[]>(
        `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.slice(0, 5).map((one) => [document.querySelector(one.target[0])?.closest('section')?.id, id, one.html.slice(0, 120), one.failureSummary].join(' '))))`,
      );
      expect(faults).toEqual([]);
      expect(await ask(ORDERLY)).toEqual([]);
    },
  );

  it('can be printed', async () => {
    await open();
    const pdf = await page.pdf({ printBackground: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await ask(`getComputedStyle(document.querySelector('nav')).display`)).toBe('none');
    expect(await ask(`document.querySelector('#canvas svg').getBoundingClientRect().width <= innerWidth`)).toBe(true);
  });

  it('says so when it is cut short, and when its script fails', async () => {
    await go(file('cut.html', whole.slice(0, Math.floor(whole.length / 2))));
    expect(await failed()).toBe(true);
    await go(file('broken.html', whole.replace('"states":', '"stages":')));
    expect(await failed()).toBe(true);
    expect(await page.locator('#slider').isVisible()).toBe(false);
  });

  it('can be read without a script: today as a picture, every text, and a word about it', async () => {
    const quiet = await browser.newContext({ javaScriptEnabled: false });
    const still = await quiet.newPage();
    await still.goto(url);
    await still.locator('.failed').waitFor({ state: 'visible' });
    expect(await still.locator('#canvas .node:visible').count()).toBe(
      await still.locator('#canvas .node:not(.off)').count(),
    );
    expect(await still.locator('#slider').isVisible()).toBe(false);
    await still.locator('.move > summary').first().click();
    expect(await still.locator('.step').first().isVisible()).toBe(true);
    await quiet.close();
  });

  it('runs nothing that a name holds', async () => {
    const evil = `</script><script>window.hit=1</script>"><img src=x onerror=window.hit=1>\u202e${'🦊'.repeat(100)}`;
    await go(file('evil.html', reportHtml(renamed(input, evil))), PHONE);
    await page.locator('[data-find]').first().click();
    for (const _ of steps) await press('ArrowRight');
    expect(await ask('document.documentElement.classList.contains("ready")')).toBe(true);
    expect(await ask('window.hit ?? null')).toBe(null);
    expect(await ask('document.images.length')).toBe(0);
    expect(await ask('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(said).toEqual([]);
  });
});

const AXE: string = (createRequire(import.meta.url)('axe-core') as { readonly source: string }).source;

/** What a checker of single elements does not see: ids used once, links within the page that lead somewhere, headings in order. */
const ORDERLY = `(() => {
  const bad = [];
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  const known = new Set();
  for (const id of ids) { if (known.has(id)) bad.push('twice: ' + id); known.add(id); }
  for (const e of document.querySelectorAll('[aria-labelledby]')) for (const id of e.getAttribute('aria-labelledby').split(' ')) if (!known.has(id)) bad.push('no ' + id);
  for (const e of document.querySelectorAll('a[href^="#"], use')) { const id = e.getAttribute('href').slice(1); if (!known.has(id)) bad.push('no ' + id); }
  let level = 0;
  for (const e of document.querySelectorAll('h1,h2,h3,h4')) { const own = Number(e.tagName[1]); if (own > level + 1) bad.push('heading jumps to ' + e.textContent); level = own; }
  for (const name of ['main', 'nav', 'header', 'footer']) if (document.querySelectorAll('body > ' + name).length !== 1) bad.push('landmark ' + name);
  if (document.documentElement.lang === '') bad.push('no language');
  return bad;
})()`;
