/** A DynamoDB table: restorable to any second of the last 35 days, encrypted, protected from deletion. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import { type Grantee, grant } from '../security/grant.ts';

/** An attribute that a key is made of: text, number or bytes. */
export interface KeyPart {
  /** *Replacement* of the table, or of the index that it is a key of. */
  readonly name: string;
  /** Text, number or bytes. *Replacement*, as the name. */
  readonly type: 'S' | 'N' | 'B';
}

export interface TableKey {
  /** What items are spread by. *Replacement* of the table, or of the index. */
  readonly partition: KeyPart;
  /** What items of one partition are ordered by. *Replacement* of the table, or of the index. @default none: one item a partition */
  readonly sort?: KeyPart;
}

export interface DocumentTableArgs {
  /** *Replacement*. */
  readonly key: TableKey;
  /** Other ways to ask, by name. Adding one is *In place*; changing one is a *Replacement* of that index. @default {} */
  readonly indexes?: Readonly<Record<string, TableKey>>;
  /** Attribute with the second (Unix time) at which an item may go. *In place*. @default none */
  readonly expiresAt?: string;
  /** *In place*. @default true */
  readonly deletionProtection?: boolean;
  /** KMS key. *In place*. @default a key that DynamoDB owns */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class DocumentTable extends Component {
  readonly table: aws.dynamodb.Table;

  constructor(name: string, args: DocumentTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super('DocumentTable', name, args.tags, opts);
    const deletionProtection = args.deletionProtection ?? true;
    this.table = new aws.dynamodb.Table(
      name,
      {
        billingMode: 'PAY_PER_REQUEST',
        hashKey: args.key.partition.name,
        ...(args.key.sort === undefined ? {} : { rangeKey: args.key.sort.name }),
        attributes: attributes(name, args),
        globalSecondaryIndexes: Object.entries(args.indexes ?? {}).map(([index, key]) => ({
          name: index,
          keySchemas: [
            { attributeName: key.partition.name, keyType: 'HASH' },
            ...(key.sort === undefined ? [] : [{ attributeName: key.sort.name, keyType: 'RANGE' }]),
          ],
          projectionType: 'ALL',
        })),
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, ...(args.kmsKeyArn === undefined ? {} : { kmsKeyArn: args.kmsKeyArn }) },
        deletionProtectionEnabled: deletionProtection,
        ...(args.expiresAt === undefined ? {} : { ttl: { attributeName: args.expiresAt, enabled: true } }),
        tags: this.tagged(name),
      },
      this.child({ protect: deletionProtection }),
    );
    this.registerOutputs({ name: this.table.name });
  }

  /** Lets `to` read items, and nothing more. */
  allowRead(to: Grantee): void {
    this.#allow(to, 'read', [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:ConditionCheckItem',
    ]);
  }

  /** Lets `to` write items, and nothing more. */
  allowWrite(to: Grantee): void {
    this.#allow(to, 'write', [
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:BatchWriteItem',
    ]);
  }

  #allow(to: Grantee, verb: string, actions: readonly string[]): void {
    grant(to, `${verb}-${this.componentName}`, [
      { Action: actions, Resource: [this.table.arn, pulumi.interpolate`${this.table.arn}/index/*`] },
    ]);
  }
}

/** DynamoDB wants every attribute of a key declared once, by name. */
function attributes(name: string, args: DocumentTableArgs): { name: string; type: string }[] {
  const types = new Map<string, string>();
  for (const key of [args.key, ...Object.values(args.indexes ?? {})]) {
    for (const part of key.sort === undefined ? [key.partition] : [key.partition, key.sort]) {
      const before = types.get(part.name);
      if (before !== undefined && before !== part.type)
        refuse(name, `${part.name} is ${before} in one key and ${part.type} in another.`, 'Give it one type.');
      types.set(part.name, part.type);
    }
  }
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([attribute, type]) => ({ name: attribute, type }));
}
