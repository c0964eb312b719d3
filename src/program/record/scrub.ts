/** The environment without what lets a program act for its user. */

const SECRET =
  /^AWS_|^PULUMI_ACCESS|^PULUMI_CONFIG_PASSPHRASE|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|^NODE_OPTIONS$|^GITHUB_|^ACTIONS_|^SSH_/i;

export const scrubbed = (environment: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !SECRET.test(entry[0]),
    ),
  );
