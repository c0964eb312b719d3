/**
 * The people of an account: in groups with what their work needs, nothing without a second factor, and administrator only for an
 * hour at a time. Machines are not in it: they have roles of their own. Where there is an organisation, IAM Identity Center is
 * better still: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
 */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import { policyDocument } from '../security/grant.ts';
import { MANAGED, OWN, PEOPLE_GROUPS, type PeopleGroup, type PlainStatement, SECOND_FACTOR } from './policies.ts';

export interface PeopleArgs {
  /** Groups of every person, by user name. Adding is *In place*; taking a person out deletes the user, and AWS refuses while keys or passwords hang on it. */
  readonly members: Readonly<Record<string, readonly PeopleGroup[]>>;
  /** Who may take the administrator's role, by user name: two or more, so that one lost phone locks nobody out. *In place*. */
  readonly administrators: readonly string[];
  /** The user for the day on which nothing else works; its password and key for the second factor lie in a safe. *In place*. @default 'break-glass' */
  readonly breakGlass?: string;
  /** Seconds that a taken administrator's role lasts at most, 3600 to 43200; who takes it may ask for less. *In place*. @default 3600 */
  readonly administratorSeconds?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class People extends Component {
  readonly administratorRole: aws.iam.Role;
  readonly breakGlassRole: aws.iam.Role;
  readonly breakGlassUser: string;

  constructor(name: string, args: PeopleArgs, opts?: pulumi.ComponentResourceOptions) {
    super('People', name, args.tags, opts);
    this.breakGlassUser = args.breakGlass ?? 'break-glass';
    check(name, args, this.breakGlassUser);
    new aws.iam.AccountPasswordPolicy(
      name,
      {
        minimumPasswordLength: 14,
        passwordReusePrevention: 24,
        requireLowercaseCharacters: true,
        requireUppercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        allowUsersToChangePassword: true,
      },
      this.child(),
    );
    const everybody = this.#group('everybody', [], SECOND_FACTOR);
    const groups = new Map(PEOPLE_GROUPS.map((each) => [each, this.#group(each, MANAGED[each], OWN[each])]));
    // Groups of their own, so that no policy hangs on a single person.
    const administrators = this.#group('administrators', [], []);
    const emergency = this.#group('emergency', [], []);
    const users = new Map<string, aws.iam.User>();
    for (const [person, memberOf] of Object.entries(args.members)) {
      const names = memberOf.flatMap((each) => groups.get(each)?.name ?? []);
      const more = args.administrators.includes(person) ? [administrators.name] : [];
      users.set(person, this.#user(person, [everybody.name, ...names, ...more]));
    }
    const breakGlass = this.#user(this.breakGlassUser, [everybody.name, emergency.name]);
    const takers = args.administrators.flatMap((each) => users.get(each)?.arn ?? []);
    this.administratorRole = this.#administrator('administrator', takers, args.administratorSeconds ?? 3600);
    this.breakGlassRole = this.#administrator('break-glass', [breakGlass.arn], 3600);
    this.#mayTake(administrators, 'administrators', this.administratorRole);
    this.#mayTake(emergency, 'emergency', this.breakGlassRole);
    this.registerOutputs({});
  }

  #group(key: string, managed: readonly string[], own: readonly PlainStatement[]): aws.iam.Group {
    const name = `${this.componentName}-${key}`;
    const group = new aws.iam.Group(name, { name }, this.child());
    for (const policy of managed) {
      new aws.iam.GroupPolicyAttachment(
        `${name}-${slug(policy.split('/').at(-1) ?? policy)}`,
        { group: group.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        this.child(),
      );
    }
    if (own.length > 0) new aws.iam.GroupPolicy(name, { group: group.name, policy: policyDocument(own) }, this.child());
    return group;
  }

  #user(person: string, groups: readonly pulumi.Output<string>[]): aws.iam.User {
    const name = `${this.componentName}-${slug(person)}`;
    const user = new aws.iam.User(name, { name: person, tags: this.tagged(person) }, this.child({ protect: true }));
    new aws.iam.UserGroupMembership(name, { user: user.name, groups: [...groups] }, this.child());
    return user;
  }

  /** Everything, for a while, for these people, each with a second factor used within the hour. */
  #administrator(key: string, who: readonly pulumi.Output<string>[], seconds: number): aws.iam.Role {
    const name = `${this.componentName}-${key}`;
    const role = new aws.iam.Role(
      name,
      {
        name,
        maxSessionDuration: seconds,
        assumeRolePolicy: policyDocument([
          {
            Action: ['sts:AssumeRole'],
            Principal: { AWS: [...who] },
            Condition: {
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
            },
          },
        ]),
        tags: this.tagged(name),
      },
      this.child({ protect: true }),
    );
    new aws.iam.RolePolicyAttachment(
      name,
      { role: role.name, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      this.child(),
    );
    return role;
  }

  #mayTake(group: aws.iam.Group, key: string, role: aws.iam.Role): void {
    new aws.iam.GroupPolicy(
      `${this.componentName}-${key}`,
      { group: group.name, policy: policyDocument([{ Action: ['sts:AssumeRole'], Resource: role.arn }]) },
      this.child(),
    );
  }
}

/** A user name as part of a resource's name: `anna.b@example.com` becomes `anna-b-example-com`. */
function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

function check(name: string, args: PeopleArgs, breakGlass: string): void {
  const people = Object.keys(args.members);
  const stranger = args.administrators.find((each) => !people.includes(each));
  if (stranger !== undefined)
    refuse(name, `The administrator ${stranger} is not among the members.`, 'Add the person to members first.');
  if (new Set(args.administrators).size < 2) {
    refuse(name, 'Fewer than two people may be administrator, so one lost phone locks everybody out.', 'Name two.');
  }
  if (people.includes(breakGlass))
    refuse(name, `${breakGlass} is a person and the break-glass user at once.`, 'Give breakGlass a name of its own.');
  const slugs = people.map(slug);
  const twin = people.find((each, at) => slugs.indexOf(slug(each)) !== at);
  if (twin !== undefined)
    refuse(name, `Two user names look the same once written plainly: ${twin}.`, 'Change one of them.');
  const seconds = args.administratorSeconds ?? 3600;
  if (seconds < 3600 || seconds > 43_200)
    refuse(name, `administratorSeconds is ${seconds}.`, "AWS takes 3600 to 43200 as a role's longest session.");
}
