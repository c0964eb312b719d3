import { expect, it } from 'vitest';
import { assemble } from '../inventory/assemble.ts';
import { readSource } from '../inventory/cloudformation/document.ts';
import { readTemplates } from '../inventory/cloudformation/index.ts';
import { rules } from '../rules/catalog/index.ts';
import { applyIgnores } from '../rules/ignore.ts';
import { audit } from '../rules/run.ts';
import { auditResult } from './result.ts';
import { auditSarif } from './sarif.ts';

const TEMPLATE = `Resources:
  Jobs:
    Type: AWS::SQS::Queue
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBInstanceClass: db.t2.micro, MultiAZ: false}
`;

it('what is declared in a file with lines is placed at its line, and the file is named without it', () => {
  const { entries, notices } = readTemplates([readSource('infra/shop.yaml', TEMPLATE)]);
  const estate = assemble(entries, notices, undefined);
  const single = rules.filter(({ id }) => id === 'database-single-zone');
  const ignored = applyIgnores(audit(estate, single), [], '2026-01-01');
  const result = auditResult('audit', ['infra/shop.yaml'], estate, ignored);
  const sarif = JSON.stringify(
    auditSarif(result, { version: '1', rules: single, textOf: () => TEMPLATE, uriOf: (file) => file }),
  );
  expect(sarif).toContain('"artifactLocation":{"uri":"infra/shop.yaml"},"region":{"startLine":4}');
});
