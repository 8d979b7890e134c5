import { cataloguedSources } from '#schemas/catalogue.ts';
import type { Config } from '#schemas/config.ts';
import { usesTokens } from '#schemas/token-key.ts';
import { named, region } from './names.ts';
import { allow, type Statement } from './policy.ts';

type Subnets = { subnetIds: $util.Output<string>[]; securityGroupIds: $util.Output<string>[] };

/** Where functions and tasks run. */
export type Network = {
  /** Functions are outside unless the network is private. */
  functions?: Subnets;
  /** What a function needs to join it. */
  statements: Statement[];
  tasks?: Subnets & { vpcId: $util.Output<string>; assignPublicIp: boolean };
};

const ZONES = 2;

/** What the functions speak to without the internet. S3 and DynamoDB have gateways, which cost nothing. */
const GATEWAYS = ['s3', 'dynamodb'];
const INTERFACES = [
  'sqs',
  'events',
  'ssm',
  'logs',
  's3vectors',
  'bedrock-runtime',
  'comprehend',
  'rekognition',
  'textract',
  'transcribe',
  'kms',
];
const TASK_INTERFACES = ['ecs', 'ecr.api', 'ecr.dkr'];

/** Subnets in two zones, and a default security group that lets nothing through. */
function createVpc() {
  const vpc = new aws.ec2.Vpc('Network', {
    cidrBlock: '10.40.0.0/16',
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: { Name: named() },
  });
  new aws.ec2.DefaultSecurityGroup('NetworkDefault', { vpcId: vpc.id });
  const zones = aws.getAvailabilityZonesOutput({ state: 'available' }).names;
  const subnets = Array.from(
    { length: ZONES },
    (_, zone) =>
      new aws.ec2.Subnet(`Network${zone + 1}`, {
        vpcId: vpc.id,
        cidrBlock: `10.40.${zone * 16}.0/20`,
        availabilityZone: zones.apply((names) => names[zone] ?? ''),
        tags: { Name: named('network', String(zone + 1)) },
      }),
  );
  const table = new aws.ec2.RouteTable('NetworkRoutes', { vpcId: vpc.id });
  for (const [zone, { id }] of subnets.entries()) {
    new aws.ec2.RouteTableAssociation(`NetworkRoutes${zone + 1}`, { routeTableId: table.id, subnetId: id });
  }
  return { vpc, subnets, table };
}
type Vpc = ReturnType<typeof createVpc>;

const group = (name: string, description: string, { vpc }: Vpc, rules: Pick<aws.ec2.SecurityGroupArgs, 'ingress' | 'egress'>) =>
  new aws.ec2.SecurityGroup(name, { name: named(name.toLowerCase()), description, vpcId: vpc.id, ...rules });

const https = { protocol: 'tcp', fromPort: 443, toPort: 443 };

function createEndpoints(created: Vpc, callers: aws.ec2.SecurityGroup, services: readonly string[]): void {
  const { vpc, subnets, table } = created;
  const endpoints = group('Endpoints', 'functions and tasks reach the endpoints', created, {
    ingress: [{ ...https, securityGroups: [callers.id] }],
  });
  for (const service of GATEWAYS) {
    new aws.ec2.VpcEndpoint(`${service}-gateway`, {
      vpcId: vpc.id,
      serviceName: $interpolate`com.amazonaws.${region}.${service}`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [table.id],
    });
  }
  for (const service of services) {
    new aws.ec2.VpcEndpoint(`${service}-endpoint`, {
      vpcId: vpc.id,
      serviceName: $interpolate`com.amazonaws.${region}.${service}`,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: subnets.map(({ id }) => id),
      securityGroupIds: [endpoints.id],
    });
  }
}

/** Tasks of a stage without a private network have a way out, and nobody a way in. */
function openToInternet({ vpc, table }: Vpc): void {
  const gateway = new aws.ec2.InternetGateway('NetworkGateway', { vpcId: vpc.id });
  new aws.ec2.Route('NetworkWayOut', { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway.id });
}

/** No network costs anything while idle, except for the endpoints of a private one. */
export function createNetwork(config: Config): Network {
  const {
    deploy: { privateNetwork },
    extraction: { taskMb },
  } = config;
  const withTasks = taskMb !== undefined;
  if (!privateNetwork && !withTasks) return { statements: [] };
  const created = createVpc();
  const callers = group('Callers', 'calls AWS over TLS, and is called by nobody', created, {
    egress: [{ ...https, cidrBlocks: ['0.0.0.0/0'] }],
  });
  const asked = [...(cataloguedSources(config).length > 0 ? ['glue'] : []), ...(usesTokens(config) ? ['secretsmanager'] : [])];
  if (privateNetwork) createEndpoints(created, callers, [...INTERFACES, ...(withTasks ? TASK_INTERFACES : []), ...asked]);
  else openToInternet(created);
  const subnets = { subnetIds: created.subnets.map(({ id }) => id), securityGroupIds: [callers.id] };
  return {
    statements: privateNetwork
      ? [allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'], ['*'])]
      : [],
    ...(privateNetwork && { functions: subnets }),
    ...(withTasks && { tasks: { ...subnets, vpcId: created.vpc.id, assignPublicIp: !privateNetwork } }),
  };
}
