/**
 * `npm run bench [-- --rounds N]`: measures, and rewrites RESULTS.md and chart.svg. `-- --only server [--short]
 * [--repo FOLDER]` measures the emitted server alone, that of a repo already built if one is named, and prints it;
 * `--only upgrade` upgrades, and `--only upgrade-cases` rewrites the table of docs/upgrade.md.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { findNode } from '../scripts/find-node.ts';
import { measure } from './measure.ts';
import { type Installed, installPackage } from './package-size.ts';
import { drawRatios, printResults, type Run } from './report.ts';
import { measureServer, sizes } from './server/measure.ts';
import { bundlePrograms, emitRepo } from './server/programs.ts';
import { printServer } from './server/report.ts';
import { listSubjects, writeProtos } from './subjects.ts';
import { benchUpgrade, compareUpgrades } from './upgrade/bench.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
    repo: { type: 'string' },
  },
});
const rounds = Number(values.rounds);

const folder = mkdtempSync(join(tmpdir(), 'bench-package-'));
try {
  if (values.only === 'server') {
    console.log(await benchServer(values.repo ?? (await emitRepo((await install()).cli, join(folder, 'repo')))));
  } else if (values.only === 'upgrade') {
    await installPeers();
    console.log(await benchUpgrade(await findNode(24), (await install()).cli, folder, rounds));
  } else if (values.only === 'upgrade-cases') {
    await compareUpgrades(await findNode(24), (await install()).cli, folder);
  } else {
    await installPeers();
    const installed = await install();
    const runs = await benchScaffolding(installed);
    const machine = `${cpus().length} cores, ${process.platform} ${process.arch}`;
    const server = await benchServer(await emitRepo(installed.cli, join(folder, 'repo')));
    // copier takes seconds a run.
    const upgrades = await benchUpgrade(
      await findNode(24),
      installed.cli,
      join(folder, 'upgrade'),
      Math.min(rounds, 11),
    );
    const results = `${printResults(runs, installed, rounds, machine)}\n${upgrades}\n${server}`;
    writeFileSync(join(here, 'RESULTS.md'), results);
    writeFileSync(join(here, 'chart.svg'), drawRatios(runs));
    console.log(results);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function installPeers(): Promise<void> {
  await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here });
}

async function install(): Promise<Installed> {
  await execa(process.execPath, ['scripts/build.ts'], { cwd: root });
  const home = join(folder, 'package');
  mkdirSync(home);
  return installPackage(root, home);
}

async function benchScaffolding(installed: Installed): Promise<Run[]> {
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
  return runs;
}

/** On the Node of the emitted image. */
async function benchServer(repo: string): Promise<string> {
  const node = await findNode(24);
  const version = (await execa(node, ['--version'])).stdout;
  const programs = await bundlePrograms(repo, join(folder, 'programs'));
  return printServer(await measureServer(node, version, programs, values.short ? sizes.short : sizes.full));
}
