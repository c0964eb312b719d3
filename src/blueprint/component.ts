/** What every component shares: its type token, how its name may look, where its children hang and how they are tagged. */
import * as pulumi from '@pulumi/pulumi';
import { refuse } from './refuse.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * How a change of an argument reaches what runs (the docs of every argument name one of these):
 * - *In place*: nobody notices.
 * - *Brief interruption*: clients reconnect; the text says for how long.
 * - *Replacement*: the thing is made anew. What holds data is protected, so Pulumi refuses until a person lifts the protection.
 */
export type ChangeClass = 'In place' | 'Brief interruption' | 'Replacement';

/** Names end up in target groups and replication groups: 32 letters there, 8 of which are Pulumi's random suffix. */
const LONGEST_NAME = 24;

/**
 * Base of the components. Children are named `<component>-<meaning>` and never by a number, so adding one never renames another.
 * `opts.aliases` works as for any Pulumi component: give the old name when you rename one, and no child is replaced.
 */
export abstract class Component extends pulumi.ComponentResource {
  /** The name given by the program, and the start of every child's name. */
  readonly componentName: string;
  readonly #tags: Tags;

  constructor(type: string, name: string, tags: Tags | undefined, opts: pulumi.ComponentResourceOptions | undefined) {
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > LONGEST_NAME) {
      refuse(
        `${type} '${name}'`,
        `A component's name is at most ${LONGEST_NAME} small letters, digits and dashes, and starts with a letter.`,
        'Choose a shorter or plainer one, like shop-web.',
      );
    }
    super(`underpin:blueprint:${type}`, name, {}, opts);
    this.componentName = name;
    this.#tags = tags ?? {};
  }

  /** Options of a child: it hangs under this component. */
  protected child(more: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...more, parent: this };
  }

  /**
   * Tags of a child: which program and stack made it (so that nobody takes it for hand-made, and bills and audits tell the
   * environments apart), the component's own, and its name for people.
   */
  protected tagged(name: string, more: Tags = {}): Record<string, string> {
    const stack = pulumi.getStack();
    return {
      Environment: stack,
      'pulumi:project': pulumi.getProject(),
      'pulumi:stack': stack,
      ...this.#tags,
      ...more,
      Name: name,
    };
  }
}
