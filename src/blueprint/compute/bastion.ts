/** The people's way in to databases and caches: a small machine that is entered by Session Manager, or by SSH from named addresses. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { oneZone, type ZoneLetter } from '../network/plan.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { WAY_IN } from '../people/way-in.ts';
import { refuse } from '../refuse.ts';
import { allowFromAddresses, allowHttpsOut, connect, type Peer } from '../security/connect.ts';
import { grant, trustService } from '../security/grant.ts';
import { securityGroup } from '../security/security-group.ts';
import { SESSIONS } from '../security/sessions.ts';
import { allowWayOut } from '../security/way-out.ts';

export interface BastionArgs {
  /** *Replacement*. */
  readonly network: PrivateNetwork;
  /**
   * `ssm`: in a private subnet, no open port, no key; people come by Session Manager and their own IAM identity.
   * `{ sshFrom }`: in a public subnet with an address of its own, port 22 open to these blocks by name; the world is refused.
   * *Replacement* between the two; the blocks are *In place*. @default 'ssm'
   */
  readonly access?: 'ssm' | { readonly sshFrom: Readonly<Record<string, string>> };
  /** OpenSSH public key; only with `sshFrom`. *Replacement*. @default none: EC2 Instance Connect sends a key for a minute */
  readonly publicKey?: string;
  /** Its zone; when it is lost, name another. *Replacement*. @default 'a', whatever other zones there are */
  readonly zone?: ZoneLetter;
  /** An arm64 instance type. *Brief interruption* of a minute. @default 't4g.nano' */
  readonly size?: string;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

/** Current Amazon Linux 2023, as AWS publishes it: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html */
const AL2023 = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

export class Bastion extends Component implements Peer {
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  readonly owner = this;
  readonly instance: aws.ec2.Instance;
  /** Only with `sshFrom`. */
  readonly address: pulumi.Output<string> | undefined;
  readonly #region: string;

  constructor(name: string, args: BastionArgs, opts?: pulumi.ComponentResourceOptions) {
    super('Bastion', name, args.tags, opts);
    const access = args.access ?? 'ssm';
    check(name, access, args.publicKey);
    this.peerName = name;
    this.#region = args.network.region;
    const zone = oneZone(name, 'zone', args.zone, args.network.zones);
    const group = securityGroup(this, name, args.network.vpcId, this.tagged(name));
    this.groupId = group.id;
    if (access !== 'ssm') {
      const addresses = Object.entries(access.sshFrom).map(([who, cidr]) => ({ name: who, cidr }));
      allowFromAddresses(this, addresses, 22);
    }
    // In the public tier it goes out by its own address, whatever NAT the network has.
    const wayOut = access === 'ssm' ? allowWayOut(this, args.network) : [allowHttpsOut(this), ...args.network.ready];
    const profile = this.#profile();
    const [subnetId] = args.network.subnetIds(access === 'ssm' ? 'app' : 'public', [zone]);
    this.instance = new aws.ec2.Instance(
      name,
      {
        ami: aws.ssm.getParameterOutput({ name: AL2023 }, { parent: this }).value,
        instanceType: args.size ?? 't4g.nano',
        ...(subnetId === undefined ? {} : { subnetId }),
        vpcSecurityGroupIds: [group.id],
        // With an elastic address AWS reports the opposite later, which would replace the machine: so say nothing then.
        ...(access === 'ssm' ? { associatePublicIpAddress: false } : {}),
        iamInstanceProfile: profile.name,
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
        rootBlockDevice: { encrypted: true, volumeType: 'gp3' },
        ...(args.publicKey === undefined ? {} : { keyName: this.#key(args.publicKey).keyName }),
        tags: this.tagged(name, { [WAY_IN.key]: WAY_IN.value }),
      },
      // AWS publishes a new image every other week; a new one replaces the machine, so that is a person's decision:
      // pulumi up --replace, or patches in place.
      this.child({ ignoreChanges: ['ami'], dependsOn: [...wayOut] }),
    );
    this.address = access === 'ssm' ? undefined : this.#address();
    this.registerOutputs({ instanceId: this.instance.id });
  }

  /** Lets people through to this peer. */
  allowTo(to: Peer, port?: number): void {
    connect(this, to, port === undefined ? {} : { port });
  }

  /** The exact command that makes `host:port` answer at `localhost:localPort` of whoever runs it. */
  tunnel(host: pulumi.Input<string>, port: number, localPort = port): pulumi.Output<string> {
    if (this.address !== undefined)
      return pulumi.interpolate`ssh -N -L ${localPort}:${host}:${port} ec2-user@${this.address}`;
    const parameters = pulumi.interpolate`{"host":["${host}"],"portNumber":["${port}"],"localPortNumber":["${localPort}"]}`;
    return pulumi.interpolate`aws ssm start-session --region ${this.#region} --target ${this.instance.id} --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters '${parameters}'`;
  }

  #profile(): aws.iam.InstanceProfile {
    const name = this.componentName;
    const role = new aws.iam.Role(
      name,
      { assumeRolePolicy: trustService('ec2.amazonaws.com'), tags: this.tagged(name) },
      this.child(),
    );
    // Not AmazonSSMManagedInstanceCore, which also reads every parameter of the account:
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
    grant({ granteeName: name, role, owner: this }, 'be-entered', [
      { Action: ['ssm:UpdateInstanceInformation'], Resource: 'arn:aws:ec2:*:*:instance/*' },
      SESSIONS,
    ]);
    return new aws.iam.InstanceProfile(name, { role: role.name, tags: this.tagged(name) }, this.child());
  }

  #key(publicKey: string): aws.ec2.KeyPair {
    return new aws.ec2.KeyPair(this.componentName, { publicKey, tags: this.tagged(this.componentName) }, this.child());
  }

  #address(): pulumi.Output<string> {
    const name = `${this.componentName}-address`;
    return new aws.ec2.Eip(name, { domain: 'vpc', instance: this.instance.id, tags: this.tagged(name) }, this.child())
      .publicIp;
  }
}

function check(name: string, access: Exclude<BastionArgs['access'], undefined>, publicKey: string | undefined): void {
  if (access === 'ssm') {
    if (publicKey !== undefined) refuse(name, 'Session Manager needs no key.', 'Leave publicKey out.');
    return;
  }
  if (Object.keys(access.sshFrom).length === 0) {
    refuse(
      name,
      'sshFrom names nobody.',
      "Name who may come, like { office: '203.0.113.0/24' }, or use access: 'ssm'.",
    );
  }
}
