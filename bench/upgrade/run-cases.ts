/** Runs every case with both tools, and prints what came of it as a table. */
import { join } from 'node:path';
import type { Case, Finding } from './case.ts';
import { casesOfEdits } from './cases-of-edits.ts';
import { casesOfFiles } from './cases-of-files.ts';
import { casesOfRuns } from './cases-of-runs.ts';
import { holdingTests } from './holding-tests.ts';
import type { Tool } from './tool.ts';

export const cases: readonly Case[] = [...casesOfEdits, ...casesOfFiles, ...casesOfRuns];

/** `home` is an empty folder. `tell` hears of each case as it ends. Returns a table, what is not right in bold. */
export function runCases(tools: readonly Tool[], home: string, tell: (line: string) => void): string {
  let count = 0;
  const newFolder = () => join(home, `${count++}`);
  const rows = cases.map((one) => {
    const findings = tools.map((tool) => {
      const leftOut = one.leftOut?.[tool.name];
      const found = leftOut === undefined ? print(one.run(tool, newFolder)) : `not run: ${leftOut}`;
      tell(`${tool.name}, ${one.title}: ${found}`);
      return found;
    });
    const title = one.known === undefined ? one.title : `${one.title} (${one.known})`;
    return `| ${[title, ...findings, nameTest(one.title)].join(' | ')} |`;
  });
  const head = ['case', ...tools.map(({ name }) => name), 'held by'];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}

function nameTest(title: string): string {
  const test = holdingTests[title];
  if (test === undefined) throw new Error(`no test is named for: ${title}`);
  return `[${test.names.at(-1)}](../${test.file})`;
}

function print({ fine, says }: Finding): string {
  return fine ? says : `**${says}**`;
}
