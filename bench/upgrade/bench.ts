/** Upgrades, measured and compared: what `npm run bench` runs of this folder. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from '../measure.ts';
import { writeProtos } from '../subjects.ts';
import { installCopier, useCopier } from './copier.ts';
import { emitSubject, useOurs } from './ours.ts';
import { putTable } from './put-table.ts';
import { printUpgrades } from './report.ts';
import { runCases } from './run-cases.ts';
import { listUpdates } from './subjects.ts';
import { listSyntheses } from './syntheses.ts';

/** With its handler, test, proto and main each adds four files: with the rest about 200. */
const workloads = 24;
const comparison = fileURLToPath(new URL('../../docs/upgrade.md', import.meta.url));

/** `cli` is the built one, `home` an empty folder. Returns a part of RESULTS.md. */
export async function benchUpgrade(node: string, cli: string, home: string, rounds: number): Promise<string> {
  const copier = await installCopier();
  const [large, small] = [makeFolder(home, 'large'), makeFolder(home, 'small')];
  writeProtos(join(large, 'protos'));
  const flags = Array.from({ length: workloads }, (_, index) => {
    return `--workload=team${index}=${join(large, 'protos', '100', `team${index}`)}`;
  });
  const subject = emitSubject(node, cli, large, flags);
  const tools = [useOurs(node, cli, subject), useCopier(copier, subject, makeFolder(large, 'templates'))];
  const updates = tools.flatMap((tool) => listUpdates(tool, subject, makeFolder(large, tool.name)));
  const sample = emitSubject(node, cli, small, []);
  const syntheses = listSyntheses(node, useOurs(node, cli, sample), sample, small);
  return printUpgrades({
    files: subject.files.size,
    rounds,
    updates: measure(node, updates, rounds, join(large, 'rounds')),
    syntheses: measure(node, syntheses, rounds, join(small, 'rounds')),
  });
}

/** Runs every case with copier and with ours, and puts the table into the document of upgrades. */
export async function compareUpgrades(node: string, cli: string, home: string): Promise<string> {
  const subject = emitSubject(node, cli, makeFolder(home, 'emitted'), []);
  const copier = useCopier(await installCopier(), subject, makeFolder(home, 'templates'));
  const table = runCases([copier, useOurs(node, cli, subject)], makeFolder(home, 'cases'), console.log);
  writeFileSync(comparison, putTable(readFileSync(comparison, 'utf8'), table));
  return table;
}

function makeFolder(home: string, name: string): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
