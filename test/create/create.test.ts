import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { create } from '../../src/create/create.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { basePath, manifestPath } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { openPorts, request } from './creation-ports.ts';

vi.mock('../../src/render/render.ts', () => import('./stand-in-render.ts'));

const proto =
  'syntax = "proto3";\npackage shop.v1;\nimport "shop/v1/item.proto";\nservice Shop { rpc Buy(Item) returns (Item); }\n';
const item = 'syntax = "proto3";\npackage shop.v1;\nmessage Item {}\n';
const commitCommands = ['git init -b main', 'git add -A', 'git commit -m "Create orders with create-grpc-aws 0.1.0"'];

let root: string;
let directory: string;
beforeEach(() => {
  root = makeTemporaryFolder();
  directory = join(root, 'orders');
});

function read(path: string): string {
  return readFileSync(join(directory, path), 'utf8');
}

function layProtos(): string {
  mkdirSync(join(root, 'api/shop/v1'), { recursive: true });
  writeFileSync(join(root, 'api/shop/v1/shop.proto'), proto);
  writeFileSync(join(root, 'api/shop/v1/item.proto'), item);
  return 'api';
}

async function catchUserError(attempt: Promise<unknown>): Promise<UserError> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('what is written', () => {
  test('a workload without protos begins with the sample', async () => {
    const { status, code, spec, plan } = await create(request(directory), openPorts(root));
    expect({ status, code }).toEqual({ status: 'created', code: 0 });
    expect(spec.workloads).toEqual([{ name: 'orders', protos: ['orders/v1'] }]);
    expect(read('src/workloads/orders/main.ts')).toBe('// sample\n');
    expect(read('proto/orders/v1/sample.proto')).toBe('syntax = "proto3";\n');
    expect(plan.totals.files).toBe(plan.added.length);
  });

  test('given protos are copied as they are, with what they import, and are the user’s', async () => {
    const workloads = [{ name: 'orders', protos: [layProtos()] }];
    const { spec, plan } = await create(request(directory, { workloads }), openPorts(root));
    expect(spec.workloads).toEqual([{ name: 'orders', protos: ['shop'] }]);
    expect(read('proto/shop/v1/shop.proto')).toBe(proto);
    expect(read('proto/shop/v1/item.proto')).toBe(item);
    expect(read('src/workloads/orders/main.ts')).toBe('// shop\n');
    expect(plan.added.find(({ path }) => path === 'proto/shop/v1/shop.proto')?.ownership).toBe('seeded');
    expect(existsSync(join(directory, 'proto/orders'))).toBe(false);
  });

  test('one workload may have protos and another the sample', async () => {
    const workloads = [
      { name: 'billing', protos: [layProtos()] },
      { name: 'orders', protos: [] },
    ];
    const { spec, contract } = await create(request(directory, { workloads }), openPorts(root));
    expect(spec.workloads.map(({ protos }) => protos)).toEqual([['shop'], ['orders/v1']]);
    expect(contract.services.map(({ fullName }) => fullName)).toEqual(['orders.v1.OrdersService', 'shop.v1.Shop']);
    expect(read('src/workloads/billing/main.ts')).toBe('// shop\n');
    expect(read('src/workloads/orders/main.ts')).toBe('// sample\n');
  });

  test('the manifest and the base describe the files', async () => {
    const { plan } = await create(request(directory), openPorts(root));
    const manifest = readManifest(read(manifestPath), read(basePath));
    expect(manifest.version).toBe('0.1.0');
    expect([...manifest.files.keys()]).toEqual(plan.added.map(({ path }) => path));
    for (const [path, text] of manifest.base) {
      expect(read(path)).toBe(text);
    }
  });

  test('twice the same answers give the same bytes', async () => {
    await create(request(directory), openPorts(root));
    const other = join(root, 'other');
    await create(request(other), openPorts(root));
    for (const path of readManifest(read(manifestPath), read(basePath)).files.keys()) {
      expect(readFileSync(join(other, path), 'utf8')).toBe(read(path));
    }
  });
});

describe('what writes nothing', () => {
  test('a dry run plans alone', async () => {
    const ports = openPorts(root);
    const { status, code, plan } = await create(request(directory, { dryRun: true }), ports);
    expect({ status, code }).toEqual({ status: 'planned', code: 0 });
    expect(plan.added.length).toBeGreaterThan(5);
    expect([readdirSync(root), ports.calls, ports.steps]).toEqual([[], [], []]);
  });

  test('a no to the plan', async () => {
    const ports = openPorts(root);
    const seen: number[] = [];
    ports.confirm = async ({ totals }) => {
      seen.push(totals.files);
      return false;
    };
    const { status, plan } = await create(request(directory), ports);
    expect(status).toBe('declined');
    expect(seen).toEqual([plan.totals.files]);
    expect([readdirSync(root), ports.calls]).toEqual([[], []]);
  });

  test('a folder with other files', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'main.go'), '');
    const ports = openPorts(root);
    const error = await catchUserError(create(request(directory), ports));
    expect(error.code).toBe(exitCode.refused);
    expect(error.message).toContain('main.go');
    expect([readdirSync(directory), ports.calls]).toEqual([['main.go'], []]);
  });

  test('a proto that cannot be read', async () => {
    writeFileSync(join(root, 'bad.proto'), 'syntax = "proto3";\nservice {');
    const workloads = [{ name: 'orders', protos: ['bad.proto'] }];
    const error = await catchUserError(create(request(directory, { workloads }), openPorts(root)));
    expect(error.code).toBe(exitCode.refused);
    expect(readdirSync(root)).toEqual(['bad.proto']);
  });

  test('a sample where given protos stand', async () => {
    const workloads = [
      { name: 'billing', protos: [layProtos()] },
      { name: 'shop', protos: [] },
    ];
    const error = await catchUserError(create(request(directory, { workloads }), openPorts(root)));
    expect(error.code).toBe(exitCode.usage);
    expect(error.message).toBe(
      '--workload shop: its sample would stand in proto/shop/v1/, where proto/shop/v1/item.proto stands',
    );
    expect(readdirSync(root)).toEqual(['api']);
  });

  test('an interrupt before the files are in place', async () => {
    const ports = openPorts(root);
    ports.signal = AbortSignal.abort();
    const error = await catchUserError(create(request(directory), ports));
    expect(error.code).toBe(exitCode.interrupted);
    expect([readdirSync(root), ports.calls]).toEqual([[], []]);
    expect(ports.steps).toEqual(['write: begins', 'write: fails']);
  });
});

describe('what comes after the files', () => {
  test('the packages come first, then the commit', async () => {
    const ports = openPorts(root, ({ onLine }) => {
      onLine?.('added 1 package');
      return undefined;
    });
    const { install, git, remaining } = await create(request(directory), ports);
    expect([install, git, remaining]).toEqual([{ status: 'done' }, { status: 'done' }, []]);
    expect(ports.calls).toEqual([
      'npm install --no-audit --no-fund',
      'git -c init.defaultBranch=main init --quiet',
      'git add --all',
      'git commit --quiet --message Create orders with create-grpc-aws 0.1.0',
    ]);
    expect(ports.steps).toEqual([
      'write: begins',
      'write: succeeds',
      'install: begins',
      'install: added 1 package',
      'install: succeeds',
      'commit: begins',
      'commit: succeeds',
    ]);
  });

  test('what is not asked for is left out, and the installation is left to the user', async () => {
    const ports = openPorts(root);
    const { code, install, git, remaining } = await create(request(directory, { install: false, git: false }), ports);
    expect(code).toBe(0);
    expect([install.status, git.status]).toEqual(['skipped', 'skipped']);
    expect([ports.calls, remaining]).toEqual([[], ['npm install']]);
  });

  test('without an installation there is still a commit', async () => {
    const ports = openPorts(root);
    const { git, remaining } = await create(request(directory, { install: false }), ports);
    const lockfile = ['git add package-lock.json', 'git commit -m "Add the lockfile"'];
    expect([git.status, remaining]).toEqual(['done', ['npm install', ...lockfile]]);
  });

  test('the package manager is the one that was asked for, to the name of its lockfile', async () => {
    const yarn = { settings: { packageManager: 'yarn' } } as const;
    const ports = openPorts(root);
    expect((await create(request(directory, yarn), ports)).remaining).toEqual([]);
    expect(ports.calls[0]).toBe('yarn install --no-immutable');
    const later = request(join(root, 'later/orders'), { ...yarn, install: false });
    const lockfile = ['git add yarn.lock', 'git commit -m "Add the lockfile"'];
    expect((await create(later, openPorts(root))).remaining).toEqual(['yarn install', ...lockfile]);
  });

  test('an installation that fails leaves the repo, exit 1, and says what to run', async () => {
    const output = `${'noise\n'.repeat(50)}npm error code ENOTFOUND\n`;
    const ports = openPorts(root, ({ program }) => (program === 'npm' ? { exitCode: 1, output } : undefined));
    const { status, code, install, git, remaining } = await create(request(directory), ports);
    expect([status, code]).toEqual(['created', exitCode.refused]);
    expect(install).toMatchObject({
      status: 'failed',
      fault: {
        message: '`npm install` failed: exit code 1',
        hint: "Run it again in the project's folder: `npm install`.",
      },
    });
    expect(install.status === 'failed' && install.output.split('\n')).toHaveLength(20);
    expect(git.status).toBe('skipped');
    expect(remaining).toEqual(['npm install', ...commitCommands]);
    expect(ports.calls).toHaveLength(1);
    expect(read('package.json')).toContain('orders');
  });

  test('an npm that cannot be started is told', async () => {
    const ports = openPorts(root, () => ({ exitCode: undefined, startFault: 'spawn npm ENOENT' }));
    const { code, install } = await create(request(directory), ports);
    expect(code).toBe(exitCode.refused);
    expect(install).toMatchObject({ fault: { message: '`npm install` failed: spawn npm ENOENT' } });
  });

  test.each([
    ['npm', ['npm install', ...commitCommands]],
    ['git', commitCommands],
  ])('an interrupt during %s leaves the repo, exit 130', async (interrupted, left) => {
    const controller = new AbortController();
    const ports = openPorts(root, ({ program }) => {
      if (program !== interrupted) {
        return undefined;
      }
      controller.abort();
      return { exitCode: undefined };
    });
    ports.signal = controller.signal;
    const { status, code, remaining } = await create(request(directory), ports);
    expect([status, code, remaining]).toEqual(['created', exitCode.interrupted, left]);
    expect(existsSync(join(directory, 'package.json'))).toBe(true);
  });
});
