/** An error that the user can mend: it names the file, the place in it, what was expected and what to do. */
export class UserError extends Error {
  readonly place: {
    readonly file?: string;
    /** JSON pointer, or `line:column`. */
    readonly path?: string;
    readonly expected?: string;
    readonly fix?: string;
  };

  constructor(message: string, place: UserError['place'] = {}) {
    super(message);
    this.name = 'UserError';
    this.place = place;
  }
}
