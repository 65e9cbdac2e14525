/** Makes one call to a running server as a command line says, its messages as JSON. */

import { parseArgs } from 'node:util';
import { Metadata, status as Status } from '@grpc/grpc-js';
import type { Detail } from '../server/details.ts';
import { readDetail } from '../server/error-details.ts';
import { CallError } from './call-error.ts';
import { type Channel, connect } from './channel.ts';
import { type CallOptions, createClient } from './client.ts';
import { type FoundMethod, findMessage, findMethod, listMethods } from './methods.ts';
import { readRequests } from './requests.ts';
import { blameUsage, UsageError } from './usage-error.ts';

const USAGE = `npm run call -- [options] package.Service/Method [JSON]...

A stream of requests is several arguments or one JSON array. Each response is
printed as a line of JSON. Without a method, all methods are listed.

  --address HOST:PORT       default: localhost, PORT from the environment or 8080
  --tls                     TLS, with the authorities that Node trusts
  --ca FILE                 TLS, with this authority
  --cert FILE --key FILE    TLS, and who we are, where the server wants to know
  -H, --header 'KEY: VALUE' metadata, repeatable; a binary value in base64
  --deadline SECONDS        how long to wait`;

/** Where the command writes lines. */
export interface Output {
  log(line: string): unknown;
  error(line: string): unknown;
}

/** Resolves to the exit code: 0 answered, 1 the call failed, 2 the command line is wrong, or nothing is generated. */
export async function runCall(args: readonly string[], output: Output): Promise<number> {
  try {
    await call(args, output);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      output.error(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (!(error instanceof CallError)) throw error;
    output.error(`${Status[error.code]}: ${error.message}`);
    for (const detail of error.details) output.error(`  ${await describe(detail)}`);
    return 1;
  }
}

async function call(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [path, ...json] = positionals;
  if (values.help || path === undefined) {
    output.log(values.help ? USAGE : (await listMethods()).join('\n'));
    return;
  }

  const found = await findMethod(path);
  if (found === undefined) throw new UsageError(`No ${path}. There is:\n  ${(await listMethods()).join('\n  ')}`);
  const requests = readRequests(json, found.method);
  const options = { metadata: readHeaders(values.header), ...readDeadline(values.deadline) };
  const { address, tls, ca, cert, key } = values;
  // It reads the files, and refuses an address of no known kind.
  const channel = blameUsage(() => connect(address, tls || ca || cert || key ? { ca, cert, key } : undefined));
  try {
    for await (const response of exchange(channel, found, requests, options)) output.log(JSON.stringify(response));
  } finally {
    channel.close();
  }
}

function readArguments(args: readonly string[]) {
  return blameUsage(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        address: { type: 'string', default: `localhost:${process.env.PORT || 8080}` },
        tls: { type: 'boolean', default: false },
        ca: { type: 'string' },
        cert: { type: 'string' },
        key: { type: 'string' },
        header: { type: 'string', short: 'H', multiple: true, default: [] },
        deadline: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
}

function readHeaders(headers: readonly string[]): Metadata {
  const metadata = new Metadata();
  for (const header of headers) {
    const [, key, value] = /^([^:\s]+):\s*(.*)$/.exec(header) ?? [];
    if (key === undefined || value === undefined) throw new UsageError(`This is no 'KEY: VALUE': ${header}`);
    blameUsage(() => metadata.add(key, key.endsWith('-bin') ? Buffer.from(value, 'base64') : value));
  }
  return metadata;
}

function readDeadline(seconds: string | undefined): { timeoutMs?: number } {
  if (seconds === undefined) return {};
  if (!(Number(seconds) > 0)) throw new UsageError(`This is no number of seconds: ${seconds}`);
  return { timeoutMs: Number(seconds) * 1000 };
}

async function* exchange(
  channel: Channel,
  { service, key, method }: FoundMethod,
  requests: readonly unknown[],
  options: CallOptions,
) {
  const client: Readonly<Record<string, (input: unknown, options: CallOptions) => unknown>> = createClient(
    service,
    channel,
  );
  const output = client[key]?.(method.requestStream ? requests : requests[0], options);
  const responses = method.responseStream ? (output as AsyncIterable<unknown>) : [output];
  for await (const response of responses) yield method.responseType.toJSON(response);
}

/** In words, if the type is one in common use or this repo's own. */
async function describe(detail: Detail): Promise<string> {
  const known = readDetail(detail);
  if (known !== undefined) return JSON.stringify(known);
  const codec = await findMessage(detail.type);
  return `${detail.type} ${codec ? JSON.stringify(codec.toJSON(codec.decode(detail.value))) : Buffer.from(detail.value).toString('base64')}`;
}
