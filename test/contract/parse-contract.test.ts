import { describe, expect, it } from 'vitest';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { buildWithBuf, contractOf } from './buf.ts';

const head = 'syntax = "proto3";\npackage a;\n';
const plain = 'message M {}\n';

/** Valid files that a reader of protos can stumble over; buf says what they mean. */
const hard: Readonly<Record<string, string>> = {
  'names of Object.prototype': `${head}message __proto__ {}
message hasOwnProperty {} message toString { message constructor { message __proto__ {} } }
service S { rpc A(__proto__) returns (a.__proto__); rpc B(toString.constructor) returns (hasOwnProperty); }
service valueOf { rpc __proto__(toString.constructor.__proto__) returns (a.hasOwnProperty); }`,
  'a package of such names': `syntax = "proto3"; package constructor.prototype.__proto__; ${plain}
service __proto__ { rpc constructor(M) returns (constructor.prototype.__proto__.M); }`,
  'methods that differ in case only': `${head}${plain}service S { rpc Close(M) returns (M); rpc close(M) returns (stream M); }`,
  'a type named stream': `${head}message stream { message In {} } message In {}
service S { rpc A(stream) returns (stream stream); rpc B(.a.stream) returns (stream .a.stream.In);
rpc C(stream.a.In) returns (stream . a . In); rpc D(stream/**/In) returns (stream
In); }`,
  'fields and values named like keywords': `${head}message message { string message = 1; string service = 2; string rpc = 3;
string option = 4; string reserved = 5; string map = 6; string group = 7; string optional = 8; string syntax = 9; string to = 10;
string max = 11; bool true = 12; double inf = 13; string import = 14; string package = 15; string stream = 16; }
enum enum { syntax_ = 0; option = 1; reserved = 2; message_ = 3; }
message map {} message import {} message syntax {} message U { map a = 1; import b = 2; syntax c = 3; repeated map d = 4; }
service service { rpc rpc(message) returns (U); rpc option(U) returns (import); }`,
  'defaults of every form': `package a; message M { optional int32 a = 1 [default = - 3]; optional double b = 2 [default = -inf];
optional double c = 3 [default = 1.5e+3]; optional float d = 4 [default = .5]; optional double e = 5 [default = nan];
optional string f = 6 [default = "}\\"" '];']; optional bytes g = 7 [default = "\\001\\xff\\?"]; optional uint32 h = 0x8 [default = 017]; }
service S { rpc A(M) returns (M); }`,
  'option values with angle brackets, lists and extension names': `syntax = "proto2"; package a;
import "google/protobuf/descriptor.proto";
message O { optional string s = 1; optional int32 i = 2; repeated O o = 3; extensions 100 to max; repeated string ss = 4; }
extend O { optional O ext = 100; }
extend google.protobuf.MethodOptions { optional O mo = 50001; }
extend google.protobuf.ServiceOptions { optional O so = 50001; }
extend google.protobuf.FieldOptions { optional O fo = 50001; }
message M { optional int32 f = 1 [(fo) = { s: "}" "]" i: - 3 o < s: 'x' > [a.ext] { s: "service X {" } }, deprecated = true]; }
service S { option (so).s = "service Fake { rpc X(Y) returns (Z); }"; option (a.so).(ext).i = -1;
rpc A(M) returns (M) { option (mo) = { s: "}" 'x' i: 0x1F o < s: "x" >, o: [{s: "q"}, < i: 1 >]; [a.ext] < i: 2 > ss: ["a", "b" "c"] }; }
rpc B(M) returns (M) { option (.a.mo).s = "a"  "b"; ; }; }`,
  'fields whose JSON names clash': `package a; message M { optional int32 foo_bar = 1; optional int32 fooBar = 2; } service S { rpc A(M) returns (M); }`,
  'groups with options, in oneofs and in extensions': `package a; message M { optional group Bar = 1 { optional int32 x = 1; message Deep {} }
repeated group Baz = 2 [deprecated = true] { required string s = 1; } oneof o { group Qux = 3 { optional int32 y = 1; } string t = 4; } extensions 100 to 200; }
extend M { optional group Ext = 100 { optional int32 e = 1; } }
service S { rpc A(M.Bar) returns (M.Qux); rpc B(Ext) returns (M.Bar.Deep); }`,
  'a package after the types it holds': `syntax = "proto3"; ${plain} package late.v1; service S { rpc A(M) returns (late.v1.M); rpc B(v1.M) returns (.late.v1.M); }`,
  'an empty service and semicolons everywhere': `syntax = "proto3";; package a;; ${plain}; service E {}; service S {; rpc A(M) returns (M) {;};; };`,
  'form feeds and lone carriage returns': `syntax = "proto3";\x0c\x0bpackage a;\r${plain}\r service S { rpc A(M) returns (M); }`,
  'a byte order mark': `\uFEFF${head}${plain}service S { rpc A(M) returns (M); }`,
  'forty nested messages': `${head}${'message M { '.repeat(40)}${'}'.repeat(40)}\nservice S { rpc A(M.M.M) returns (M); }`,
  'a value of an outer enum beside a package of its name': `syntax = "proto3"; package a.b; enum E { a = 0; } message M {} service S { rpc A(a.b.M) returns (M); }`,
};

describe('parseContract', () => {
  it.each(Object.entries(hard))('reads %s as buf does', async (_, text) => {
    const files = [{ path: 't.proto', text }];

    const truth = await buildWithBuf(files);

    expect(truth.complaint).toBe('');
    expect(parseContract(files)).toEqual(contractOf(truth));
  });

  it.each([
    ['a method named like its type', `${head}message A {} service S { rpc A(A) returns (.a.A); }`, '3:32'],
    [
      'a type that only a nearer scope hides',
      `syntax = "proto3"; package a.b; message M { message a {} } message a {} service S { rpc A(a.b.M) returns (M); }`,
      '1:91',
    ],
    ['a duplicate enum value of one scope', `${head}enum E { X = 0; } enum F { X = 0; }`, '3:28'],
    ['a second package line', `${head}package b;`, '3:1'],
    ['an optional field in an edition', 'edition = "2023"; message M { optional int32 a = 1; }', '1:31'],
    ['a group in proto3', `${head}message M { group G = 1 {} }`, '3:13'],
    ['a number in place of a name', `${head}message 1M {}`, '3:9'],
    ['emoji before the fault', `${head}/* 🚀🚀 */ massage M {}`, '3:10'],
  ])('refuses %s where buf refuses it', async (_, text, place) => {
    const error = refusalOf(text);

    expect((await buildWithBuf([{ path: 't.proto', text }])).complaint).toContain(`t.proto:${place.split(':')[0]}:`);
    expect(error.code).toBe(exitCode.refused);
    expect(error.faults[0]?.at).toBe(`t.proto:${place}`);
    expect(error.faults[0]?.hint).toBeTruthy();
  });

  it('names the faults of all files at once', () => {
    const files = ['one', 'two'].map((name) => ({ path: `${name}.proto`, text: `${head}service {}` }));

    const error = refusal(() => parseContract(files));

    expect(error.faults.map(({ at }) => at)).toEqual(['one.proto:3:9', 'two.proto:3:9']);
  });

  it('says which import of the module is missing', () => {
    const error = refusalOf(`${head}import "b/c.proto";`);

    expect(error.faults).toEqual([
      {
        message: 'imports "b/c.proto", which is not among the protos',
        at: 't.proto:3:8',
        hint: 'Add the file as proto/b/c.proto, or take the import out.',
      },
    ]);
  });

  it('sees no type through an import that is not public', () => {
    const files = [
      { path: 'a.proto', text: `syntax = "proto3"; message A {}` },
      { path: 'b.proto', text: `syntax = "proto3"; import "a.proto";` },
      { path: 'c.proto', text: `syntax = "proto3"; import "b.proto"; service S { rpc Do(A) returns (A); }` },
    ];

    expect(refusal(() => parseContract(files)).faults[0]?.message).toBe(
      'A is declared in a.proto, which this file does not import',
    );
  });

  it('gives no services for no files', () => {
    expect(parseContract([])).toEqual({ services: [] });
  });

  it('reads a hundred services with a thousand methods well below a blink', () => {
    const services = Array.from({ length: 100 }, (_, s) => {
      const methods = Array.from({ length: 10 }, (_, m) => `rpc M${m}(M) returns (stream a.M);`).join('\n');
      return `service S${s} {\n${methods}\n}`;
    });
    const files = [{ path: 't.proto', text: `${head}${plain}${services.join('\n')}` }];
    parseContract(files);

    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      parseContract(files);
      return performance.now() - start;
    });

    expect(Math.min(...times)).toBeLessThan(50);
  });
});

function refusalOf(text: string): UserError {
  return refusal(() => parseContract([{ path: 't.proto', text }]));
}

function refusal(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
