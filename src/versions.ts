/** Every pinned version that is emitted, where it was read and when: nothing else in the repo names one. */

export interface Pin {
  version: string;
  /** Where the version was read, so that anybody can read it again. */
  source: string;
  /** ISO date of that reading. */
  read: string;
}

const npm = (name: string, version: string): Pin => ({ version, source: `npm view ${name}`, read: '2026-11-20' });
/** The tag's commit, because a tag of an action can be moved. */
const action = (repository: string, tag: string, commit: string): Pin => ({
  version: `${commit} # ${tag}`,
  source: `git ls-remote https://github.com/${repository} ${tag}`,
  read: '2026-11-20',
});

export const versions = {
  /** The major that images and the workflow run; emitted repos declare >= 22. */
  nodeMajor: { version: '24', source: 'https://github.com/nodejs/release#release-schedule', read: '2026-11-20' },
  nodeImage: {
    version: '24-trixie-slim',
    source: 'https://github.com/docker-library/official-images/blob/master/library/node',
    read: '2026-11-20',
  },
  distrolessImage: {
    version: 'nodejs24-debian13:nonroot',
    source: 'https://github.com/GoogleContainerTools/distroless#what-images-are-available',
    read: '2026-11-20',
  },
  actionsCheckout: action('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'),
  actionsSetupNode: action('actions/setup-node', 'v7.0.0', '820762786026740c76f36085b0efc47a31fe5020'),
  dockerSetupBuildx: action('docker/setup-buildx-action', 'v4.3.0', '37fe631027851001ddb9b187196cc803df7f5f0e'),
  dockerBuildPush: action('docker/build-push-action', 'v7.3.0', '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a'),
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
  tsx: npm('tsx', '4.23.15'),
  /** Of the oldest Node.js that emitted repos declare, so that nothing newer is used by mistake. */
  typesNode: npm('@types/node', '22.20.5'),
} satisfies Record<string, Pin>;
