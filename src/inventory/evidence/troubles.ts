/** What of the logs could not be used, told with the other troubles of the input. */
import type { Evidence } from '../../estate/evidence.ts';
import type { Notice } from '../../estate/notice.ts';

export function evidenceNotices({ inputs, logged }: Evidence): readonly Notice[] {
  const skipped = logged.filter(({ incomplete }) => incomplete !== null);
  const [first] = skipped;
  return [
    ...inputs.flatMap(({ path: file, malformed, truncated, unrecognised }): readonly Notice[] => [
      ...(malformed > 0
        ? [
            {
              code: 'wrongType' as const,
              message: `${malformed} records of the logs are not as AWS writes them, and were left out`,
              file,
              path: '',
            },
          ]
        : []),
      ...(truncated > 0
        ? [
            {
              code: 'truncated' as const,
              message: `${truncated} files of the logs end in the middle; what they hold up to there counts`,
              file,
              path: '',
            },
          ]
        : []),
      ...(unrecognised > 0
        ? [
            {
              code: 'unknownFile' as const,
              message: `${unrecognised} files beside the logs are no logs that are known here`,
              file,
              path: '',
            },
          ]
        : []),
    ]),
    ...(first === undefined
      ? []
      : [
          {
            code: 'truncated' as const,
            message: `the log of ${first.subject}${skipped.length > 1 ? ` and ${skipped.length - 1} others` : ''} is not whole: ${first.incomplete}`,
            file: inputs[0]?.path ?? '',
            path: '',
          },
        ]),
  ];
}
