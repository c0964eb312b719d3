/**
 * Outputs of other stacks are in Pulumi's state, which is not read: a program gets texts that name them, and lists of
 * such texts where the output's name speaks of several.
 */
type Pulumi = typeof import('@pulumi/pulumi');

const SEVERAL = /(ids|arns|names|zones|cidrs|urls|subnets)$/i;

export function referenceTo(stack: string, output: string): string | readonly string[] {
  const label = `${stack}_${output}`;
  return SEVERAL.test(output) ? [`${label}_1`, `${label}_2`] : label;
}

/** Makes the SDK's references answer with these texts. */
export function answerReferences(pulumi: Pulumi, saw: (stack: string, output: string) => void): void {
  const answer = (stack: string, output: string): string | readonly string[] => {
    saw(stack, output);
    return referenceTo(stack, output);
  };
  type Reference = InstanceType<Pulumi['StackReference']>;
  const asOutput = function (this: Reference, name: import('@pulumi/pulumi').Input<string>) {
    return pulumi.all([this.name, name]).apply(([stack, output]) => answer(stack, output));
  };
  const asValue = async function (this: Reference, name: import('@pulumi/pulumi').Input<string>) {
    return new Promise<unknown>((resolve) => {
      pulumi.all([this.name, name]).apply(([stack, output]) => resolve(answer(stack, output)));
    });
  };
  Object.assign(pulumi.StackReference.prototype, {
    getOutput: asOutput,
    requireOutput: asOutput,
    getOutputValue: asValue,
    requireOutputValue: asValue,
    getOutputDetails: async function (this: Reference, name: import('@pulumi/pulumi').Input<string>) {
      return { value: await asValue.call(this, name), secretValue: null };
    },
  });
}
