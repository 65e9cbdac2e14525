/** What is timed: our installed package beside create-vite's, and Node doing nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import type { Subject } from './measure.ts';

export const idle = 'node -e 0';
export const viteHelp = 'create-vite --help';
export const viteScaffold = 'create-vite (vanilla-ts)';
export const ourHelp = 'create-grpc-aws --help';
export const ourScaffold = 'create-grpc-aws orders';
export const serviceCounts = [1, 10, 100] as const;

const vite = fileURLToPath(new URL('node_modules/create-vite/index.js', import.meta.url));

/** `cli` is the installed package's; `protos` holds a folder of protos per count, written by `writeProtos`. */
export function listSubjects(cli: string, protos: string): Subject[] {
  const unattended = ['--yes', '--no-install', '--no-git'];
  // As from a registry: what is installed here came as a tarball, of which each repo would get a copy.
  const env = { ...process.env, GRPC_AWS_PACKAGE: manifest.version };
  return [
    { name: idle, args: () => ['-e', '0'] },
    { name: viteHelp, args: () => [vite, '--help'] },
    { name: ourHelp, args: () => [cli, '--help'] },
    {
      name: viteScaffold,
      args: () => [vite, 'app', '--template', 'vanilla-ts', '--no-interactive'],
      writes: 'app/package.json',
    },
    { name: ourScaffold, args: () => [cli, 'orders', ...unattended], env, writes: 'orders/package.json' },
    ...serviceCounts.map((count) => ({
      name: nameServices(count),
      args: () => [cli, 'orders', '--proto', join(protos, String(count)), ...unattended],
      env,
      writes: 'orders/package.json',
    })),
  ];
}

export function nameServices(count: number): string {
  return `create-grpc-aws, ${count} service${count === 1 ? '' : 's'} of one's own`;
}

/** One proto file a service, four methods each, in a folder per count. */
export function writeProtos(folder: string): void {
  for (const count of serviceCounts) {
    for (let index = 0; index < count; index++) {
      const home = join(folder, String(count), `team${index}`, 'v1');
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'things.proto'), printProto(index));
    }
  }
}

function printProto(index: number): string {
  return `syntax = "proto3";

package team${index}.v1;

service Things${index}Service {
  rpc GetThing(GetThingRequest) returns (GetThingResponse);
  rpc WatchThing(GetThingRequest) returns (stream GetThingResponse);
  rpc ImportThings(stream GetThingRequest) returns (GetThingResponse);
  rpc Discuss(stream GetThingRequest) returns (stream GetThingResponse);
}

message GetThingRequest {
  string id = 1;
}

message GetThingResponse {
  string id = 1;
}
`;
}
