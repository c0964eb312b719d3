/** The report's script: no framework, no request. Everything it shows is in the page already; it only chooses. */
import { type ClientData, listOf } from '../client-data.ts';
import { film, stateShown, statesIn } from './film.ts';
import { type Mode, type Place, readPlace, START, writePlace } from './place.ts';

const byId = (id: string): HTMLElement | null => document.getElementById(id);
const every = (selector: string): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
const wordsOf = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');

function start(): void {
  const data = JSON.parse(byId('data')?.textContent ?? '') as ClientData;
  const steps = data.states.map(({ id }) => id);
  const last = steps.length - 1;
  const says = listOf(data.says);
  const zoneSays = new Map(data.zones.map((one) => [one.key, listOf(one.says)]));
  const picture = document.querySelector('#canvas svg');
  if (!picture) throw new Error('the picture is not there');
  const show = film(picture, data.zones);
  const staged = every('[data-in]').filter((one) => !picture.contains(one));
  const finds = new Map(every('[data-find]').map((one) => [one.dataset.find ?? '', one]));

  let place = START;
  let hop: ReadonlySet<string> = new Set();

  const clamp = (told: Place): Place => ({
    step: Math.min(last, Math.max(0, told.step)),
    mode: told.mode,
    zone: data.zones.some(({ key }) => key === told.zone) ? told.zone : '',
    finding: finds.has(told.finding) ? told.finding : '',
  });

  /** The address follows, without filling the history. */
  const go = (told: Partial<Place>): void => {
    place = clamp({ ...place, ...told });
    draw();
    history.replaceState(null, '', writePlace(place, steps));
  };

  function drawPicture(): void {
    const lit = new Set(wordsOf(finds.get(place.finding)?.dataset.lit));
    show({ ...place, lit, hop });
  }

  function draw(): void {
    drawPicture();
    const at = data.states[place.step];
    const shown = stateShown(place);
    const slider = byId('slider');
    if (slider instanceof HTMLInputElement) {
      slider.value = String(place.step);
      slider.setAttribute('aria-valuetext', `${at?.position ?? ''} ${at?.title ?? ''}`);
    }
    for (const [id, ended] of [
      ['back', place.step === 0],
      ['forward', place.step === last],
    ] as const) {
      const button = byId(id);
      if (button instanceof HTMLButtonElement) button.disabled = ended;
    }
    for (const one of every('[data-mode]')) {
      one.setAttribute('aria-pressed', String(one.dataset.mode === place.mode));
      if (one instanceof HTMLButtonElement) one.disabled = place.step === 0;
    }
    for (const one of every('[data-zone]')) one.setAttribute('aria-pressed', String(one.dataset.zone === place.zone));
    for (const one of staged) one.classList.toggle('off', statesIn(one.dataset.in ?? null)?.has(shown) === false);
    for (const one of every('[data-loss]')) one.hidden = place.zone === '' ? false : one.dataset.loss !== place.zone;
    say('state-title', [at?.position, at?.title, zoneSays.get(place.zone)?.[shown]].filter((text) => text).join(' · '));
    say('state-says', says[shown] ?? '');
    say('state-marks', place.step > 0 && place.mode === 'this' ? (at?.marks ?? '') : '');
    const zoneAt = byId('zone-at');
    if (zoneAt) {
      zoneAt.hidden = false;
      const text = zoneAt.querySelector('span');
      if (text) text.textContent = [data.states[shown]?.position, data.states[shown]?.title].join(' · ');
    }
    for (const one of every('.step')) {
      const current = one.id === `step-${place.step}`;
      if (current) one.setAttribute('aria-current', 'step');
      else one.removeAttribute('aria-current');
    }
    for (const one of every('.move')) one.classList.toggle('here', one.querySelector('[aria-current]') !== null);
    const more = byId('state-more');
    if (more) {
      more.hidden = place.step === 0;
      more.setAttribute('href', place.step === 0 ? '#journey' : `#step-${place.step}`);
    }
    drawNote();
  }

  function say(id: string, text: string): void {
    const one = byId(id);
    if (one && one.textContent !== text) one.textContent = text;
  }

  /** The chosen finding beside the picture, with its hops to walk over. */
  let noted = '';
  function drawNote(): void {
    if (noted === place.finding) return;
    noted = place.finding;
    const [note, hops] = [byId('lit-note'), byId('lit-hops')];
    const button = finds.get(place.finding);
    for (const [id, one] of finds) one.setAttribute('aria-pressed', String(id === place.finding));
    if (!note || !hops) return;
    note.hidden = button === undefined;
    if (!button) return;
    say('lit-claim', button.textContent ?? '');
    const own = [...(byId(place.finding)?.querySelectorAll('.hops > li') ?? [])];
    hops.replaceChildren(...own.map((one) => one.cloneNode(true)));
    const none = byId('lit-none');
    if (none) none.hidden = wordsOf(button.dataset.lit).length > 0;
    byId('lit-back')?.setAttribute('href', `#${place.finding}`);
  }

  const toPicture = (): void => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    byId('picture')?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    const lit = picture.querySelector('.lit');
    const canvas = byId('canvas');
    if (lit && canvas && canvas.scrollWidth > canvas.clientWidth)
      canvas.scrollLeft +=
        lit.getBoundingClientRect().left - canvas.getBoundingClientRect().left - canvas.clientWidth / 3;
  };

  /** What is written elsewhere already is put in where it is wanted. */
  const fill = (within: ParentNode): void => {
    for (const one of within.querySelectorAll<HTMLElement>('[data-same]')) {
      const whole = byId(one.dataset.same ?? '');
      if (whole) one.replaceChildren(...[...whole.childNodes].map((node) => node.cloneNode(true)));
      one.removeAttribute('data-same');
    }
  };
  document.addEventListener(
    'toggle',
    (event) => {
      const target = event.target;
      if (target instanceof HTMLDetailsElement && target.open && target.dataset.stepOf !== undefined) fill(target);
    },
    true,
  );

  /** A finding or step that stands in something folded comes into sight. */
  const unfold = (id: string): void => {
    const target = byId(id);
    for (let at = target?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
    const own = target?.querySelector('details');
    if (own && target?.classList.contains('step')) {
      own.open = true;
      fill(own);
    }
    target?.scrollIntoView({ block: 'nearest' });
  };

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('a, button') : null;
    if (!target) return;
    const { mode, zone, find, step } = target.dataset;
    if (mode === 'before' || mode === 'this' || mode === 'after') go({ mode: mode satisfies Mode });
    else if (zone !== undefined) go({ zone });
    else if (find !== undefined) {
      const chosen = place.finding === find ? '' : find;
      go(chosen === '' ? { finding: '' } : { finding: chosen, step: 0, mode: 'after', zone: '' });
      if (chosen !== '') toPicture();
    } else if (step !== undefined) {
      event.preventDefault();
      go({ step: Number(step), mode: 'this', finding: '' });
      if (target.classList.contains('show')) toPicture();
      else unfold(`step-${step}`);
    } else if (target.id === 'back') go({ step: place.step - 1 });
    else if (target.id === 'forward') go({ step: place.step + 1 });
    else if (target.id === 'size') {
      const full = byId('canvas')?.classList.toggle('full') === true;
      target.setAttribute('aria-pressed', String(full));
    } else if (target.id === 'lit-clear') go({ finding: '' });
    else {
      const inside = target.getAttribute('href');
      if (inside?.startsWith('#')) {
        event.preventDefault();
        unfold(inside.slice(1));
        byId(inside.slice(1))?.scrollIntoView({ block: 'start' });
        if (target.id === 'lit-back') finds.get(place.finding)?.focus({ preventScroll: true });
      }
    }
  });

  byId('slider')?.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement)
      go({ step: Number(event.target.value), mode: place.step === 0 && place.mode === 'after' ? 'this' : place.mode });
  });

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    if (event.target.closest('input, select, textarea, #canvas, .scroll, pre')) return;
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      go({
        step: place.step + (event.key === 'ArrowRight' ? 1 : -1),
        mode: place.step === 0 && place.mode === 'after' ? 'this' : place.mode,
      });
    } else if (event.key === 'Escape') go({ finding: '', zone: '' });
  });

  /** Walking over the hops of a proof shows where each of them is. */
  for (const kind of ['pointerover', 'focusin'])
    document.addEventListener(kind, (event) => {
      const one = event.target instanceof Element ? event.target.closest<HTMLElement>('#lit-hops [data-hop]') : null;
      const next = new Set(wordsOf(one?.dataset.hop));
      if (next.size === 0 && hop.size === 0) return;
      hop = next;
      drawPicture();
    });

  addEventListener('hashchange', () => {
    const told = readPlace(location.hash, steps);
    if (told) {
      place = clamp(told);
      draw();
    } else unfold(location.hash.slice(1));
  });

  let opened: readonly HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('.move:not([open]), #unseen details:not([open])')];
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false;
  });

  const told = readPlace(location.hash, steps);
  if (told) place = clamp(told);
  draw();
  if (told && told.finding !== '') toPicture();
  else if (!told && location.hash.length > 1) unfold(location.hash.slice(1));
  document.documentElement.classList.add('ready');
}

// Whatever breaks, the page says so, and not that all is well.
addEventListener('error', () => document.documentElement.classList.remove('ready'));
start();
