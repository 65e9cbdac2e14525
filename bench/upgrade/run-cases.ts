/** Runs every case with both tools, and prints what came of it as a table. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, Finding } from './case.ts';
import { casesOfEdits } from './cases-of-edits.ts';
import { casesOfFiles } from './cases-of-files.ts';
import { casesOfRuns } from './cases-of-runs.ts';
import type { Tool } from './tool.ts';

export const cases: readonly Case[] = [...casesOfEdits, ...casesOfFiles, ...casesOfRuns];

export interface Row {
  title: string;
  /** In the order of the tools. */
  findings: readonly string[];
}

/** `home` is an empty folder. `tell` hears of each case as it ends. */
export function runCases(tools: readonly Tool[], home: string, tell: (line: string) => void): Row[] {
  let count = 0;
  return cases.map((one) => {
    const findings = tools.map((tool) => {
      const newFolder = () => join(home, `${count++}`);
      mkdirSync(home, { recursive: true });
      const leftOut = one.leftOut?.[tool.name];
      const found = leftOut === undefined ? print(one.run(tool, newFolder)) : `not run: ${leftOut}`;
      tell(`${one.title} | ${tool.name}: ${found}`);
      return found;
    });
    return { title: one.title, findings };
  });
}

function print({ fine, says }: Finding): string {
  return fine ? says : `**${says}**`;
}
