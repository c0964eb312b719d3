import { bakedKeys } from '../../../analyse/access/people/baked-keys.ts';
import { administratorOf, administratorProof } from '../../../analyse/people/administrators.ts';
import type { Hop } from '../../../analyse/verdict.ts';
import {
  launchedWith,
  PLACES,
  repeatsTemplate,
  type WrittenCredential,
  writtenCredentials,
} from '../../../analyse/workloads/credentials.ts';
import { servicesUnread } from '../../../analyse/workloads/roles.ts';
import type { Estate } from '../../../estate/estate.ts';
import { find, memoised } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { service, serviceAnswer } from '../../examples/containers.ts';
import { computeAnswer, taskDefinition, taskDefinitionAnswer } from '../../examples/tasks.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const nothingElse = join(computeAnswer(), serviceAnswer(service('web')), {
  'ec2:DescribeLaunchTemplates': { LaunchTemplates: [] },
});

export const rule = defineRule({
  id: 'literal-credentials',
  problem: 7,
  severity: 'high',
  title: 'Credentials stand in clear text where a service is described',
  why: 'Everybody who may look at the service in the console reads the password, and it stays in every old revision, in terminals and in screenshots. It can not be changed without a deployment, so it never is.',
  fix: 'Passwords move to Secrets Manager or Parameter Store and are referred to by name; AWS keys go altogether, since the service has a role. What stood in clear text is changed, not only moved.',
  fixedBy: ['service-roles', 'fargate'],
  subject: ['taskDefinition', 'function', 'instance', 'launchTemplate', 'ecsService', 'ecsCluster'],
  needs: ['ecs:ListClusters', 'lambda:ListFunctions', 'ec2:DescribeInstances', 'ec2:DescribeLaunchTemplates'],
  messages: {
    plain: '{place} {name} has {credentials} in clear text',
    key: '{place} {name} has {credentials} in clear text; the access key is of {owner}',
  },
  check(place, estate) {
    // A service or cluster has no environment of its own: it only shows that a definition was not read.
    if (place.kind === 'ecsCluster') {
      const unread = servicesUnread(estate, place.account);
      return unread.length > 0 ? { state: 'unknown', missing: unread } : { state: 'notApplicable' };
    }
    if (place.kind === 'ecsService')
      return find(estate, place.taskDefinition)
        ? { state: 'notApplicable' }
        : unknown(place, 'ecs:DescribeTaskDefinition', 'the task definition of a service');
    if (place.kind === 'instance' && repeatsTemplate(estate).has(place.id)) return { state: 'notApplicable' };
    const { found, complete } = writtenCredentials(place);
    const { text, operation } = PLACES[place.kind];
    if (found.length === 0)
      return complete
        ? { state: 'pass' }
        : unknown(place, operation, `whether a credential stands in ${text} ${place.name}`);
    const owner = ownerText(estate, place.id);
    const launched = place.kind === 'launchTemplate' ? (launchedWith(estate).get(place.id) ?? []) : [];
    return {
      state: 'fail',
      message: owner ? 'key' : 'plain',
      data: { place: text, name: place.name, credentials: listed(found), owner: owner?.text },
      proof: [
        ...found.map(({ container, variable }) =>
          fact(
            place,
            '',
            `${variable}${container === null ? '' : ` of container ${container}`} is a credential written out (its value is not kept)`,
          ),
        ),
        ...(owner?.proof ?? []),
      ],
      related: launched.filter(({ id }) => repeatsTemplate(estate).has(id)),
    };
  },
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
  ],
  examples: {
    bad: join(
      nothingElse,
      taskDefinitionAnswer(taskDefinition('web', { DB_HOST: 'db.example.com', DB_PASSWORD: 'plaintext-password' })),
    ),
    good: join(nothingElse, taskDefinitionAnswer(taskDefinition('web', { DB_HOST: 'db.example.com' }))),
  },
});

function listed(found: readonly WrittenCredential[]): string {
  const names = [...new Set(found.map(({ variable }) => variable))];
  const several = new Set(found.map(({ container }) => container)).size > 1;
  if (several)
    return [...new Set(found.map(({ container, variable }) => `${variable} (container ${container})`))].join(', ');
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const bakedByPlace = memoised((estate) => {
  const places = new Map<string, ReturnType<typeof bakedKeys>[number][]>();
  for (const baked of bakedKeys(estate)) {
    const list = places.get(baked.place.id);
    if (list) list.push(baked);
    else places.set(baked.place.id, [baked]);
  }
  return places;
});

/** Whose access key stands there, and what that is worth. The first one whose owner is known, else that none is. */
function ownerText(
  estate: Estate,
  place: string,
): { readonly text: string; readonly proof: readonly Hop[] } | undefined {
  const baked = bakedByPlace(estate).get(place);
  const [first] = baked ?? [];
  if (!first) return undefined;
  const { accessKeyId, owner, key } = baked?.find((one) => one.owner) ?? first;
  if (!owner || !key) return { text: `a user that is not in the input (${accessKeyId})`, proof: [] };
  const administrator = administratorOf(estate, owner.id);
  const power = administrator?.verdict === 'yes' ? ', who is an administrator' : '';
  const state = key.active === false ? ' (made inactive)' : '';
  return {
    text: `${owner.name}${state}${power}`,
    proof: [
      fact(key, 'UserName', `access key ${accessKeyId} belongs to ${owner.name}`),
      ...(administrator?.verdict === 'yes' ? administratorProof(estate, administrator) : []),
    ],
  };
}
