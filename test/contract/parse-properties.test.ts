import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract, Method, Service } from '../../src/contract/contract.ts';
import { decodeText } from '../../src/contract/decode-text.ts';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { UserError } from '../../src/errors.ts';
import { buildWithBuf, contractOf } from './buf.ts';

const words = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'Service',
  'delete',
  'Buffer',
  'stream',
  'rpc',
];
const identifier = fc.oneof(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/), fc.constantFrom(...words));
const gap = fc.constantFrom(
  ' ',
  '\n',
  '\r\n',
  '\t',
  '/**/',
  ' // rpc No(M) returns (M); {\n',
  '/* service { " */',
  '  ',
);

/** A file and what it promises. Messages carry an M_, methods an R_, services an S_ before their names: no two clash. */
const file = fc
  .record({
    package: fc.uniqueArray(fc.stringMatching(/^p[a-z0-9_]{0,5}$/), { maxLength: 3 }),
    messages: fc.uniqueArray(identifier, { minLength: 1, maxLength: 5 }),
    services: fc.uniqueArray(
      fc.record({
        name: identifier,
        methods: fc.uniqueArray(
          fc.record({
            name: identifier,
            client: fc.boolean(),
            server: fc.boolean(),
            input: fc.nat(),
            output: fc.nat(),
            style: fc.constantFrom('bare', 'full', 'rooted'),
          }),
          { selector: ({ name }) => name, maxLength: 5 },
        ),
      }),
      { selector: ({ name }) => name, maxLength: 4 },
    ),
    gaps: fc.array(gap, { minLength: 1, maxLength: 9 }),
  })
  .map((drawn) => {
    const pkg = drawn.package.join('.');
    const full = (name: string): string => (pkg ? `${pkg}.${name}` : name);
    const messages = drawn.messages.map((name) => `M_${name}`);
    const tokens = ['syntax', '=', '"proto3"', ';', ...(pkg ? ['package', pkg, ';'] : [])];
    for (const name of messages) tokens.push('message', name, '{', '}');
    const services: Service[] = drawn.services.map(({ name, methods }) => {
      const service = `S_${name}`;
      tokens.push('service', service, '{');
      const read = methods.map(({ name, client, server, input, output, style }): Method => {
        const type = (index: number): string => messages[index % messages.length] as string;
        const write = (one: string): string =>
          style === 'bare' ? one : `${style === 'rooted' ? '.' : ''}${full(one)}`;
        tokens.push('rpc', `R_${name}`, '(', ...(client ? ['stream'] : []), write(type(input)), ')');
        // A leading dot may not touch the word stream: `stream.a.M` is read as one, and means another thing.
        tokens.push('returns', '(', ...(server ? ['stream'] : []), write(type(output)), ')', ';');
        const kind = client ? (server ? 'bidi-streaming' : 'client-streaming') : server ? 'server-streaming' : 'unary';
        return { name: `R_${name}`, kind, input: full(type(input)), output: full(type(output)) };
      });
      tokens.push('}');
      return { name: service, fullName: full(service), package: pkg, file: 't.proto', methods: read };
    });
    const text = tokens.map((token, at) => token + drawn.gaps[at % drawn.gaps.length]).join('');
    const contract: Contract = { services: services.sort((a, b) => (a.fullName < b.fullName ? -1 : 1)) };
    return { text, contract };
  });

describe('parseContract', () => {
  it('gives back what any generated file declares', () => {
    fc.assert(
      fc.property(file, ({ text, contract }) => {
        expect(parseContract([{ path: 't.proto', text }])).toEqual(contract);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with buf on generated files', async () => {
    for (const { text, contract } of fc.sample(file, { numRuns: 8, seed: 20 })) {
      const truth = await buildWithBuf([{ path: 't.proto', text }]);

      expect(truth.complaint).toBe('');
      expect(contractOf(truth)).toEqual(contract);
    }
  });

  it('throws nothing but a UserError with places and hints at garbage', () => {
    const shards = [
      'service',
      'rpc',
      'message',
      'syntax',
      '"proto3"',
      '"',
      "'",
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '<',
      '>',
    ];
    const glue = [
      '=',
      ';',
      '.',
      ',',
      '-',
      '/*',
      '*/',
      '//',
      '\n',
      '\0',
      'option',
      'enum',
      'group',
      'map',
      '1',
      'a',
      'é',
      '\uD800',
    ];
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom(...shards, ...glue), { maxLength: 60 }).map((parts) => parts.join(' ')),
      fc.tuple(file, fc.nat(), fc.nat(20), fc.string()).map(([{ text }, at, length, put]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + put + text.slice(start + length);
      }),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        const error = catchError(() => parseContract([{ path: 't.proto', text }]));
        if (error === undefined) return;
        expect(error).toBeInstanceOf(UserError);
        for (const { at, hint } of (error as UserError).faults) {
          expect(at).toMatch(/^t\.proto:[1-9]\d*:[1-9]\d*$/);
          expect(hint).toBeTruthy();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives up in good time on what is large and senseless', () => {
    const large = ['{', '/*', '/**/', '"', 'message M {', 'option a = {', '.', '(', ' ', '\\', '// x\n'];
    for (const piece of large) {
      const text = `option a = ${piece.repeat(50_000)}`;
      const start = performance.now();
      const error = catchError(() => parseContract([{ path: 't.proto', text }]));
      expect(error).toBeInstanceOf(UserError);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});

describe('decodeText', () => {
  it('keeps the bytes of any text, and says where bytes are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'grapheme' }), (noise, text) => {
        const bytes = new Uint8Array([...new TextEncoder().encode(text), ...noise]);
        const decoded = decodeText(bytes, 't.proto');
        if (typeof decoded === 'string') expect(new TextEncoder().encode(decoded)).toEqual(bytes);
        else expect(decoded.at).toMatch(/^t\.proto:[1-9]\d*:[1-9]\d*$/);
      }),
      { numRuns: 500 },
    );
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
