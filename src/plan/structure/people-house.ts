/** Groups, roles and policies of people as they are declared: the same texts as the blueprint's. */
import { MANAGED, OWN, type PeopleGroup, type PlainStatement, SECOND_FACTOR } from '../../blueprint/people/policies.ts';
import { all } from '../../estate/estate.ts';
import { type Create, type Edit, type Named, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import { declaredOf } from './declared.ts';
import { arnOf, tagged } from './names.ts';
import type { Member, Staff } from './people.ts';

export const GROUP = 'aws:iam/group:Group';
export const USER = 'aws:iam/user:User';
export const ROLE = 'aws:iam/role:Role';
export const MEMBERSHIP = 'aws:iam/userGroupMembership:UserGroupMembership';
export const GROUP_POLICY = 'aws:iam/groupPolicy:GroupPolicy';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

interface PlainPolicy extends Omit<PlainStatement, 'Sid' | 'Effect' | 'Resource'> {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
}
/** The text of a policy; `extra` conditions may be of any operator. */
export const policyText = (
  statements: readonly (Omit<PlainPolicy, 'Condition'> & { readonly Condition?: object })[],
): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** What everybody may do for their own password and device, and what a missing device denies: two groups, so that the second can come later. */
const SELF = SECOND_FACTOR.filter(({ Effect }) => Effect === 'Allow');
const ASKED = SECOND_FACTOR.filter(({ Effect }) => Effect === 'Deny');

/** The command line by the browser's sign-in: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html */
const BROWSER_SIGN_IN: PlainStatement = {
  Sid: 'CommandLineByTheBrowser',
  Effect: 'Allow',
  Action: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
  Resource: '*',
};

export const BREAK_GLASS = 'break-glass';

/** What the steps of people are made from. */
export interface PeoplePlan {
  readonly context: Context;
  readonly staff: Staff;
  readonly house: PeopleHouse;
  readonly watchDays: number;
}

/** Names that are free in the account: what is made never takes the place of something. */
export class PeopleHouse {
  readonly #context: Context;
  readonly #staff: Staff;
  readonly everybody: Named;
  readonly secondFactor: Named;
  readonly takers: Named;
  readonly emergency: Named;
  readonly breakGlassUser: Named;
  readonly administrator: Named;
  readonly breakGlassRole: Named;
  readonly breakGlassName: string;
  readonly #names = new Map<string, string>();

  constructor(context: Context, staff: Staff) {
    this.#context = context;
    this.#staff = staff;
    this.everybody = this.#named(GROUP, 'group', 'people-everybody');
    this.secondFactor = this.#named(GROUP, 'group', 'people-second-factor');
    this.takers = this.#named(GROUP, 'group', 'people-administrators');
    this.emergency = this.#named(GROUP, 'group', 'people-emergency');
    this.administrator = this.#named(ROLE, 'role', 'people-administrator');
    this.breakGlassRole = this.#named(ROLE, 'role', 'people-break-glass');
    this.breakGlassUser = this.#named(USER, 'user', BREAK_GLASS);
    this.breakGlassName = this.physical(this.breakGlassUser);
  }

  physical(named: Named): string {
    return this.#names.get(`${named.type} ${named.name}`) ?? named.name;
  }

  workGroup(group: PeopleGroup): Named {
    return this.#named(GROUP, 'group', `people-${group}`);
  }

  #named(type: string, kind: 'group' | 'role' | 'user', wanted: string): Named {
    const { estate, state } = this.#context;
    const taken = new Set(all(estate, kind).map(({ name }) => name));
    const used = (name: string): boolean => taken.has(name) || state.world.declared.has(`${type}::${name}`);
    let name = wanted;
    for (let n = 2; used(name); n++) name = `${wanted}-${n}`;
    this.#names.set(`${type} ${name}`, name);
    return { type, name };
  }

  /** Groups with their texts. */
  groups(): readonly Edit[] {
    const works = new Set(this.#staff.stay.flatMap(({ works: group }) => group ?? []));
    return [
      ...this.#group(this.everybody, [], SELF),
      ...(this.#staff.stay.some(({ open }) => open) ? this.#group(this.secondFactor, [], ASKED) : []),
      ...[...works].sort().flatMap((group) => this.#group(this.workGroup(group), MANAGED[group], workOf(group))),
    ];
  }

  #group(group: Named, managed: readonly string[], own: readonly PlainStatement[]): readonly Create[] {
    return [
      { op: 'create', ...group, properties: { name: this.physical(group) } },
      ...managed.map(
        (policy): Create => ({
          op: 'create',
          type: 'aws:iam/groupPolicyAttachment:GroupPolicyAttachment',
          name: `${group.name}-${policy.replace(/^.*\//, '')}`,
          properties: { group: ref(group), policyArn: `arn:aws:iam::aws:policy/${policy}` },
        }),
      ),
      ...(own.length > 0 ? [this.#text(group, policyText(own))] : []),
    ];
  }

  #text(group: Named, policy: string): Create {
    return {
      op: 'create',
      type: GROUP_POLICY,
      name: group.name,
      properties: { group: ref(group), name: group.name, policy },
    };
  }

  /** The administrator's role, and the one for the day on which nothing else works, each with who may take it. */
  roles(takers: readonly Member[]): readonly Edit[] {
    const { state } = this.#context;
    const arns = takers.map(({ person }) => arnOf(state, person.user));
    const breakGlass: Create = {
      op: 'create',
      ...this.breakGlassUser,
      properties: { name: this.breakGlassName, tags: tagged(this.breakGlassName) },
    };
    const ownGroups = [
      this.everybody,
      ...(this.#staff.stay.some(({ open }) => open) ? [this.secondFactor] : []),
      this.emergency,
    ];
    return [
      breakGlass,
      ...this.#role(this.administrator, arns, this.takers),
      ...this.#role(this.breakGlassRole, [ref(this.breakGlassUser, 'arn')], this.emergency),
      {
        op: 'create',
        type: MEMBERSHIP,
        name: this.breakGlassUser.name,
        properties: { user: ref(this.breakGlassUser), groups: ownGroups.map((group) => ref(group)) },
      },
    ];
  }

  #role(role: Named, who: readonly string[], group: Named): readonly Create[] {
    const trust = policyText([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Principal: { AWS: who },
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
        },
      },
    ]);
    return [
      {
        op: 'create',
        ...role,
        properties: {
          name: this.physical(role),
          assumeRolePolicy: trust,
          maxSessionDuration: 3600,
          tags: tagged(this.physical(role)),
        },
      },
      {
        op: 'create',
        type: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
        name: `${role.name}-AdministratorAccess`,
        properties: { role: ref(role), policyArn: ADMINISTRATOR },
      },
      { op: 'create', ...group, properties: { name: this.physical(group) } },
      this.#text(group, policyText([{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: ref(role, 'arn') }])),
    ];
  }

  /** A person's place in the new groups; a membership beside the old one, so that each goes by itself. */
  joins(member: Member): Create | undefined {
    const declared = declaredOf(this.#context.state, member.person.user);
    if (declared === undefined) return undefined;
    const groups = [
      this.everybody,
      ...(member.works ? [this.workGroup(member.works)] : []),
      ...(member.administers ? [this.takers] : []),
    ];
    return membership(declared, `${declared.name}-people`, groups);
  }

  asked(member: Member): Create | undefined {
    const declared = declaredOf(this.#context.state, member.person.user);
    return declared && membership(declared, `${declared.name}-second-factor`, [this.secondFactor]);
  }
}

const workOf = (group: PeopleGroup): readonly PlainStatement[] => [...OWN[group], BROWSER_SIGN_IN];

const membership = (user: Named, name: string, groups: readonly Named[]): Create => ({
  op: 'create',
  type: MEMBERSHIP,
  name,
  properties: { user: ref(user), groups: groups.map((group) => ref(group)) },
});
