/** Gives every file that is needed its path in the buf module: the given ones, and all that they import. */
import type { Fault } from '../errors.ts';
import type { GivenProto } from './given-protos.ts';
import { placeInAnswer } from './given-protos.ts';
import { loadGoogleProtos, mayBeGoogleProto } from './google-protos.ts';
import { findImportRoots, type ImportRoots, isModulePath, pathBelow } from './import-roots.ts';
import { describeMissing } from './missing-imports.ts';
import { byText, joinPath, nameOf, relativeTo } from './paths.ts';
import type { Import } from './proto-declarations.ts';
import type { ProtoDisk } from './proto-disk.ts';
import { type LoadedProto, loadProto } from './proto-loading.ts';
import { locate, readDeclarations, type SourceFile } from './source-file.ts';
import { isWellKnown } from './well-known-types.ts';

export interface PlacedProtos {
  /** In order of path. */
  sources: readonly SourceFile[];
  /** Module path by real path, for every file that came from the disk. */
  pathOf: ReadonlyMap<string, string>;
  /** Module paths of the Google protos that the tool brought. */
  googleApis: readonly string[];
  faults: readonly Fault[];
}

interface Standing {
  file: LoadedProto;
  roots: ImportRoots;
}

/** An import that no folder has: whether the tool can bring it is asked when all others are placed. */
interface Unfound {
  from: Standing;
  imported: Import;
  places: readonly string[];
}

export async function placeProtos(given: readonly GivenProto[], disk: ProtoDisk): Promise<PlacedProtos> {
  const board = new Board();
  const load = (file: Pick<GivenProto, 'path' | 'real'>): LoadedProto | undefined =>
    loadProto(file, disk, board.faults);
  const stand = async (file: LoadedProto): Promise<Standing> => ({
    file,
    roots: await findImportRoots(file, file.declarations, disk),
  });

  const loaded = given.map((one) => ({ one, file: load(one) })).filter(({ file }) => file !== undefined);
  const standings: (Standing & { one: GivenProto })[] = [];
  for (const { one, file } of loaded) standings.push({ ...(await stand(file as LoadedProto)), one });
  const known = new Set(standings.flatMap(({ roots }) => (roots.own === undefined ? [] : [roots.own])));
  const folders = new Set(given.flatMap(({ folder }) => (folder === undefined ? [] : [folder])));

  const unfound: Unfound[] = [];
  const queue: Standing[] = [...standings];
  const followed = new Set<string>();
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (followed.has(next.file.real)) continue;
    followed.add(next.file.real);
    const places = [...new Set([...next.roots.places, ...known, ...folders])];
    for (const imported of next.file.declarations.imports) {
      if (isWellKnown(imported.path) || !board.accepts(next.file, imported)) continue;
      const root = places.find((place) => disk.kind(joinPath(place, imported.path)) === 'file');
      if (root === undefined) {
        unfound.push({ from: next, imported, places });
        continue;
      }
      const path = joinPath(root, imported.path);
      const file = load({ path, real: disk.real(path) ?? path });
      if (!file) continue;
      board.place(file, imported.path);
      const { places: others } = (await stand(file)).roots;
      queue.push({ file, roots: { own: root, places: [...new Set([root, ...others])] } });
    }
  }
  for (const { file, roots, one } of standings) {
    if (!board.holds(file)) board.place(file, choosePath(one, file, roots.own ?? nearest(known, one)));
  }
  await bringGoogleProtos(unfound, board, disk);
  board.refuseCaseTwins();
  return board.result();
}

function nearest(roots: ReadonlySet<string>, { path }: GivenProto): string | undefined {
  return [...roots].filter((root) => relativeTo(root, path)).sort((a, b) => b.length - a.length || byText(a, b))[0];
}

/** Without a root the folders of the package are made, as buf's PACKAGE_DIRECTORY_MATCH wants them. */
function choosePath(one: GivenProto, { declarations }: LoadedProto, root: string | undefined): string {
  const below = root === undefined ? undefined : pathBelow(root, one);
  if (below !== undefined) return below;
  return declarations.package === ''
    ? placeInAnswer(one)
    : joinPath(declarations.package.replaceAll('.', '/'), nameOf(one.path));
}

async function bringGoogleProtos(unfound: readonly Unfound[], board: Board, disk: ProtoDisk): Promise<void> {
  const missing = unfound.filter(({ imported }) => !board.has(imported.path));
  const wanted = missing.some(({ imported }) => mayBeGoogleProto(imported.path));
  const texts = wanted ? await loadGoogleProtos() : new Map<string, string>();
  const bring = (path: string): void => {
    const text = texts.get(path);
    if (text === undefined || board.has(path)) return;
    for (const imported of board.bring(path, text)) bring(imported.path);
  };
  for (const { from, imported, places } of missing) {
    if (texts.has(imported.path)) bring(imported.path);
    else {
      board.faults.push(describeMissing(imported.path, locate(from.file, imported.offset), places.map(disk.show)));
    }
  }
}

/** Which file stands at which path, and every reason why one cannot. */
class Board {
  readonly faults: Fault[] = [];
  readonly #sources = new Map<string, SourceFile>();
  readonly #pathOf = new Map<string, string>();
  readonly #google: string[] = [];

  has(path: string): boolean {
    return this.#sources.has(path);
  }

  holds(file: LoadedProto): boolean {
    return this.#pathOf.has(file.real);
  }

  accepts(file: LoadedProto, { path, offset }: Import): boolean {
    if (isModulePath(path)) return true;
    this.faults.push({
      message: `the import ${JSON.stringify(path)} leaves the module: imports are relative to its root, with "/" and without ".."`,
      at: locate(file, offset),
      hint: 'Write the path from the root of the protos, as in "orders/v1/order.proto".',
    });
    return false;
  }

  place(file: LoadedProto, path: string): void {
    const earlier = this.#pathOf.get(file.real);
    if (earlier === path) return;
    const there = this.#sources.get(path);
    if (earlier !== undefined) {
      this.faults.push({
        message: `would be needed twice, as ${JSON.stringify(earlier)} and as ${JSON.stringify(path)}`,
        at: file.shownAs,
        hint: 'Import it by one path everywhere.',
      });
    } else if (there && there.text !== file.text) {
      this.faults.push({
        message: `differs from ${there.shownAs}, and both would become proto/${path}`,
        at: file.shownAs,
        hint: 'Rename one of the two, or leave one out.',
      });
    } else if (!/^[\w+][\w+.@-]*(?:\/[\w+][\w+.@-]*)*$/.test(path)) {
      this.faults.push({
        message: `would become proto/${path}, and such a path may hold A–Z, a–z, 0–9 and _ + . @ - only`,
        at: file.shownAs,
        hint: 'Rename the file or its folder.',
      });
    } else if (path.slice(0, -'.proto'.length).includes('.proto')) {
      // ts-proto 2.18 names such a file in one way and imports it in another (main.ts, moduleName).
      this.faults.push({
        message: `would become proto/${path}, and generated code takes ".proto" for the end of a path`,
        at: file.shownAs,
        hint: 'Rename the file or its folder.',
      });
    } else if (/^grpc\/(?:health|reflection)\//.test(path)) {
      this.faults.push({
        message: `would become proto/${path}, which is the path of a file that every emitted server brings itself`,
        at: file.shownAs,
        hint: 'Leave it out, or move it to a folder of its own package.',
      });
    } else {
      this.#pathOf.set(file.real, path);
      if (!there) this.#sources.set(path, { ...file, path });
    }
  }

  /** Places a Google proto; gives what it imports in turn. */
  bring(path: string, text: string): readonly Import[] {
    const declarations = readDeclarations(text, path);
    if ('message' in declarations) throw new Error(`${declarations.at}: ${declarations.message}`);
    this.#sources.set(path, { path, text, declarations, shownAs: path });
    this.#google.push(path);
    return declarations.imports;
  }

  /** macOS and Windows would write both to one file. */
  refuseCaseTwins(): void {
    const first = new Map<string, SourceFile>();
    for (const source of this.#sources.values()) {
      const lower = source.path.toLowerCase();
      const twin = first.get(lower);
      if (!twin) first.set(lower, source);
      else {
        this.faults.push({
          message: `would become proto/${source.path}, which differs from proto/${twin.path} in case only`,
          at: source.shownAs,
          hint: 'Rename one of the two.',
        });
      }
    }
  }

  result(): PlacedProtos {
    const sources = [...this.#sources.values()].sort((a, b) => byText(a.path, b.path));
    return { sources, pathOf: this.#pathOf, googleApis: this.#google.sort(byText), faults: this.faults };
  }
}
