/** The workloads of this repo: the folders of src/workloads. */

import { readdirSync } from 'node:fs';

/** @returns {string[]} */
export function listWorkloads() {
  const entries = readdirSync('src/workloads', { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Those named, or all.
 * @param {readonly string[]} names
 */
export function chooseWorkloads(names) {
  const all = listWorkloads();
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length === 0) return names.length > 0 ? [...names] : all;
  console.error(`No workload ${unknown.join(', ')}. There is: ${all.join(', ')}.`);
  process.exit(2);
}
