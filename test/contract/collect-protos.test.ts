import { describe, expect, it } from 'vitest';
import { type CollectedProtos, collectProtos } from '../../src/contract/collect-protos.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { memoryDisk } from './memory-disk.ts';

type Files = Record<string, string>;

const proto = (pkg: string, imports: readonly string[] = [], body = ''): string =>
  `syntax = "proto3";\n${pkg ? `package ${pkg};\n` : ''}${imports.map((path) => `import "${path}";\n`).join('')}${body}`;
const serve = (name: string): string =>
  `service ${name} { rpc Do(${name}M) returns (${name}M); }\nmessage ${name}M {}\n`;

const collect = (files: Files, answers: Record<string, readonly string[]>, cwd = '/x'): Promise<CollectedProtos> =>
  collectProtos({
    workloads: Object.entries(answers).map(([name, protos]) => ({ name, protos })),
    disk: memoryDisk(files, cwd),
  });
const pathsOf = ({ files }: CollectedProtos): string[] => files.map(({ path }) => path);
const refusal = async (running: Promise<unknown>): Promise<UserError> => {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error ?? new Error('nothing was refused');
  return error;
};
const told = ({ faults }: UserError): string[] => faults.map(({ at, message }) => `${at}: ${message}`);

describe('where a file goes in the module', () => {
  it('keeps the path that its imports count from', async () => {
    const files = {
      '/x/protos/acme/orders/v1/o.proto': proto('elsewhere', ['acme/common/m.proto'], serve('O')),
      '/x/protos/acme/common/m.proto': proto('acme.common'),
    };
    expect(pathsOf(await collect(files, { o: ['protos/acme/orders/v1/o.proto'] }))).toEqual([
      'acme/common/m.proto',
      'acme/orders/v1/o.proto',
    ]);
  });

  it('is below the folders of the package where nothing is imported and these folders are there', async () => {
    const files = { '/x/y/acme/orders/v1/o.proto': proto('acme.orders.v1', [], serve('O')) };
    expect(pathsOf(await collect(files, { o: ['y'] }))).toEqual(['acme/orders/v1/o.proto']);
  });

  it('is in new folders of the package where they are not there', async () => {
    const files = { '/x/o.proto': proto('acme.orders.v1', [], serve('O')) };
    expect(pathsOf(await collect(files, { o: ['o.proto'] }))).toEqual(['acme/orders/v1/o.proto']);
  });

  it('is the root without a package, or its place in the named folder', async () => {
    const files = { '/x/p/o.proto': proto('', [], serve('O')), '/x/p/q/r.proto': proto('', [], serve('R')) };
    expect(pathsOf(await collect(files, { o: ['p/o.proto'] }))).toEqual(['o.proto']);
    expect(pathsOf(await collect(files, { o: ['p'] }))).toEqual(['o.proto', 'q/r.proto']);
  });

  it('is the one that others import it by, before anything it says itself', async () => {
    const files = {
      '/x/api/svc.proto': proto('api', ['api/types.proto'], serve('S')),
      '/x/api/types.proto': proto('other.place'),
    };
    expect(pathsOf(await collect(files, { o: ['api'] }))).toEqual(['api/svc.proto', 'api/types.proto']);
  });

  it.each([
    ['buf.yaml', 'version: v1\n', 'idl/buf.yaml'],
    ['a v1beta1 root', 'version: v1beta1\nbuild:\n  roots: [idl]\n', 'buf.yaml'],
    ['a v2 module', 'version: v2\nmodules:\n  - path: ./idl/\n  - path: other\n', 'buf.yaml'],
    ['buf.work.yaml', 'version: v1\ndirectories:\n  - idl\n  - other\n', 'buf.work.yaml'],
  ])('is what %s declares', async (_, yaml, at) => {
    const files = { [`/x/${at}`]: yaml, '/x/idl/deep/o.proto': proto('orders', [], serve('O')) };
    expect(pathsOf(await collect(files, { o: ['idl/deep/o.proto'] }))).toEqual(['deep/o.proto']);
  });

  it('stays what imports say where buf.yaml is no YAML', async () => {
    const files = { '/y/buf.yaml': '{: [', '/x/o.proto': proto('o', [], serve('O')) };
    expect(pathsOf(await collect(files, { o: ['o.proto'] }))).toEqual(['o/o.proto']);
  });
});

describe('what comes along', () => {
  it('is everything imported, and what that imports, from any module of a workspace', async () => {
    const files = {
      '/x/buf.yaml': 'version: v2\nmodules:\n  - path: api\n  - path: lib\n',
      '/x/api/a/a.proto': proto('a', ['b/b.proto'], serve('A')),
      '/x/api/a/unrelated.proto': proto('a', [], serve('U')),
      '/x/lib/b/b.proto': proto('b', ['c/c.proto', 'google/protobuf/any.proto'], serve('B')),
      '/x/lib/c/c.proto': proto('c'),
    };
    const collected = await collect(files, { o: ['api/a/a.proto'] });
    expect(pathsOf(collected)).toEqual(['a/a.proto', 'b/b.proto', 'c/c.proto']);
    expect(collected.imported).toEqual(['b/b.proto', 'c/c.proto']);
    expect(collected.wellKnown).toEqual(['google/protobuf/any.proto']);
    expect(collected.workloads).toEqual([{ name: 'o', protos: ['a/a.proto'], services: ['a.A'] }]);
  });

  it('is looked for in every folder that was named', async () => {
    const files = {
      '/x/o.proto': proto('o', ['third/t.proto'], serve('O')),
      '/vendor/protos/third/t.proto': proto('third'),
    };
    expect(pathsOf(await collect(files, { o: ['o.proto', '/vendor/protos'] }))).toEqual(['o/o.proto', 'third/t.proto']);
  });

  it('is not looked for above the working folder, nor where everybody writes, unless git keeps it', async () => {
    const importing = proto('a', ['b/b.proto'], serve('A'));
    const above = { '/home/ada/x/a.proto': importing, '/home/ada/b/b.proto': proto('b') };
    const everybody = { '/tmp/team/a.proto': importing, '/tmp/b/b.proto': proto('b') };
    const kept = { ...above, '/home/ada/.git/HEAD': '' };

    expect(told(await refusal(collect(above, { o: ['a.proto'] }, '/home/ada/x')))).toHaveLength(1);
    expect(told(await refusal(collect(everybody, { o: ['/tmp/team/a.proto'] }, '/home/ada')))).toHaveLength(1);
    expect(pathsOf(await collect(kept, { o: ['a.proto'] }, '/home/ada/x'))).toContain('b/b.proto');
  });

  it('is the tool’s own google/api where the user has none, and the user’s where there is one', async () => {
    const body = serve('O');
    const own = proto('google.api', ['google/protobuf/descriptor.proto']);
    const files = { '/x/o.proto': proto('o', ['google/api/annotations.proto'], body) };

    const brought = await collect(files, { o: ['o.proto'] });
    const beside = await collect({ ...files, '/x/google/api/annotations.proto': own }, { o: ['o.proto'] });

    expect(brought.googleApis).toEqual(['google/api/annotations.proto', 'google/api/http.proto']);
    expect(pathsOf(brought)).toEqual([...brought.googleApis, 'o/o.proto']);
    expect(beside.googleApis).toEqual([]);
    expect(beside.files.find(({ path }) => path.startsWith('google/'))?.text).toBe(own);
  });

  it('is not a copy of Google’s files that only lies in a named folder', async () => {
    const files = {
      '/x/p/o.proto': proto('o', [], serve('O')),
      '/x/p/google/longrunning/operations.proto': proto('google.longrunning', [], serve('Operations')),
      '/x/p/google/protobuf/empty.proto': proto('google.protobuf', [], 'message Empty {}'),
    };
    expect(pathsOf(await collect(files, { o: ['p'] }))).toEqual(['o/o.proto']);
  });

  it('is not a copy of gRPC’s own health and reflection: every emitted server brings them', async () => {
    const files = {
      '/x/p/o.proto': proto('o', [], serve('O')),
      '/x/p/grpc/health/v1/health.proto': proto('grpc.health.v1', [], serve('Health')),
      '/x/p/grpc/reflection/v1alpha/reflection.proto': proto('grpc.reflection.v1alpha', [], serve('ServerReflection')),
    };
    expect(pathsOf(await collect(files, { o: ['p'] }))).toEqual(['o/o.proto']);
  });

  it('has ".proto" at its end only, for generated code cannot be imported otherwise', async () => {
    const error = await refusal(collect({ '/x/p/a.proto.d/o.proto': proto('', [], serve('O')) }, { o: ['p'] }));
    expect(error.code).toBe(exitCode.refused);
    expect(told(error)[0]).toContain('takes ".proto" for the end of a path');
  });

  it('does not stand where a file of every emitted server stands', async () => {
    const files = { '/x/p/grpc/health/health.proto': proto('grpc.health', [], serve('Mine')) };
    const error = await refusal(collect(files, { o: ['p'] }));
    expect(error.code).toBe(exitCode.refused);
    expect(told(error)[0]).toContain('p/grpc/health/health.proto: would become proto/grpc/health/health.proto');
  });

  it('keeps text to the byte', async () => {
    const text = `\uFEFF${proto('o', [], serve('O'))}// 🚀`.replaceAll('\n', '\r\n');
    expect((await collect({ '/x/o.proto': text }, { o: ['o.proto'] })).files[0]?.text).toBe(text);
  });
});

describe('who serves what', () => {
  const two = {
    '/x/p/shop/orders/o.proto': proto('shop.orders', ['shop/common/c.proto'], serve('O')),
    '/x/p/shop/stock/s.proto': proto('shop.stock', ['shop/common/c.proto'], serve('S')),
    '/x/p/shop/common/c.proto': proto('shop.common'),
  };

  it('keeps a folder as a folder, at its place in the module', async () => {
    const { workloads } = await collect(two, { orders: ['p/shop/orders'], stock: ['p\\shop\\stock\\s.proto'] });
    expect(workloads).toEqual([
      { name: 'orders', protos: ['shop/orders'], services: ['shop.orders.O'] },
      { name: 'stock', protos: ['shop/stock/s.proto'], services: ['shop.stock.S'] },
    ]);
  });

  it('takes the folders of the root where the root was named', async () => {
    expect((await collect(two, { all: ['p'] })).workloads[0]?.protos).toEqual(['shop']);
  });

  it('narrows a folder in which another’s services are', async () => {
    const files = {
      '/x/p/a/v1/own.proto': proto('a.v1', ['a/v1/x/foreign.proto'], serve('Own')),
      '/x/p/a/v2/own.proto': proto('a.v2', [], serve('Own')),
      '/x/p/a/v1/x/foreign.proto': proto('a.v1.x', [], serve('Foreign')),
    };
    const { workloads } = await collect(files, { one: ['p/a/v1/own.proto', 'p/a/v2'], two: ['p/a/v1/x'] });
    expect(workloads.map(({ protos }) => protos)).toEqual([['a/v1/own.proto', 'a/v2'], ['a/v1/x']]);
  });

  it('leaves a workload without protos to its sample', async () => {
    expect((await collect(two, { orders: ['p/shop/orders'], extra: [] })).workloads[1]).toEqual({
      name: 'extra',
      protos: [],
      services: [],
    });
  });

  it('accepts files without services beside those with', async () => {
    const files = { '/x/a.proto': proto('a'), '/x/b.proto': proto('b', [], serve('B')) };
    expect((await collect(files, { o: ['a.proto', 'b.proto', 'b.proto'] })).workloads[0]?.services).toEqual(['b.B']);
  });

  it('refuses two workloads with one service, as a wrong answer', async () => {
    const error = await refusal(collect(two, { one: ['p/shop/orders'], two: ['p'] }));
    expect(error.code).toBe(exitCode.usage);
    expect(told(error)).toEqual([
      'p/shop/orders/o.proto:4:9: the service shop.orders.O is claimed by two workloads, "one" and "two"',
    ]);
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'is no path'],
    ['a\0b', 'is no path'],
    ['nowhere', 'there is no such file or folder'],
    ['notes.txt', 'is not a .proto file'],
  ])('is the answer %j, which is wrong', async (typed, message) => {
    const error = await refusal(collect({ '/x/notes.txt': '' }, { o: [typed] }));
    expect(error.code).toBe(exitCode.usage);
    expect(told(error)).toEqual([`${typed}: ${message}`]);
  });

  it('are all missing imports at once, with every place looked at, and syntax faults beside them', async () => {
    const files = {
      '/x/.git/HEAD': '',
      '/x/p/a/a.proto': proto('a', ['b/b.proto', 'validate/validate.proto', 'google/api/nothing.proto'], serve('A')),
      '/x/p/a/broken.proto': 'service {',
    };
    const error = await refusal(collect(files, { o: ['p/a'] }));
    const places = 'p, p/a, .';
    expect(error.code).toBe(exitCode.refused);
    expect(told(error)).toEqual([
      'p/a/broken.proto:1:9: the name of a service is expected where "{" stands',
      `p/a/a.proto:3:8: imports "b/b.proto", which is in none of: ${places}`,
      `p/a/a.proto:4:8: imports "validate/validate.proto", which is in none of: ${places}`,
      `p/a/a.proto:5:8: imports "google/api/nothing.proto", which is in none of: ${places}`,
    ]);
    expect(error.faults.map(({ hint }) => hint)).toEqual([
      'Mend that place, then run the same command again.',
      'Add the folder it is imported from: --proto FOLDER (FOLDER/b/b.proto is then found).',
      'Put it beside your protos: npx -y @bufbuild/buf@1.74.0 export buf.build/envoyproxy/protoc-gen-validate --output p',
      'Put it beside your protos: npx -y @bufbuild/buf@1.74.0 export buf.build/googleapis/googleapis --output p',
    ]);
  });

  it('is one file needed by two paths', async () => {
    const files = {
      '/x/p/a.proto': proto('a', ['q/m.proto'], serve('A')),
      '/x/p/q/b.proto': proto('b', ['m.proto'], serve('B')),
      '/x/p/q/m.proto': proto('m'),
    };
    expect(told(await refusal(collect(files, { o: ['p'] })))).toEqual([
      'p/q/m.proto: would be needed twice, as "q/m.proto" and as "m.proto"',
    ]);
  });

  it('are two files at one path, but not two copies of one', async () => {
    const files = {
      '/x/a/o.proto': proto('o', ['common.proto'], serve('O')),
      '/x/a/common.proto': proto('common'),
      '/x/b/s.proto': proto('s', ['common.proto'], serve('S')),
      '/x/b/common.proto': proto('common'),
    };
    const answers = { o: ['a/o.proto'], s: ['b/s.proto'] };
    expect(pathsOf(await collect(files, answers))).toEqual(['common.proto', 'o.proto', 's.proto']);
    const differing = { ...files, '/x/b/common.proto': proto('common', [], 'message More {}') };
    expect(told(await refusal(collect(differing, answers)))).toEqual([
      'b/common.proto: differs from a/common.proto, and both would become proto/common.proto',
    ]);
  });

  it('are paths that differ in case only', async () => {
    const files = { '/x/p/O.proto': proto('', [], serve('A')), '/x/p/o.proto': proto('', [], serve('B')) };
    expect(told(await refusal(collect(files, { o: ['p'] })))).toEqual([
      'p/o.proto: would become proto/o.proto, which differs from proto/O.proto in case only',
    ]);
  });
});
