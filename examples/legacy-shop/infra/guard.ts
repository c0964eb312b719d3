import type { CustomResourceOptions, ProviderResource } from '@pulumi/pulumi';
import { steps } from './steps.js';

interface Guard {
  /** Whether Pulumi refuses to delete it. What is not protected may be deleted by a step. */
  readonly protect?: boolean;
  /** What others change (deployments, scaling, AWS itself), or nobody can read: it stays as it is. */
  readonly ignoreChanges?: string[];
  readonly provider?: ProviderResource;
}

/**
 * What was built by hand is imported by its id, once, and nothing in AWS changes by it: the import fails where an argument
 * differs from what is there. Pulumi refuses to delete it, and leaves it in AWS should the program forget it. A stack that
 * is settled makes its own.
 */
export const adopted = (id: string | undefined, { protect = true, ...more }: Guard = {}): CustomResourceOptions => ({
  import: steps.settled ? undefined : id,
  protect,
  retainOnDelete: protect,
  ...more,
});
