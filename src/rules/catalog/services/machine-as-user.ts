import type { BakedKey } from '../../../analyse/access/people/baked-keys.ts';
import { administratorOf, administratorProof, wayText } from '../../../analyse/people/administrators.ts';
import { personOf } from '../../../analyse/people/person.ts';
import { people } from '../../examples/people.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'machine-as-user',
  problem: 7,
  severity: 'medium',
  title: 'A program works as an IAM user with a long-lived key',
  why: 'The key has to lie somewhere in clear text for the program to read it, it never expires, and whoever copies it is the program. Since several programs can hold it, nobody dares to change it.',
  fix: 'What runs in AWS gets a role of its own and loses the key; the pipeline signs in by OIDC. When the last use is weeks old the key is made inactive, then deleted.',
  fixedBy: ['service-roles', 'machine-keys'],
  subject: 'user',
  needs: ['iam:GetAccountAuthorizationDetails', 'iam:GetLoginProfile', 'iam:ListAccessKeys'],
  messages: {
    machine: '{name} is a program, not a person: {why}',
    administrator: '{name} is a program, not a person, and an administrator {way}: {why}',
  },
  check(user, estate) {
    const person = personOf(estate, user.id);
    if (!person || (person.nature === 'unknown' && person.missing.length === 0)) return { state: 'notApplicable' };
    if (person.nature === 'unknown') return { state: 'unknown', missing: person.missing };
    if (person.nature !== 'machine') return person.activeKeys === 0 ? { state: 'notApplicable' } : { state: 'pass' };
    const administrator = administratorOf(estate, user.id);
    const power = administrator?.verdict === 'yes' ? administrator : undefined;
    const baked = person.keys?.flatMap(({ bakedInto }) => bakedInto) ?? [];
    const places = [...new Map(baked.map((one) => [one.place.id, one.place])).values()];
    return {
      state: 'fail',
      message: power ? 'administrator' : 'machine',
      data: {
        name: user.name,
        why: baked.length > 0 ? `its key stands in ${placesText(baked)}` : 'it never signs in and has an active key',
        way: power && wayText(estate, power),
      },
      severity: power ? 'high' : 'medium',
      proof: [...person.because, ...(power ? administratorProof(estate, power) : [])],
      related: [...(person.keys?.map(({ key }) => key) ?? []), ...places],
    };
  },
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
  ],
  examples: {
    bad: people([
      {
        name: 'deploy',
        keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', created: '2021-03-01T10:00:00Z', lastUsed: '2026-01-30T08:00:00Z' }],
      },
    ]),
    good: people([
      {
        name: 'ada',
        console: true,
        passwordLastUsed: '2026-01-30T08:00:00Z',
        keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', created: '2026-01-02T10:00:00Z', lastUsed: '2026-01-30T08:00:00Z' }],
      },
    ]),
  },
});

const SHOWN = 3;

function placesText(baked: readonly BakedKey[]): string {
  const names = [...new Set(baked.map(({ place }) => place.name))];
  return names.length > SHOWN
    ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more places`
    : names.join(' and ');
}
