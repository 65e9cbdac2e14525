/** Takes the shared Google protos (google/api, rpc, type, longrunning) from their npm package into the source tree. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const source = { package: 'google-proto-files', version: '6.0.1', license: 'Apache-2.0' };
const folders = ['google/api', 'google/longrunning', 'google/rpc', 'google/rpc/context', 'google/type'];
const target = join(import.meta.dirname, '../src/contract/google-protos.json');

const folder = mkdtempSync(join(tmpdir(), 'google-protos-'));
try {
  const { stdout } = await execa('npm', ['pack', '--json', `${source.package}@${source.version}`], { cwd: folder });
  const [packed] = JSON.parse(stdout) as { filename: string; integrity: string }[];
  if (!packed) throw new Error(`npm packed nothing for ${source.package}@${source.version}`);
  await execa('tar', ['xzf', packed.filename], { cwd: folder });
  const paths = folders.flatMap((one) =>
    readdirSync(join(folder, 'package', one))
      .filter((name) => name.endsWith('.proto'))
      .map((name) => `${one}/${name}`),
  );
  const files = Object.fromEntries(
    paths.sort().map((path) => [path, readFileSync(join(folder, 'package', path), 'utf8')]),
  );
  writeFileSync(target, `${JSON.stringify({ source: { ...source, integrity: packed.integrity }, files }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
