/** A wrong combination of arguments, refused when a component is constructed: before anything is deployed. */
export class BlueprintError extends Error {
  override readonly name = 'BlueprintError';
  /** The component, as the program names it. */
  readonly component: string;
  /** What to do about it. */
  readonly remedy: string;

  constructor(component: string, problem: string, remedy: string) {
    super(`${component}: ${problem} ${remedy}`);
    this.component = component;
    this.remedy = remedy;
  }
}

/** Stops the program: `problem` says what is wrong, `remedy` what to do, both as whole sentences. */
export function refuse(component: string, problem: string, remedy: string): never {
  throw new BlueprintError(component, problem, remedy);
}
