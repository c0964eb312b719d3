/**
 * ECR repositories. Their own policies and lifecycle rules stay as they are: the estate does not hold them.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html
 */
import type { Repository } from '../../../estate/kinds/watch.ts';
import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { reader } from '../../readers/repository.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:ecr/repository:Repository';
const LIST = 'ecr:DescribeRepositories';

export const adopter: Adopter = {
  name: 'repository',
  types: [TYPE],
  operations: reader.operations,
  adopt: (answers) => {
    const repositories = reader.read(answers).filter((one): one is Repository => one.kind === 'repository');
    // the reader makes one repository of each item
    return answers.items(LIST, 'repositories').flatMap((item, n) => {
      const repository = repositories[n];
      return repository ? [repositoryOf(answers, item, repository)] : [];
    });
  },
};

function repositoryOf(answers: Answers, item: Item, { id, uri, tags: own }: Repository): Adoption {
  const of: Whole = { kind: 'repository', id };
  const tags = tagged(answers, id, own);
  const encryption = item.item('encryptionConfiguration');
  const needed = {
    name: text(item, 'repositoryName'),
    repositoryUrl: uri,
    imageTagMutability: text(item, 'imageTagMutability'),
    scanOnPush: item.item('imageScanningConfiguration')?.boolean('scanOnPush'),
    // another one would replace the repository with all its images
    encryptionType: text(encryption, 'encryptionType'),
  };
  const other = managed(TYPE, of, tags);
  if (other) return other;
  if (!isKnown(needed)) return refused(TYPE, of, untold(LIST, needed));
  const { name, imageTagMutability, scanOnPush, encryptionType, repositoryUrl } = needed;
  const filters = item.items('imageTagMutabilityExclusionFilters') ?? [];
  return {
    state: 'adopted',
    type: TYPE,
    name,
    id: name,
    importId: name,
    inputs: {
      name,
      imageTagMutability,
      ...(filters.length === 0
        ? {}
        : {
            imageTagMutabilityExclusionFilters: filters.map((filter) =>
              said({ filter: filter.string('filter'), filterType: filter.string('filterType') }),
            ),
          }),
      imageScanningConfiguration: { scanOnPush },
      encryptionConfigurations: [said({ encryptionType, kmsKey: text(encryption, 'kmsKey') })],
      forceDelete: false,
      ...tags.inputs,
    },
    outputs: { arn: id, repositoryUrl, ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}
