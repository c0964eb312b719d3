/** What is no answer of AWS, but tells what AWS would answer: templates, plans and states of Terraform, stacks of Pulumi. */
import { readTemplates, templateIn } from './cloudformation/index.ts';
import { isStackExport, readStack } from './pulumi/stack/index.ts';
import { isTerraform, readTerraform } from './terraform/index.ts';

export const foreign = { templateIn, readTemplates, isTerraform, readTerraform, isStackExport, readStack };

export type Foreign = typeof foreign;
