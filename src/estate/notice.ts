/** Something in the input that was not understood or does not fit together. Counted and listed, never silent. */
export interface Notice {
  readonly code:
    | 'wrongType'
    | 'missingField'
    | 'danglingReference'
    | 'duplicateId'
    | 'unknownOperation'
    | 'unknownFile'
    | 'unreadableFile'
    | 'contradiction'
    | 'truncated'
    | 'other';
  readonly message: string;
  readonly file: string;
  readonly path: string;
}
