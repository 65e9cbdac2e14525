/** Kills an update at moments spread over its run, and looks whether the repo is as before, or wholly updated. */
import { cpSync } from 'node:fs';
import { type Finding, findFailure, fine, wrong } from './case.ts';
import { append } from './edits.ts';
import { withOlderLine } from './judge.ts';
import { placeRepo } from './places.ts';
import { commitAll, finish } from './run-quietly.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Tool } from './tool.ts';

const kills = 24;
/** Enough files that writing them takes a while. */
const changed = [
  'Dockerfile',
  'compose.yaml',
  'buf.yaml',
  'buf.gen.yaml',
  '.gitignore',
  '.dockerignore',
  '.env.example',
];

export function killInTheMiddle(tool: Tool, newFolder: () => string): Finding {
  const older = { texts: Object.fromEntries(changed.map((path) => [path, withOlderLine])) };
  const start = placeRepo('repo', newFolder(), (folder) => tool.create(older, folder));
  append('Dockerfile')(start);
  commitAll(start, 'Edit');
  const before = takeSnapshot(start);
  const copyStart = () => {
    const repo = newFolder();
    cpSync(start, repo, { recursive: true });
    return repo;
  };

  const whole = copyStart();
  const began = performance.now();
  const unhindered = finish(tool.update, whole);
  const took = performance.now() - began;
  const failure = findFailure(unhindered);
  if (failure !== undefined) return failure;
  const after = takeSnapshot(whole);

  let half = 0;
  let unmended = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const repo = copyStart();
    finish(tool.update, repo, Math.round((took * kill) / kills));
    const left = takeSnapshot(repo);
    if (left !== before && left !== after) half += 1;
    finish(tool.update, repo);
    if (takeSnapshot(repo) !== after) unmended += 1;
  }
  const says = `${half} of ${kills} kills leave half an update`;
  if (unmended > 0) return wrong(`${says}; the next run leaves ${unmended} so`);
  return fine(half === 0 ? 'as before or wholly updated' : `${says}; the next run finishes it`);
}
