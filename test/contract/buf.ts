/** What buf, the real compiler, makes of a set of protos: the truth that contracts are held to. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Contract, Method, ProtoFile, Service } from '../../src/contract/contract.ts';

interface Descriptor {
  name: string;
  package?: string;
  messageType?: MessageDescriptor[];
  enumType?: { name: string }[];
  service?: { name: string; method?: MethodDescriptor[] }[];
}

interface MessageDescriptor {
  name: string;
  nestedType?: MessageDescriptor[];
  enumType?: { name: string }[];
}

interface MethodDescriptor {
  name: string;
  inputType: string;
  outputType: string;
  clientStreaming?: boolean;
  serverStreaming?: boolean;
}

const root = join(import.meta.dirname, '../..');

export interface BufAnswer {
  /** What buf complained of; empty where it is content. */
  complaint: string;
  files: readonly Descriptor[];
}

/** Builds the files as one module in a folder of their own. */
export async function buildWithBuf(protos: readonly ProtoFile[]): Promise<BufAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-buf-'));
  try {
    for (const { path, text } of protos) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { stdout, stderr, exitCode } = await execa(
      'buf',
      ['build', '-o', '-#format=json', '--config', '{"version":"v2"}'],
      { cwd: folder, preferLocal: true, localDir: root, reject: false },
    );
    return exitCode === 0 ? { complaint: '', files: JSON.parse(stdout).file } : { complaint: stderr, files: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The contract that buf's descriptors state. */
export function contractOf({ files }: BufAnswer): Contract {
  const services = files.flatMap((file) =>
    (file.service ?? []).map(
      ({ name, method }): Service => ({
        name,
        fullName: qualify(file.package, name),
        package: file.package ?? '',
        file: file.name,
        methods: (method ?? []).map(describeMethod),
      }),
    ),
  );
  return { services: services.sort((a, b) => (a.fullName < b.fullName ? -1 : 1)) };
}

function describeMethod(method: MethodDescriptor): Method {
  const kinds = method.clientStreaming
    ? (['client-streaming', 'bidi-streaming'] as const)
    : (['unary', 'server-streaming'] as const);
  return {
    name: method.name,
    kind: kinds[method.serverStreaming ? 1 : 0],
    input: method.inputType.slice(1),
    output: method.outputType.slice(1),
  };
}

/** Full names of all messages and enums of one file. */
export function typesOf(file: Descriptor): string[] {
  const walk = (
    scope: string | undefined,
    { messageType, enumType }: Pick<Descriptor, 'messageType' | 'enumType'>,
  ): string[] => [
    ...(enumType ?? []).map(({ name }) => qualify(scope, name)),
    ...(messageType ?? []).flatMap((message) => {
      const name = qualify(scope, message.name);
      const { nestedType = [], enumType: enums = [] } = message;
      return [name, ...walk(name, { messageType: nestedType, enumType: enums })];
    }),
  ];
  return walk(file.package, file);
}

function qualify(scope: string | undefined, name: string): string {
  return scope ? `${scope}.${name}` : name;
}
