/** Codes of the hops that rules make themselves; the other rooms have tables of their own. docs/codes.md is made from all. */
export const RULE_CODES: Readonly<Record<string, string>> = {
  fact: 'A field of the resource says so.',
  reference: 'The resource refers to the other one.',
  absence: 'AWS was asked and named none.',
  'dated-list': 'A list of AWS, with its date, says so.',
  target: 'A target group has it as a target.',
  flow: 'A flow of the estate says so.',
  'security-group-ingress': 'A rule of the group admits it.',
  'security-group-egress': 'A rule of the group lets it out.',
  'bucket-policy': 'A statement of the bucket policy allows it.',
  'bucket-acl': 'A grant of the bucket ACL allows it.',
};

/** Codes of proofs about people and roles. */
export const ACCESS_CODES: Readonly<Record<string, string>> = {
  'access-identity': 'A statement of a policy of the caller decides.',
  'access-resource': 'A statement of the policy of the resource decides.',
  administrator: 'It is an administrator in effect.',
  'no-administrator': 'It is no administrator.',
  escalation: 'It can come by the power of another.',
  'key-in-place': 'An access key stands written in a setting.',
  'mfa-not-asked': 'No policy asks for a second factor.',
  'mfa-nothing-without': 'Without a second factor it can do nothing.',
};
