import type { Context, Move, Proposal, Refusal } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { listed, type Member, type Staff, staffOf } from '../structure/people.ts';
import { breakGlass, devices } from '../structure/people-devices.ts';
import { PeopleHouse, type PeoplePlan } from '../structure/people-house.ts';
import { gone, keysRetired, oldGrants } from '../structure/people-leaving.ts';
import { passwords, root } from '../structure/sign-in.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'people',
  title: 'People: a second factor, the work they do, and administration by a role',
  about: 'A stolen password or laptop is no longer the whole account, and nobody is locked out on the way.',
  scope: 'account',
  risk: 'closing',
  preconditions: [
    'users, groups, policies, keys and devices were read',
    'programs that use the key of a person have a role of their own first',
  ],
  undo: 'the old groups give back what they gave, in seconds; the break-glass user can always do that',
  sources: [
    {
      claim: 'a rule that asks for a second factor stops every request by a long-lived key, so it is for people only',
      url: `${IAM}/reference_policies_examples_aws_my-sec-creds-self-manage.html`,
      certainty: 'documented',
    },
    {
      claim: 'people work with temporary credentials, and administration is a role to take',
      url: `${IAM}/best-practices.html`,
      certainty: 'documented',
    },
    { claim: 'the whole order is put together from these', url: `${IAM}/best-practices.html`, certainty: 'composed' },
  ],
  propose,
};

const common = { move: 'people', environment: null, clientsNotice: NOTHING_NOTICED } as const;
const NEVER_MIND = { how: 'delete what the step made', until: 'somebody uses it', exact: true } as const;

function propose(context: Context): Proposal {
  const { estate, preferences } = context;
  const found = staffOf(estate, preferences);
  const refusals: Refused[] = found.unclear.map(({ person, because, change }) => ({
    subject: person.user.id,
    because,
    change,
  }));
  const mine = (member: Member): boolean => {
    const problem = problemOf(context, member);
    if (problem !== undefined) refusals.push({ subject: member.person.user.id, ...problem });
    return problem === undefined;
  };
  const needs = (one: Member): boolean => one.toDetach || one.noDevice || one.open || one.works !== undefined;
  const staff: Staff = {
    ...found,
    stay: found.stay.filter((one) => needs(one) && mine(one)),
    left: found.left.filter(mine),
  };
  const plan: PeoplePlan = {
    context,
    staff,
    house: new PeopleHouse(context, staff),
    watchDays: preferences.watchDays ?? 14,
  };
  const takers = staff.stay.filter(({ administers }) => administers);
  const detaching = [...staff.stay, ...staff.left].some(({ toDetach }) => toDetach);
  if (detaching && takers.length === 0 && !someAdministratorIsLeft(plan)) {
    refusals.push({
      subject: 'people',
      because: 'Nobody who could administer the account would be left.',
      change: 'Say who may: "people": {"their-user-name": "administrator"}.',
    });
    return { state: 'refused', refusals };
  }
  const steps: readonly Step[] = [
    ...passwords(context),
    ...made(plan, takers),
    ...root(estate),
    ...joined(plan),
    ...devices(plan),
    ...gone(plan),
    ...keysRetired(plan),
    ...secondFactor(plan),
    ...detached(plan, takers),
  ];
  if (steps.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  return { state: 'ready', steps, refusals };
}

const someAdministratorIsLeft = ({ context, staff }: PeoplePlan): boolean => {
  const leaving = new Set(
    [...staff.stay, ...staff.left].flatMap(({ person, toDetach }) => (toDetach ? [person.user.id] : [])),
  );
  return staffOf(context.estate, context.preferences).stay.some(
    ({ person, toDetach }) => toDetach && !leaving.has(person.user.id),
  );
};

function problemOf({ state }: Context, { person, name, toDetach, works }: Member) {
  const baked = person.keys?.flatMap(({ bakedInto }) => bakedInto) ?? [];
  const [place] = baked;
  if (place)
    return {
      because: `A key of ${name} stands in ${place.place.name}: what is asked of the person would stop the program.`,
      change: `Give ${place.place.name} a role of its own and take ${place.variable} out.`,
    };
  if (declaredOf(state, person.user) === undefined && (toDetach || works !== undefined))
    return {
      because: `${name} is not under the program's care.`,
      change: 'Collect iam:GetAccountAuthorizationDetails.',
    };
  return undefined;
}

function made(plan: PeoplePlan, takers: readonly Member[]): readonly Step[] {
  const { house, staff } = plan;
  if (staff.stay.length === 0) return [];
  const withRoles = takers.length > 0;
  const steps = [
    step({
      ...common,
      id: 'account-people-made',
      title: withRoles
        ? `Groups for people, and a role of administration for ${listed(takers.map(({ name }) => name))}`
        : 'Groups for people',
      kind: 'expand',
      why: 'The new way to work stands beside the old one before anything is taken away: groups by what people do, and administration as a role that is taken for an hour with a second factor.',
      edits: [...house.groups(), ...(withRoles ? house.roles(takers) : [])],
      duration: minutes(1, 5),
      undo: NEVER_MIND,
      sources: move.sources.slice(1, 2),
    }),
  ];
  return withRoles ? [...steps, breakGlass(plan)] : steps;
}

function joined({ staff, house }: PeoplePlan): readonly Step[] {
  const edits = staff.stay.flatMap((member) => house.joins(member) ?? []);
  if (edits.length === 0) return [];
  return [
    step({
      ...common,
      id: 'account-people-joined',
      title: `${listed(staff.stay.map(({ name }) => name))} join the new groups, and keep what they have`,
      kind: 'expand',
      why: 'Everybody can try the new way while the old one still works.',
      edits,
      duration: minutes(1, 5),
      undo: { how: 'take the memberships away', until: 'the old ones go', exact: true },
      sources: move.sources.slice(1, 2),
    }),
  ];
}

/** One volunteer first, then everybody: what was forgotten stops one person for a day and not the team. */
function secondFactor({ staff, house, watchDays }: PeoplePlan): readonly Step[] {
  const open = staff.stay.filter((member) => member.open);
  const [volunteer, ...others] = open.flatMap((member) => {
    const edit = house.asked(member);
    return edit ? [{ name: member.name, edit }] : [];
  });
  if (volunteer === undefined) return [];
  const texts = {
    kind: 'contract',
    duration: minutes(1, 5),
    undo: {
      how: 'take the membership away: the break-glass user or another administrator can',
      until: 'always',
      exact: true,
    },
    sources: move.sources.slice(0, 1),
  } as const;
  const first = step({
    ...common,
    ...texts,
    id: 'account-people-second-factor-tried',
    title: `${volunteer.name} is asked for the second factor first`,
    why: 'From here on nothing but registering a device works without one, for one person who knows about it.',
    edits: [volunteer.edit],
    gate: [
      { type: 'person', check: `${volunteer.name} has worked for some days, in the console and on the command line.` },
    ],
  });
  if (others.length === 0) return [first];
  return [
    first,
    step({
      ...common,
      id: 'account-people-second-factor-watched',
      title: `${volunteer.name} works with it for a while`,
      kind: 'watch',
      why: 'A way of working that was forgotten shows itself as AccessDenied.',
      gate: [denied(volunteer.name)],
      duration: days(3, Math.max(3, watchDays)),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: move.sources.slice(0, 1),
    }),
    step({
      ...common,
      ...texts,
      id: 'account-people-second-factor',
      title: `Asked for the second factor too: ${listed(others.map(({ name }) => name))}`,
      why: 'A device that is registered is a habit; only a rule makes it real.',
      edits: others.map(({ edit }) => edit),
      gate: others.map(({ name }) => denied(name)),
    }),
  ];
}

const denied = (name: string) => ({
  type: 'query' as const,
  check: `Nothing that ${name} needs was denied.`,
  query: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=${name} --query "Events[?contains(CloudTrailEvent, 'AccessDenied')].[EventTime,EventName]"`,
});

function detached(plan: PeoplePlan, takers: readonly Member[]): readonly Step[] {
  const { context, staff, house, watchDays } = plan;
  const members = staff.stay.filter(({ toDetach }) => toDetach);
  const edits = members.flatMap((member) => oldGrants(context, member));
  if (edits.length === 0) return [];
  const names = listed(members.map(({ name }) => name));
  const steps = [
    step({
      ...common,
      id: 'account-people-role-used',
      title: `${names} administer by the role only`,
      kind: 'watch',
      why: 'Weeks in which nobody needs the old grant show that it can go; a month has everything that is done once a month.',
      gate: [
        {
          type: 'query',
          check: 'Every administrator has taken the role.',
          query: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --query "Events[?contains(CloudTrailEvent, '${house.administrator.name}')].[Username,EventTime]"`,
        },
        ...members.map(({ person, name }) => ({
          type: 'query' as const,
          check: `What ${name} did without the role is what the new groups allow too.`,
          query: `aws iam generate-service-last-accessed-details --arn ${person.user.id} --granularity ACTION_LEVEL`,
        })),
      ],
      duration: days(Math.max(14, watchDays), 31),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: [
        {
          claim: 'last-accessed data reaches back 400 days, appears within hours, and counts attempts that were denied',
          url: `${IAM}/access_policies_last-accessed.html`,
          certainty: 'documented',
        },
      ],
    }),
    step({
      ...common,
      id: 'account-people-detached',
      title: `No administrator all day any more: ${names}`,
      kind: 'contract',
      why: `What they need every day the new groups give; for the rest ${takers.length > 0 ? 'they take the role' : 'somebody else takes the role'}. The break-glass user stays.`,
      edits,
      gate: members.map(({ name }) => denied(name)),
      duration: minutes(1, 5),
      undo: {
        how: 'join the old groups again: who takes the role can do it in seconds',
        until: 'always',
        exact: false,
      },
      sources: move.sources.slice(1),
      declares: { noLonger: members.flatMap(({ administers, person }) => (administers ? [] : [person.user.id])) },
    }),
  ];
  return steps;
}
