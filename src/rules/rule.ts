/**
 * The form of a rule: one small declarative file each, registered by being in `rules/`. The index, the pages
 * under docs/rules and the example tests are made from these objects.
 */
import type { Hop, Missing } from '../analyse/verdict.ts';
import type { Estate } from '../estate/estate.ts';
import type { Kind, Resource, ResourceOf } from '../estate/resource.ts';

export type Severity = 'high' | 'medium' | 'low' | 'info';
export const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low', 'info'];

/** Problem numbers of the design's table; see docs/problems.md for their words. */
export type Problem = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** What a rule says about one subject. `message` names a template of the rule; `data` fills its `{places}`. */
export type Outcome<M extends string = string> =
  | {
      readonly state: 'fail';
      readonly message: M;
      readonly data: Readonly<Record<string, string | number | undefined>>;
      /** What makes it so. Never empty. */
      readonly proof: readonly Hop[];
      /** Other resources concerned, beside the subject. */
      readonly related?: readonly Resource[];
      /** When this case is graver or milder than the rule's own severity. */
      readonly severity?: Severity;
    }
  | { readonly state: 'pass'; readonly proof?: readonly Hop[] }
  /** The input does not tell. Never empty. */
  | { readonly state: 'unknown'; readonly missing: readonly Missing[] }
  | { readonly state: 'notApplicable' };

/** An inventory in small: operation -> answer body, or a list of requests with their inputs. */
export type Example = Readonly<Record<string, object | readonly object[]>>;

export interface Rule<K extends Kind = Kind, M extends string = string> {
  /** Kebab case, equal to the file's name, stable for ever: it stands in ignore files and SARIF. */
  readonly id: string;
  readonly problem: Problem;
  readonly severity: Severity;
  /** The claim in general, as one line. */
  readonly title: string;
  /** Why it matters to a backend developer, in two sentences. */
  readonly why: string;
  /** How it is fixed, in the words of the sound structure. */
  readonly fix: string;
  /** Ids of the moves that fix it. */
  readonly fixedBy: readonly string[];
  /** The kind (or kinds) it judges: once for every resource of it. `account` for what concerns an account as a whole. */
  readonly subject: K | readonly K[];
  /**
   * Operations without which it can not say "pass": when one was not fully read in the subject's account and
   * region, a pass becomes unknown by itself. A fail stands on its proof.
   */
  readonly needs: readonly string[];
  readonly messages: Readonly<Record<M, string>>;
  /** Pure. A method, so that rules of every kind stand in one list. */
  check(subject: ResourceOf<K>, estate: Estate): Outcome<M>;
  /** AWS pages the rule rests on. */
  readonly sources: readonly string[];
  /** Inventories in small, run as tests and printed in the rule's page. */
  readonly examples: { readonly bad: Example; readonly good: Example };
}

/** The kinds that a rule judges. */
export const kindsOf = ({ subject }: Pick<Rule, 'subject'>): readonly Kind[] =>
  typeof subject === 'string' ? [subject] : subject;

/** Types a rule; the message names are checked against its templates. */
export const defineRule = <K extends Kind, M extends string>(rule: Rule<K, M>): Rule<K, M> => rule;
