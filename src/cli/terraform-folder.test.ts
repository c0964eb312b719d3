import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Given, journeyWith } from '../program/testing/journeys.ts';
import { assertOurs } from './program-folder.ts';
import { isTerraformOfOurs, terraformSummary, terraformText, writeTerraform } from './terraform-folder.ts';

const jobs: Given = {
  type: 'aws:sqs/queue:Queue',
  name: 'jobs',
  id: 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs',
  inputs: { name: 'jobs', policy: '<redacted>' },
};
const journey = journeyWith([jobs], {
  longer: [{ op: 'update', type: jobs.type, name: 'jobs', properties: { delaySeconds: 5 } }],
});

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'underpin-folder-')), 'terraform');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const main = (): { resource: { aws_sqs_queue: { jobs: { delay_seconds?: number } } } } =>
  JSON.parse(readFileSync(join(folder, 'main.tf.json'), 'utf8'));

describe('a folder for Terraform', () => {
  it('is of the first step unless another is named, and the next takes its place beside the state', () => {
    writeTerraform(folder, journey, undefined);
    expect(main().resource.aws_sqs_queue.jobs.delay_seconds).toBeUndefined();
    writeFileSync(join(folder, 'terraform.tfstate'), '{}');
    assertOurs(folder, false, isTerraformOfOurs);
    writeTerraform(folder, journey, 'longer');
    expect(main().resource.aws_sqs_queue.jobs.delay_seconds).toBe(5);
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'main.tf.json', 'terraform.tfstate']);
  });

  it('of somebody else is not written into', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'main.tf.json'), '{"resource": {}}');
    expect(() => assertOurs(folder, false, isTerraformOfOurs)).toThrow(/did not write/);
  });

  it('of a step that there is not is refused with the right names', () => {
    expect(() => writeTerraform(folder, journey, 'langer')).toThrow(/no step "langer"/);
    expect(() => writeTerraform(folder, journey, 'langer')).toThrow(
      expect.objectContaining({ place: expect.objectContaining({ expected: 'one of adopt, longer' }) }),
    );
  });

  it('is summed up for people and for programs', () => {
    const made = writeTerraform(folder, journey, 'longer');
    expect(terraformText('tf', journey, made)).toBe(
      'tf: step 2 of 2, longer: 1 resource for Terraform, 1 with an import.\nVariables that only you know: jobs_policy.\nNext: tf/README.md\n',
    );
    expect(terraformSummary('tf', journey, made)).toMatchObject({
      as: 'terraform',
      step: 'longer',
      steps: ['adopt', 'longer'],
      resources: { declared: 1, imported: 1 },
      variables: ['jobs_policy'],
    });
  });
});
