/** Codes of the hops that rules make themselves; the other rooms have tables of their own. docs/codes.md is made from all. */
export const RULE_CODES: Readonly<Record<string, string>> = {
  fact: 'A field of the resource says so.',
  reference: 'The resource refers to the other one.',
  absence: 'AWS was asked and named none.',
  'dated-list': 'A list of AWS, with its date, says so.',
  price: 'The price table says so, or lacks the price.',
  target: 'A target group has it as a target.',
  flow: 'A flow of the estate says so.',
  'security-group-ingress': 'A rule of the group admits it.',
  'security-group-egress': 'A rule of the group lets it out.',
  'bucket-policy': 'A statement of the bucket policy allows it.',
  'bucket-acl': 'A grant of the bucket ACL allows it.',
};

/** Codes of proofs about people and roles. */
export const ACCESS_CODES: Readonly<Record<string, string>> = {
  'access-inline': 'A statement of an inline policy decides.',
  'access-managed': 'A statement of a managed policy decides.',
  'access-boundary': 'A statement of the permissions boundary decides.',
  'access-session': 'A statement of the session policy decides.',
  'access-resource': 'A statement of the policy of the resource decides.',
  'access-trust': 'A statement of the trust policy of the role decides.',
  'access-serviceControl': 'A statement of a service control policy decides.',
  'access-resourceControl': 'A statement of a resource control policy decides.',
  administrator: 'It is an administrator in effect.',
  'no-administrator': 'It is no administrator.',
  escalation: 'It can come by the power of another.',
  'key-used': 'An access key of it was used.',
  'no-console': 'It has no console password.',
  'never-signed-in': 'It never signed in.',
  'signs-in': 'Somebody signs in with its password.',
  'key-in-place': 'An access key stands written in a setting.',
  'mfa-not-asked': 'No policy asks for a second factor.',
  'mfa-nothing-without': 'Without a second factor it can do nothing.',
};
