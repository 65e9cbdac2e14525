/** The environment of a user's shell: nothing of this repo is found from it but the wanted Node. */
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The variables for a program started with `extendEnv: false`, where `node` is the given one. Without npm's own
 * variables, which would point a nested npm at this repo, and without this repo's programs, which would hide a
 * dependency that an emitted repo lacks.
 */
export function userShell(node: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:npm_|vitest|node$|node_(?:env|options|path)$|init_cwd$|path$|test$|dev$|prod$|mode$|ssr$|base_url$)/i.test(
        name,
      ),
  );
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])),
    PATH: [dirname(node), ...path].join(delimiter),
    // npm asks before it runs a package it has to download.
    npm_config_yes: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}
