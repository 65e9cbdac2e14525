/** Finds files that import one another in a ring, which no protobuf compiler accepts. */
import type { Fault } from '../errors.ts';
import { locate, type SourceFile } from './source-file.ts';

/** A fault for the first ring found, at the import that closes it. */
export function findImportCycle(sources: readonly SourceFile[]): Fault[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const visit = (source: SourceFile, trail: readonly string[]): Fault | undefined => {
    const way = [...trail, source.path];
    for (const { path, offset } of source.declarations.imports) {
      const next = byPath.get(path);
      if (!next || done.has(path)) continue;
      if (way.includes(path)) return describeRing(way.slice(way.indexOf(path)), locate(source, offset));
      const fault = visit(next, way);
      if (fault) return fault;
    }
    done.add(source.path);
    return undefined;
  };
  for (const source of sources) {
    const fault = done.has(source.path) ? undefined : visit(source, []);
    if (fault) return [fault];
  }
  return [];
}

function describeRing(ring: readonly string[], at: string): Fault {
  return {
    message: `files import one another in a ring: ${[...ring, ring[0]].join(' → ')}`,
    at,
    hint: 'Move what they share into a file of its own that both import.',
  };
}
