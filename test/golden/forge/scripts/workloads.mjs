/** The workloads of this repo, in the order of grpc-aws.json, in which their ports are counted. */

import { readFileSync } from 'node:fs';

/** @returns {string[]} */
export function listWorkloads() {
  /** @type {{ workloads: { name: string }[] }} */
  const { workloads } = JSON.parse(readFileSync('grpc-aws.json', 'utf8'));
  return workloads.map(({ name }) => name);
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
