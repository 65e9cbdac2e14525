/** What the user asks for: the data of `grpc-aws.json`. */

/** Every target that there is or is about to be; which of them a version offers is said in `offered-targets.ts`. */
export type TargetId = 'local' | 'ecs-alb' | 'ecs-nlb-nginx';

export type PackageManagerId = 'npm' | 'pnpm' | 'yarn';

/** Of a Spec that was checked, every setting is there that its target takes, and none that it does not. */
export interface Spec extends Partial<Settings> {
  /** A DNS label: the project, and the one workload's name where no other is given. */
  name: string;
  target: TargetId;
  /** At least one, in order of declaration. */
  workloads: readonly WorkloadSpec[];
  /** Files and folders below `proto/` that `buf lint` leaves alone, because they were not written for this repo. */
  unlinted?: readonly string[];
}

/** One deployable server with its own image. */
export interface WorkloadSpec extends Partial<WorkloadSettings> {
  /** A DNS label, unique in the project. */
  name: string;
  /** Files and folders of the buf module (relative to `proto/`, with `/`) whose services it serves. */
  protos: readonly string[];
}

/** What is asked beyond a name, a target and protos; `settings.ts` says of which targets, and what holds where nothing is said. */
export interface Settings {
  /** What its infrastructure is written in. */
  iac: 'terraform' | 'cloudformation';
  /** Of AWS: `eu-west-1`. */
  region: string;
  /** What clients of production dial; those of another environment dial `<environment>.<domain>`. */
  domain: string;
  /** The hosted zone of Route 53 that `domain` lies in. */
  zone: string;
  /** Whether that zone is looked up or made. */
  dns: 'existing' | 'create';
  network: 'create' | 'existing';
  /** At least one; the last is production. */
  environments: readonly string[];
  /** Whether only the network itself reaches the load balancer. */
  internal: boolean;
  arch: 'x86_64' | 'arm64';
  /** Whether TLS ends at the load balancer, or there is none. Only behind a load balancer of connections. */
  listener?: 'tls' | 'tcp';
  /** Of the image in front of the servers. Absent: the one that this version pins. */
  nginxVersion?: string;
  logs: 'firelens' | 'awslogs';
  /** Whether calls of server reflection are routed. */
  reflection: boolean;
  telemetry: boolean;
  alarms: boolean;
  /** Absent: npm, in every version: the first ones did not ask. */
  packageManager?: PackageManagerId;
}

/** The same for each workload; these are said in `grpc-aws.json` alone. */
export interface WorkloadSettings {
  /** In units of 1/1024 vCPU. */
  cpu: 256 | 512 | 1024 | 2048 | 4096;
  /** In MiB. */
  memory: number;
  /** By the environment variable that holds its value. Absent: none. */
  secrets?: Readonly<Record<string, SecretReference>>;
}

/** Where a secret is kept: `<project>/<environment>/<name>` of Secrets Manager, or of SSM with a `/` in front. */
export interface SecretReference {
  from: 'secretsmanager' | 'ssm';
  name: string;
}
