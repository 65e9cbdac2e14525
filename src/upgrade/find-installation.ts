/** Whether an upgrade changes what is to be installed. */
import type { DiskChange } from '../plan/journal.ts';

/** What npm reads beside the names and ranges themselves. */
const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

export function changesDependencies(writes: readonly DiskChange[]): boolean {
  const write = writes.find(({ path }) => path === 'package.json');
  return write !== undefined && readSections(write.before?.bytes) !== readSections(write.after?.bytes);
}

function readSections(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  const text = new TextDecoder().decode(bytes);
  try {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(sections.map((name) => manifest[name] ?? {}));
  } catch {
    // What is no JSON cannot be told apart: npm is to say what it thinks of it.
    return text;
  }
}
