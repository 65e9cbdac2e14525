/** Finds the declaration that a type's name means, by protobuf's scoping rules, in the files its own file may see. */
import type { Declaration, ProtoDeclarations, SymbolKind, TypeReference } from './proto-declarations.ts';
import { declareWellKnown, isWellKnown, wellKnownPackage } from './well-known-types.ts';

export interface Found {
  fullName: string;
  kind: SymbolKind | 'package';
  /** Path of the declaring file; for a package, one of them. */
  file: string;
}

/**
 * `types`: names that are no types are looked past, as for fields. `all`: the innermost name counts, whatever it is,
 * as for methods. The same two modes as in protoc's `LookupSymbol`.
 */
export type Lookup = 'types' | 'all';

export interface Resolver {
  /** What `type` means in the file `from`, which sees itself and what it imports. */
  resolve(type: TypeReference, from: string, lookup: Lookup): Found | undefined;
  /** The same search among all files, imported or not: tells why `resolve` found nothing. */
  resolveAnywhere(type: TypeReference, lookup: Lookup): Found | undefined;
}

/** @param files declarations by module path; well-known types are added where they are imported */
export function createResolver(files: ReadonlyMap<string, ProtoDeclarations>): Resolver {
  const declared = new Map<string, Found>();
  const packages = new Map<string, Set<string>>();
  const addFile = (path: string, pkg: string, declarations: readonly Declaration[]): void => {
    for (const { fullName, kind } of declarations) declared.set(fullName, { fullName, kind, file: path });
    for (let name = pkg; name !== ''; name = outer(name)) {
      packages.set(name, (packages.get(name) ?? new Set()).add(path));
    }
  };
  for (const path of importedWellKnown(files)) addFile(path, wellKnownPackage(path), declareWellKnown(path));
  for (const [path, file] of files) addFile(path, file.package, file.declared);

  const visible = new Map<string, ReadonlySet<string>>();
  const seenFrom = (path: string): ReadonlySet<string> => {
    const known = visible.get(path) ?? listVisible(path, files);
    visible.set(path, known);
    return known;
  };
  const find = (name: string, among?: ReadonlySet<string>): Found | undefined => {
    const symbol = declared.get(name);
    if (symbol && (!among || among.has(symbol.file))) return symbol;
    const file = [...(packages.get(name) ?? [])].find((one) => !among || among.has(one));
    return file === undefined ? undefined : { fullName: name, kind: 'package', file };
  };
  return {
    resolve: (type, from, lookup) => search(type, lookup, (name) => find(name, seenFrom(from))),
    resolveAnywhere: (type, lookup) => search(type, lookup, (name) => find(name)),
  };
}

/**
 * The first part of a name is sought from the innermost scope outwards, and what it finds is held to, even where
 * another scope would know the rest: https://protobuf.dev/programming-guides/proto3/#name-resolution
 */
function search(
  { name, scope }: TypeReference,
  lookup: Lookup,
  find: (fullName: string) => Found | undefined,
): Found | undefined {
  if (name.startsWith('.')) return find(name.slice(1));
  const first = name.split('.', 1)[0] as string;
  const simple = first === name;
  for (let around = scope; ; around = outer(around)) {
    const prefix = around === '' ? '' : `${around}.`;
    const found = find(prefix + first);
    if (found && simple && (lookup === 'all' || isType(found))) return found;
    if (found && !simple && holdsNames(found)) return find(prefix + name);
    if (around === '') return undefined;
  }
}

const isType = ({ kind }: Found): boolean => kind === 'message' || kind === 'enum';
const holdsNames = ({ kind }: Found): boolean => ['message', 'enum', 'service', 'package'].includes(kind);

function outer(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** A file itself, what it imports, and what these import publicly. */
function listVisible(path: string, files: ReadonlyMap<string, ProtoDeclarations>): Set<string> {
  const seen = new Set([path]);
  const add = (from: string, all: boolean): void => {
    for (const { path: imported, kind } of files.get(from)?.imports ?? []) {
      if (seen.has(imported) || kind === 'option' || !(all || kind === 'public')) continue;
      seen.add(imported);
      add(imported, false);
    }
  };
  add(path, true);
  return seen;
}

function importedWellKnown(files: ReadonlyMap<string, ProtoDeclarations>): Set<string> {
  const paths = [...files.values()].flatMap(({ imports }) => imports.map(({ path }) => path));
  return new Set(paths.filter((path) => isWellKnown(path) && !files.has(path)));
}
