/** Says what to do about an import that is nowhere. */
import type { Fault } from '../errors.ts';
import { versions } from '../versions.ts';

/** @param places every folder that was looked in, as messages call them, in that order */
export function describeMissing(path: string, at: string, places: readonly string[]): Fault {
  return {
    message: `imports ${JSON.stringify(path)}, which is in none of: ${places.join(', ')}`,
    at,
    hint: suggest(path, places[0] ?? '.'),
  };
}

function suggest(path: string, root: string): string {
  const module = registryModules.find(([prefix]) => path.startsWith(prefix))?.[1];
  return !module
    ? `Add the folder it is imported from: --proto FOLDER (FOLDER/${path} is then found).`
    : `Put it beside your protos: npx -y @bufbuild/buf@${versions.buf.version} export ${module} --output ${quoteForShell(root)}`;
}

/** Modules of the Buf Schema Registry that own these paths, by the names they have at https://buf.build. */
const registryModules: readonly (readonly [string, string])[] = [
  ['buf/validate/', 'buf.build/bufbuild/protovalidate'],
  ['validate/', 'buf.build/envoyproxy/protoc-gen-validate'],
  ['google/protobuf/', ''],
  ['google/', 'buf.build/googleapis/googleapis'],
  ['protoc-gen-openapiv2/', 'buf.build/grpc-ecosystem/grpc-gateway'],
  ['gogoproto/', 'buf.build/gogo/protobuf'],
];

function quoteForShell(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
