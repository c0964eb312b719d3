/** MySQL or PostgreSQL on RDS: a standby in another zone, read replicas spread over zones, closed to all but named peers. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../component.ts';
import { connect, type Peer } from '../security/connect.ts';
import { securityGroup } from '../security/security-group.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';
import { databaseAlarms, replicaAlarms } from './alarms.ts';
import { checkDatabase, type DatabaseArgs } from './database-args.ts';
import { databaseNames } from './database-names.ts';
import { LOGS, type PlannedInstance, PORTS, parameterFamily, planReplicas, TLS_REQUIRED } from './engine.ts';
import { finalSnapshot } from './final-snapshot.ts';

export class Database extends Component implements Peer, Watched {
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  readonly port: number;
  readonly owner = this;
  readonly watchedName: string;
  readonly alarms: readonly AlarmSpec[];
  readonly rdsEvents: { readonly sourceType: 'db-instance'; readonly sourceIds: readonly pulumi.Input<string>[] };
  readonly instance: aws.rds.Instance;
  /** The replicas as one peer with a group of their own; undefined when there are none. */
  readonly readers: Peer | undefined;
  /** AWS's own name of the writer: its TLS certificate carries it, so use it where clients verify names. */
  readonly endpoint: pulumi.Output<string>;
  /** Private name of the writer, five seconds fresh: it stays when the database behind it is exchanged. */
  readonly writerName: string;
  /** Private name of the replicas in turn, without those that are silent or far behind; of the writer when none is left. */
  readonly readerName: string;
  /** Secret with `username` and `password`, for `secrets` of a service. */
  readonly passwordSecretArn: pulumi.Output<string>;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super('Database', name, args.tags, opts);
    const replicas = planReplicas(name, args.replicas ?? [], args.network.zones);
    checkDatabase(name, args);
    this.peerName = name;
    this.watchedName = name;
    this.port = PORTS[args.engine];
    this.writerName = `${name}.${args.network.privateDomain}`;
    this.readerName = `${name}-read.${args.network.privateDomain}`;

    const group = securityGroup(this, name, args.network.vpcId, this.tagged(name));
    this.groupId = group.id;
    const parameters = this.#parameters(args);
    this.instance = this.#primary(args, group, parameters);
    this.endpoint = this.instance.address;
    this.passwordSecretArn = this.#passwordSecret(args);
    const copies = this.#replicas(args, replicas, parameters);
    this.readers = copies.peer;
    databaseNames({
      owner: this,
      name,
      network: args.network,
      writerName: this.writerName,
      readerName: this.readerName,
      writer: this.instance,
      replicas: copies.instances,
      replicaLag: args.replicaLag ?? 300,
      tagged: (child) => this.tagged(child),
    });

    const ids = [this.instance.identifier, ...[...copies.instances.values()].map((each) => each.identifier)];
    this.rdsEvents = { sourceType: 'db-instance', sourceIds: ids };
    this.alarms = [
      ...databaseAlarms(
        { DBInstanceIdentifier: this.instance.identifier },
        args.storage ?? 100,
        args.connectionsAlarm ?? 200,
      ),
      ...[...copies.instances].flatMap(([key, each]) => replicaAlarms(`replica-${key}`, each.identifier)),
    ];
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** Lets a peer connect to the writer and to the replicas. */
  allowFrom(from: Peer): void {
    connect(from, this);
    if (this.readers !== undefined) connect(from, this.readers);
  }

  #parameters(args: DatabaseArgs): aws.rds.ParameterGroup {
    const family = parameterFamily(args.engine, args.version);
    const own = Object.entries(args.parameters ?? {}).map(([name, value]) => ({
      name,
      value,
      applyMethod: 'pending-reboot',
    }));
    // The family is part of the name: a major upgrade then finds its new group beside the one still in use.
    const name = `${this.componentName}-${family.replaceAll('.', '-')}`;
    return new aws.rds.ParameterGroup(
      name,
      {
        family,
        description: `Parameters of ${name}`,
        parameters: [TLS_REQUIRED[args.engine], ...own],
        tags: this.tagged(name),
      },
      this.child(),
    );
  }

  #primary(args: DatabaseArgs, group: aws.ec2.SecurityGroup, parameters: aws.rds.ParameterGroup): aws.rds.Instance {
    const name = this.componentName;
    const subnets = new aws.rds.SubnetGroup(
      name,
      { subnetIds: [...args.network.subnetIds('data')], description: `Data tier for ${name}`, tags: this.tagged(name) },
      this.child(),
    );
    const storage = args.storage ?? 100;
    const deletionProtection = args.deletionProtection ?? true;
    // No availabilityZone: it changes by itself at every failover, and a program that names the old one replaces the database.
    return new aws.rds.Instance(
      name,
      {
        engine: args.engine,
        engineVersion: args.version,
        instanceClass: args.size,
        allocatedStorage: storage,
        maxAllocatedStorage: args.maxStorage ?? storage * 5,
        storageType: 'gp3',
        storageEncrypted: true,
        ...(args.kmsKeyArn === undefined ? {} : { kmsKeyId: args.kmsKeyArn }),
        multiAz: args.multiAz ?? true,
        publiclyAccessible: false,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
        parameterGroupName: parameters.name,
        port: this.port,
        username: args.masterUser ?? 'dbadmin',
        ...(args.masterPassword === undefined
          ? { manageMasterUserPassword: true }
          : { password: pulumi.secret(args.masterPassword) }),
        ...(args.database === undefined ? {} : { dbName: args.database }),
        backupRetentionPeriod: args.backupDays ?? 7,
        copyTagsToSnapshot: true,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: finalSnapshot(subnets.name, [
          args.engine,
          args.masterUser,
          args.database,
          args.kmsKeyArn,
        ]),
        deletionProtection,
        // Only a change of `version` asks for one; without this RDS refuses it.
        allowMajorVersionUpgrade: true,
        autoMinorVersionUpgrade: true,
        enabledCloudwatchLogsExports: [...LOGS[args.engine]],
        applyImmediately: false,
        tags: this.tagged(name),
      },
      this.child({ protect: deletionProtection }),
    );
  }

  #passwordSecret(args: DatabaseArgs): pulumi.Output<string> {
    if (args.masterPassword === undefined) {
      return this.instance.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? '');
    }
    const name = `${this.componentName}-password`;
    const secret = new aws.secretsmanager.Secret(
      name,
      { description: `Master user of ${this.componentName}`, tags: this.tagged(name) },
      this.child(),
    );
    const secretString = pulumi.secret(
      pulumi.jsonStringify({ username: args.masterUser ?? 'dbadmin', password: args.masterPassword }),
    );
    new aws.secretsmanager.SecretVersion(name, { secretId: secret.id, secretString }, this.child());
    return secret.arn;
  }

  #replicas(
    args: DatabaseArgs,
    planned: readonly PlannedInstance[],
    parameters: aws.rds.ParameterGroup,
  ): { instances: ReadonlyMap<string, aws.rds.Instance>; peer: Peer | undefined } {
    if (planned.length === 0) return { instances: new Map(), peer: undefined };
    const peerName = `${this.componentName}-readers`;
    const group = securityGroup(this, peerName, args.network.vpcId, this.tagged(peerName));
    const instances = planned.map(({ key, zone }): [string, aws.rds.Instance] => {
      const name = `${this.componentName}-replica-${key}`;
      const replica = new aws.rds.Instance(
        name,
        {
          replicateSourceDb: this.instance.identifier,
          instanceClass: args.replicaSize ?? args.size,
          availabilityZone: args.network.zoneName(zone),
          vpcSecurityGroupIds: [group.id],
          parameterGroupName: parameters.name,
          storageType: 'gp3',
          storageEncrypted: true,
          publiclyAccessible: false,
          maxAllocatedStorage: args.maxStorage ?? (args.storage ?? 100) * 5,
          copyTagsToSnapshot: true,
          // A replica holds nothing of its own, and RDS makes no final snapshot of one.
          skipFinalSnapshot: true,
          autoMinorVersionUpgrade: true,
          applyImmediately: false,
          tags: this.tagged(name),
        },
        this.child(),
      );
      return [key, replica];
    });
    return { instances: new Map(instances), peer: { peerName, groupId: group.id, port: this.port, owner: this } };
  }
}
