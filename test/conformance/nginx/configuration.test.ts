import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { replaceableVersions, versions } from '../../../src/versions.ts';
import { makeTemporaryFolder } from '../../tree/temporary-folder.ts';
import { describeEdgeSpec, mapText, renderEdge } from './edge-files.ts';
import { findNginx } from './find-nginx.ts';
import { findProbe } from './find-probe.ts';

const found = findNginx();
/** Told as one that is skipped, where there is none. */
const installed = typeof found === 'string' ? [{ version: 'any version', command: '' }] : found;

test.for(installed)('nginx $version takes the configuration for its version, without a warning', (nginx, { skip }) => {
  if (typeof found === 'string') return skip(found);
  for (const workloads of [['orders'], ['orders', 'billing', 'ledger']]) {
    const spec = describeEdgeSpec(workloads, { nginxVersion: nginx.version });
    expect(testConfiguration(nginx.command, renderEdge(spec, 'nginx.conf'))).toEqual(['', 0]);
  }
});

test.for(installed)('nginx $version takes what compose has, and looks names up as it starts', (nginx, { skip }) => {
  if (typeof found === 'string') return skip(found);
  const spec = describeEdgeSpec(['orders', 'billing'], { nginxVersion: nginx.version });
  const emitted = renderEdge(spec, 'compose.conf');
  const mapped = mapText(emitted, {
    'server orders:8080 ': 'server 127.0.0.1:8080 ',
    'server billing:8080 ': 'server 127.0.0.1:8081 ',
  });
  expect(testConfiguration(nginx.command, mapped)).toEqual(['', 0]);
  // The same as in a task, addresses apart.
  const bare = (text: string) => text.slice(text.indexOf('worker_processes'));
  expect(bare(mapped)).toBe(bare(renderEdge(spec, 'nginx.conf')));
  const nowhere = mapText(emitted, { 'server orders:8080 ': 'server orders.invalid:8080 ' });
  const [said, code] = testConfiguration(nginx.command, nowhere);
  expect(said).toContain('host not found in upstream "orders.invalid:8080"');
  expect(code).toBe(1);
});

test('nginx 1.22 would refuse what the pinned version takes, and that one warns of what 1.22 takes', ({ skip }) => {
  if (typeof found === 'string') return skip(found);
  for (const { command, version } of found) {
    const isOld = Number(version.split('.')[1]) < 25;
    const other = describeEdgeSpec(['orders'], isOld ? {} : { nginxVersion: '1.22' });
    const [said, code] = testConfiguration(command, renderEdge(other, 'nginx.conf'));
    expect(said).toMatch(isOld ? /unknown directive "http2"/ : /"listen \.\.\. http2" directive is deprecated/);
    expect(code).toBe(isOld ? 1 : 0);
  }
});

describe('the directive of HTTP/2', () => {
  it.each([
    [undefined, 'http2 on;'],
    [replaceableVersions.nginx.version, 'http2 on;'],
    ['1.25.1', 'http2 on;'],
    ['1.25', 'http2 on;'],
    ['1.25.0', 'listen 10080 http2;'],
    ['1.24', 'listen 10080 http2;'],
    ['1.22.1', 'listen 10080 http2;'],
  ])('of nginx %s is %s', (nginxVersion, directive) => {
    const text = renderEdge(describeEdgeSpec(['orders'], nginxVersion ? { nginxVersion } : {}), 'nginx.conf');
    expect(text.match(/http2 on;|listen 10080 http2;/g)).toEqual([directive]);
  });
});

describe('the image', () => {
  it('is of the version that is asked for, or of the pinned one', () => {
    expect(renderEdge(describeEdgeSpec(['orders']), 'Dockerfile')).toContain(
      `FROM nginx:${replaceableVersions.nginx.version}-alpine-slim\n`,
    );
    expect(renderEdge(describeEdgeSpec(['orders'], { nginxVersion: '1.22.1' }), 'Dockerfile')).toContain(
      'FROM nginx:1.22.1-alpine-slim\n',
    );
  });

  it('builds the probe from its source, as one program that needs nothing else', () => {
    const file = renderEdge(describeEdgeSpec(['orders']), 'Dockerfile');
    expect(file).toMatch(/^FROM golang:1\.\d+-alpine AS probe$/m);
    const { version } = versions.grpcHealthProbe;
    expect(file).toContain(
      `CGO_ENABLED=0 go install -trimpath -ldflags="-s -w" github.com/grpc-ecosystem/grpc-health-probe@${version}\n`,
    );
    expect(file).toContain('COPY --from=probe /go/bin/grpc-health-probe /bin/grpc-health-probe\n');
  });

  test('has a probe that no library of the image is for', ({ skip }) => {
    const own = findProbe();
    if ('reason' in own) return skip(own.reason);
    const program = execFileSync('sh', ['-c', 'cat "$(command -v "$0")"', own.command], { maxBuffer: 2 ** 26 });
    expect(program.subarray(1, 4).toString()).toBe('ELF');
    for (const loader of ['ld-linux', 'ld-musl']) expect(program.includes(loader)).toBe(false);
  });

  it('starts by a script that a shell takes', () => {
    execFileSync('sh', ['-n'], { input: renderEdge(describeEdgeSpec(['orders']), 'start.sh') });
  });
});

/** What `nginx -t` complains of, and how it ends. */
function testConfiguration(command: string, emitted: string): [string, number | null] {
  const folder = makeTemporaryFolder();
  const path = join(folder, 'nginx.conf');
  writeFileSync(path, mapText(emitted, { '/tmp/nginx': `${folder}/nginx`, '/dev/stdout': `${folder}/calls` }));
  const { status, stderr } = spawnSync(command, ['-t', '-p', folder, '-c', path, '-e', 'stderr'], { encoding: 'utf8' });
  const said = stderr.split('\n').filter((line) => line !== '' && !/syntax is ok|test is successful/.test(line));
  return [said.join('\n'), status];
}
