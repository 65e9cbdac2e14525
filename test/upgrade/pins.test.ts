import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { showUpgrade } from '../../src/cli/show-upgrade.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { copyRepo, edit, lookAt, read, upgradeRepo } from './upgrade-repo.ts';

/** What a later version emits: every pin in a workflow, in the Dockerfile and in Terraform moved on, most by a minor. */
const later = vi.hoisted(() => ({
  actionsCheckout: `${'c'.repeat(40)} # v7.1.0`,
  actionsSetupNode: `${'d'.repeat(40)} # v8.0.0`,
  dockerSetupBuildx: `${'e'.repeat(40)} # v4.4.0`,
  setupTerraform: `${'f'.repeat(40)} # v4.1.0`,
  nodeImage: '26-trixie-slim',
  distrolessImage: 'nodejs26-debian14:nonroot',
  nodeMajor: '26',
  terraform: '1.12.0',
  fluentBit: '3.5.0',
  otelCollector: 'v0.51.0',
}));
vi.mock('../../src/versions.ts', async (load) => {
  const { versions } = await load<typeof import('../../src/versions.ts')>();
  const moved = Object.entries(later).map(([name, version]) => [name, { ...versions[name as 'buf'], version }]);
  return { versions: { ...versions, ...Object.fromEntries(moved) } };
});

const released = fileURLToPath(new URL('../fixtures/released/0.2.0', import.meta.url));
const checkout = `actions/checkout@${'1'.repeat(40)} # v8.0.2`;
const digest = `sha256:${'2'.repeat(64)}`;

/** As its pull requests leave a repo after some months. */
function moveAsRenovate(directory: string): void {
  for (const file of ['build.yml', 'deploy.yml', 'environment.yml']) {
    edit(directory, `.github/workflows/${file}`, (text) =>
      text
        .replaceAll(/actions\/checkout@.*/g, checkout)
        .replaceAll(/actions\/setup-node@.*/g, `actions/setup-node@${'3'.repeat(40)} # v7.0.3`)
        .replaceAll(/docker\/build-push-action@.*/g, `docker/build-push-action@${'4'.repeat(40)} # v7.4.0`)
        .replaceAll(/terraform_version: .*/g, 'terraform_version: 1.12.3'),
    );
  }
  edit(directory, 'Dockerfile', (text) =>
    text
      .replace('docker/dockerfile:1', `$&@${digest}`)
      .replace('node:24-trixie-slim', `$&@${digest}`)
      .replace('nodejs24-debian13:nonroot', `$&@${digest}`),
  );
  edit(directory, 'infra/sidecars.tf', (text) => text.replace('fluent-bit:3.4.15', 'fluent-bit:3.6.1'));
}

const plain = (text: string) => text;

describe('a repo that Renovate kept, upgraded to a version that moved the same pins', () => {
  const upgradeIt = (directory: string) =>
    upgradeRepo(directory, { toolVersion: '0.9.0' }, { packageReference: '0.9.0' });
  const layAndUpgrade = async () => {
    const directory = join(makeTemporaryFolder(), 'ledger');
    copyRepo(join(released, 'ledger'), directory);
    moveAsRenovate(directory);
    return { directory, ...(await upgradeIt(directory)) };
  };

  test('has no conflict', async () => {
    const { directory, plan, code } = await layAndUpgrade();
    expect([code, plan.totals.conflicting]).toEqual([0, 0]);
    expect([...lookAt(directory)].filter(([, text]) => text.includes('<<<<<<<'))).toEqual([]);
  });

  test('has the newer of two pins, whoever moved it', async () => {
    const { directory } = await layAndUpgrade();
    const workflows = ['build.yml', 'deploy.yml', 'environment.yml'].map((file) =>
      read(directory, `.github/workflows/${file}`),
    );
    const used = new Set(
      workflows
        .join('')
        .match(/(?:checkout|setup-node|setup-buildx-action|build-push-action|setup-terraform)@.*|terraform_version.*/g),
    );
    expect([...used].sort()).toEqual([
      `build-push-action@${'4'.repeat(40)} # v7.4.0`,
      checkout.slice('actions/'.length),
      `setup-buildx-action@${later.dockerSetupBuildx}`,
      `setup-node@${later.actionsSetupNode}`,
      `setup-terraform@${later.setupTerraform}`,
      'terraform_version: 1.12.3',
    ]);
    const images = read(directory, 'Dockerfile').match(/^(?:FROM|# syntax).*/gm);
    expect(images).toEqual([
      `# syntax=docker/dockerfile:1@${digest}`,
      'FROM node:26-trixie-slim AS build',
      'FROM gcr.io/distroless/nodejs26-debian14:nonroot',
    ]);
    expect(read(directory, 'infra/sidecars.tf').match(/[\w-]+:v?\d+\.\d+\.\d+/g)).toEqual([
      'aws-for-fluent-bit:3.6.1',
      'aws-otel-collector:v0.51.0',
    ]);
  });

  test('is told which of two stands, and why', async () => {
    const { plan } = await layAndUpgrade();
    const lines = showUpgrade(plan, {
      bold: plain,
      dim: plain,
      red: plain,
      green: plain,
      yellow: plain,
      cyan: plain,
    }).split('\n');
    const find = (path: string) => lines.find((line) => line.includes(`  ${path}: `));
    expect(find('.github/workflows/build.yml')).toBe(
      'merged       .github/workflows/build.yml: kept yours: actions/checkout v8.0.2 is newer than v7.1.0; ' +
        'in place of yours: actions/setup-node v8.0.0 is newer than v7.0.3',
    );
    expect(find('Dockerfile')).toBe(
      'merged       Dockerfile: in place of yours: node 26-trixie-slim is newer than 24-trixie-slim; ' +
        'in place of yours: gcr.io/distroless/nodejs26-debian14:nonroot, ' +
        'since a digest is all that was added to gcr.io/distroless/nodejs24-debian13:nonroot',
    );
    expect(find('infra/sidecars.tf')).toMatch(
      /kept yours: public\.ecr\.aws\S+fluent-bit 3\.6\.1 is newer than 3\.5\.0$/,
    );
  });

  test('is left alone by a second upgrade', async () => {
    const { directory } = await layAndUpgrade();
    const before = lookAt(directory);
    const again = await upgradeIt(directory);
    expect([again.status, again.code]).toEqual(['current', 0]);
    expect(lookAt(directory)).toEqual(before);
  });
});
