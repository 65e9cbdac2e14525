/** `npm run bench [-- --rounds N]`: measures, and rewrites RESULTS.md and chart.svg. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { findNode } from '../scripts/find-node.ts';
import { measure } from './measure.ts';
import { installPackage } from './package-size.ts';
import { drawRatios, printResults, type Run } from './report.ts';
import { listSubjects, writeProtos } from './subjects.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '21' } } });
const rounds = Number(values.rounds);

const folder = mkdtempSync(join(tmpdir(), 'bench-package-'));
try {
  await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here });
  await execa(process.execPath, ['scripts/build.ts'], { cwd: root });
  const installed = await installPackage(root, folder);
  const protos = join(folder, 'protos');
  writeProtos(protos);
  const subjects = listSubjects(installed.cli, protos);

  const runs: Run[] = [];
  for (const major of [20, 24] as const) {
    const node = await findNode(major);
    const version = (await execa(node, ['--version'])).stdout;
    console.log(`Node ${version}: ${rounds} rounds`);
    runs.push({ node: version, samples: measure(node, subjects, rounds, join(folder, version)) });
  }
  const machine = `${cpus().length} cores, ${process.platform} ${process.arch}`;
  const results = printResults(runs, installed, rounds, machine);
  writeFileSync(join(here, 'RESULTS.md'), results);
  writeFileSync(join(here, 'chart.svg'), drawRatios(runs));
  console.log(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
