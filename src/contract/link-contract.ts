/** Makes one Contract of the declarations of many files: every name once, every import there, every type found. */
import type { Fault } from '../errors.ts';
import type { Contract, Method, Service, StreamingKind } from './contract.ts';
import { findImportCycle } from './import-cycles.ts';
import type { MethodDeclaration, ProtoDeclarations, TypeReference } from './proto-declarations.ts';
import { isScalar } from './read-message.ts';
import { createResolver, type Found, type Lookup, type Resolver } from './resolve-types.ts';
import { locate, type SourceFile } from './source-file.ts';
import { isWellKnown } from './well-known-types.ts';

export interface Linked {
  contract: Contract;
  faults: readonly Fault[];
}

/** All faults at once; where there are none, the contract is whole. */
export function linkContract(sources: readonly SourceFile[]): Linked {
  const files = new Map(sources.map(({ path, declarations }) => [path, declarations]));
  const faults = [...findMissingImports(sources, files), ...findImportCycle(sources), ...findDuplicates(sources)];
  const resolver = createResolver(files);
  const services = sources.flatMap((source) => linkServices(source, resolver, faults));
  for (const source of sources) linkFields(source, resolver, faults);
  services.sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
  return { contract: { services }, faults };
}

function findMissingImports(sources: readonly SourceFile[], files: ReadonlyMap<string, ProtoDeclarations>): Fault[] {
  return sources.flatMap((source) =>
    source.declarations.imports
      .filter(({ path }) => !files.has(path) && !isWellKnown(path))
      .map(({ path, offset }) => ({
        message: `imports ${JSON.stringify(path)}, which is not among the protos`,
        at: locate(source, offset),
        hint: `Add the file as proto/${path}, or take the import out.`,
      })),
  );
}

function findDuplicates(sources: readonly SourceFile[]): Fault[] {
  const first = new Map<string, () => string>();
  const faults: Fault[] = [];
  for (const source of sources) {
    for (const { fullName, kind, offset } of source.declarations.declared) {
      const at = (): string => locate(source, offset);
      const earlier = first.get(fullName);
      if (!earlier) first.set(fullName, at);
      else {
        faults.push({
          message: `the ${kind} ${fullName} is declared a second time; the first is at ${earlier()}`,
          at: at(),
          hint: 'Rename or remove one of the two, then run the same command again.',
        });
      }
    }
  }
  return faults;
}

function linkServices(source: SourceFile, resolver: Resolver, faults: Fault[]): Service[] {
  const { declarations, path } = source;
  const find = (type: TypeReference): string => {
    const found = resolver.resolve(type, path, 'all');
    if (found?.kind === 'message') return found.fullName;
    faults.push(explainType(source, type, found, resolver, 'all'));
    return type.name;
  };
  return declarations.services.map(({ name, fullName, methods }) => ({
    name,
    fullName,
    package: declarations.package,
    file: path,
    methods: methods.map(
      (method): Method => ({
        name: method.name,
        kind: streamingKind(method),
        input: find(method.input),
        output: find(method.output),
      }),
    ),
  }));
}

function linkFields(source: SourceFile, resolver: Resolver, faults: Fault[]): void {
  for (const type of source.declarations.fieldTypes) {
    const found = resolver.resolve(type, source.path, 'types');
    if (found?.kind === 'message' || found?.kind === 'enum') continue;
    faults.push(explainType(source, type, found, resolver, 'types'));
  }
}

function streamingKind({ clientStreams, serverStreams }: MethodDeclaration): StreamingKind {
  if (clientStreams) return serverStreams ? 'bidi-streaming' : 'client-streaming';
  return serverStreams ? 'server-streaming' : 'unary';
}

function explainType(
  source: SourceFile,
  type: TypeReference,
  found: Found | undefined,
  resolver: Resolver,
  lookup: Lookup,
): Fault {
  const at = locate(source, type.offset);
  if (found) {
    const wanted = lookup === 'all' ? 'a message' : 'a message or an enum';
    return {
      message: `${type.name} means the ${found.kind} ${found.fullName} here, and ${wanted} is needed`,
      at,
      hint: 'Write the full name of the message with a leading dot, as in .orders.v1.Order.',
    };
  }
  const hidden = resolver.resolveAnywhere(type, lookup);
  if (hidden && hidden.file !== source.path && hidden.kind !== 'package') {
    return {
      message: `${type.name} is declared in ${hidden.file}, which this file does not import`,
      at,
      hint: `Add: import ${JSON.stringify(hidden.file)};`,
    };
  }
  if (lookup === 'all' && isScalar(type.name)) {
    return {
      message: `${type.name} is a scalar, and a method takes and gives messages`,
      at,
      hint: `Declare a message with one ${type.name} field, and name that.`,
    };
  }
  return {
    message: `there is no type ${type.name}, neither in this file nor in those it imports`,
    at,
    hint: 'Declare it, or import the file that does.',
  };
}
