/** Every pinned version that is emitted, where it was read and when: nothing else in the repo names one. */

export interface Pin {
  version: string;
  /** Where the version was read, so that anybody can read it again. */
  source: string;
  /** ISO date of what was read: of the stored copy, where it was one. */
  read: string;
}

const npm = (name: string, version: string): Pin => ({ version, source: `npm view ${name}`, read: '2026-11-20' });
/** The tag's commit, because a tag of an action can be moved. */
const action = (repository: string, tag: string, commit: string, read: string): Pin => ({
  version: `${commit} # ${tag}`,
  source: `git ls-remote https://github.com/${repository} ${tag}`,
  read,
});

export const versions = {
  /** The major that images and the workflow run; emitted repos declare >= 22. */
  nodeMajor: {
    version: '24',
    source: 'https://github.com/docker-library/official-images/blob/master/library/node, where lts is 24',
    read: '2026-08-22',
  },
  nodeImage: {
    version: '24-trixie-slim',
    source: 'https://github.com/docker-library/official-images/blob/master/library/node',
    read: '2026-08-22',
  },
  distrolessImage: {
    version: 'nodejs24-debian13:nonroot',
    source: 'https://github.com/GoogleContainerTools/distroless#what-images-are-available',
    read: '2026-08-21',
  },
  actionsCheckout: action('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1', '2026-07-20'),
  actionsSetupNode: action('actions/setup-node', 'v7.0.0', '820762786026740c76f36085b0efc47a31fe5020', '2026-08-18'),
  dockerSetupBuildx: action(
    'docker/setup-buildx-action',
    'v4.3.0',
    '37fe631027851001ddb9b187196cc803df7f5f0e',
    '2026-08-17',
  ),
  dockerBuildPush: action(
    'docker/build-push-action',
    'v7.3.0',
    '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a',
    '2026-07-09',
  ),
  fluentBit: {
    version: '3.4.15',
    source: 'https://github.com/aws/aws-for-fluent-bit/releases/tag/v3.4.15',
    read: '2026-09-04',
  },
  otelCollector: {
    version: 'v0.49.0',
    source: 'https://github.com/aws-observability/aws-otel-collector/releases/tag/v0.49.0',
    read: '2026-07-14',
  },
  terraform: { version: '1.11.4', source: 'terraform version: what the proofs run', read: '2026-11-20' },
  otelApi: npm('@opentelemetry/api', '1.9.1'),
  otelContext: npm('@opentelemetry/context-async-hooks', '2.12.0'),
  otelCore: npm('@opentelemetry/core', '2.12.1'),
  otelExporter: npm('@opentelemetry/exporter-trace-otlp-proto', '0.223.1'),
  otelResources: npm('@opentelemetry/resources', '2.12.1'),
  otelSdk: npm('@opentelemetry/sdk-trace', '2.12.1'),
  awsCredentials: action(
    'aws-actions/configure-aws-credentials',
    'v6.2.3',
    'e6de054238d6b7531b4efff3b6587d9aade6a06c',
    '2026-08-18',
  ),
  awsEcrLogin: action(
    'aws-actions/amazon-ecr-login',
    'v2.1.7',
    '03f1aad4c6c7ffd436567f42f9384779290529bd',
    '2026-08-19',
  ),
  setupTerraform: action(
    'hashicorp/setup-terraform',
    'v4.0.1',
    'dfe3c3f87815947d99a8997f908cb6525fc44e9e',
    '2026-07-21',
  ),
  uploadArtifact: action('actions/upload-artifact', 'v7.0.0', 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', '2026-02-25'),
  downloadArtifact: action(
    'actions/download-artifact',
    'v8.0.1',
    '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c',
    '2026-03-12',
  ),
  buf: {
    version: '1.74.0',
    source: 'npm view @bufbuild/buf; 1.75.0 lacks platform packages, so npm ci fails',
    read: '2026-11-20',
  },
  grpcJs: npm('@grpc/grpc-js', '1.14.7'),
  tsProto: npm('ts-proto', '2.18.0'),
  bufbuildProtobuf: npm('@bufbuild/protobuf', '2.17.0'),
  pino: npm('pino', '10.4.0'),
  promClient: npm('prom-client', '15.1.3'),
  typescript: npm('typescript', '7.0.2'),
  esbuild: npm('esbuild', '0.28.2'),
  pnpm: npm('pnpm', '12.21.0'),
  /** Of the line that is kept up; the package named yarn is an older one. */
  yarn: npm('@yarnpkg/cli-dist', '4.18.1'),
  constructs: npm('constructs', '10.8.1'),
  projen: npm('projen', '0.103.25'),
  tsx: npm('tsx', '4.23.15'),
  /** Of the oldest Node.js that emitted repos declare, so that nothing newer is used by mistake. */
  typesNode: npm('@types/node', '22.20.5'),
  /** Its module and its command; a tag is a version of the module. */
  grpcHealthProbe: {
    version: 'v0.4.56',
    source: 'git show v0.4.56:go.mod of https://github.com/grpc-ecosystem/grpc-health-probe, of 2026-08-20',
    read: '2026-11-20',
  },
  /** What builds the probe: the line that its own Dockerfile and its go.mod name; a tag of the official image. */
  golangImage: {
    version: '1.26-alpine',
    source: 'https://github.com/docker-library/official-images/blob/master/library/golang, where it is 1.26.7',
    read: '2026-08-22',
  },
} satisfies Record<string, Pin>;

/** What a setting may replace, so that no template prints it as it is. */
export const replaceableVersions = {
  /** The stable line; a tag of the official image, of which `-alpine-slim` is there since 1.22.1. */
  nginx: {
    version: '1.30.4',
    source: 'https://github.com/docker-library/official-images/blob/master/library/nginx, where stable is 1.30.4',
    read: '2026-08-21',
  },
} satisfies Record<string, Pin>;
