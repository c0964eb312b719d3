import { expect, it } from 'vitest';
import { Progress } from './progress.ts';
import { fastClock } from './testing/replay.ts';

const place = { account: '111122223333', partition: 'aws', region: 'eu-west-1' };

async function lines(live: boolean): Promise<string> {
  const clock = fastClock(0);
  let written = '';
  const progress = new Progress(clock, live, (text) => {
    written += text;
  });
  progress.pace(() => 5);
  progress.planned(place, 100);
  for (let n = 0; n < 40; n += 1) {
    await clock.sleep(300);
    if (n === 20) progress.throttled();
    progress.done(place, 'ec2:DescribeVpcs');
  }
  progress.clear();
  return written;
}

it('writes a line now and then where nothing can be written over', async () => {
  expect(await lines(false)).toBe('eu-west-1 · ec2 · 34/100 · 1 throttled · about 14 s left\n');
});

it('writes one line over itself on a screen, and takes it away in the end', async () => {
  const written = await lines(true);
  expect(written).not.toContain('\n');
  expect(written.split('\r').length).toBeGreaterThan(40);
  expect(written).toMatch(/\r +\r$/);
});
