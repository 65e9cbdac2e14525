import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectProtos } from '../../src/contract/collect-protos.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { openProtoDisk } from '../../src/tree/proto-disk.ts';

const text = (name: string, imports = ''): string =>
  `syntax = "proto3";\npackage ${name};\n${imports}service S { rpc Do(M) returns (M); }\nmessage M {}\n`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proto-disk-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const collect = (...protos: string[]) =>
  collectProtos({ workloads: [{ name: 'orders', protos }], disk: openProtoDisk(folder) });

describe('openProtoDisk', () => {
  it('names paths inside the working folder from it, and others in full', () => {
    const disk = openProtoDisk(join(folder, 'a'));

    expect(disk.show(disk.absolute('b/../c'))).toBe('c');
    expect(disk.show(disk.absolute('.'))).toBe('.');
    expect(disk.show(disk.absolute('../b'))).toBe(disk.absolute('../b'));
  });

  it('lists names in order, and tells files from folders and from nothing', () => {
    write('b.proto', '');
    write('a/c.proto', '');
    const disk = openProtoDisk(folder);

    expect(disk.list(disk.absolute('.'))).toEqual(['a', 'b.proto']);
    expect(['a', 'b.proto', 'none', 'b.proto/none'].map((path) => disk.kind(disk.absolute(path)))).toEqual([
      'folder',
      'file',
      undefined,
      undefined,
    ]);
  });

  it.skipIf(process.platform === 'win32')('ends at rings of links, and takes a linked file once', async () => {
    write('p/o/o.proto', text('o'));
    symlinkSync('..', join(folder, 'p/o/up'));
    symlinkSync('self', join(folder, 'p/self'));
    symlinkSync('o/o.proto', join(folder, 'p/again.proto'));
    symlinkSync('nowhere', join(folder, 'p/broken.proto'));

    const { files, workloads } = await collect('p');

    expect(files.map(({ path }) => path)).toEqual(['o/o.proto']);
    expect(workloads[0]?.services).toEqual(['o.S']);
  });

  it.skipIf(process.platform === 'win32')('follows a link to the imports that lie beside its target', async () => {
    write('shared/api/o.proto', text('o', 'import "api/m.proto";\n'));
    write('shared/api/m.proto', 'syntax = "proto3";\npackage m;\n');
    symlinkSync('shared/api/o.proto', join(folder, 'mine.proto'));

    const { files } = await collect('mine.proto');

    expect(files.map(({ path }) => path)).toEqual(['api/m.proto', 'api/o.proto']);
  });

  it('tells which file may not be read', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such permission bits');
    skip(process.getuid?.() === 0, 'root may read everything');
    write('o.proto', text('o'));
    chmodSync(join(folder, 'o.proto'), 0o000);

    const error = await collect('o.proto').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: exitCode.refused, message: 'o.proto: may not be read' });
  });
});
