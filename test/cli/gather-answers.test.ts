import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatheredAnswers, gatherAnswers } from '../../src/cli/gather-answers.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { UserError } from '../../src/errors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gather-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('gatherAnswers', () => {
  it.each<[string[], GatheredAnswers]>([
    [[], { protos: [] }],
    [['apps/orders'], { directory: 'apps/orders', name: 'orders', protos: [] }],
    [['../orders/'], { directory: '../orders/', name: 'orders', protos: [] }],
    [['--proto', 'a.proto', '--proto', 'b'], { protos: ['a.proto', 'b'] }],
    [
      ['shop', '--workload', 'cart=protos/a=b', '--workload', 'pay'],
      {
        directory: 'shop',
        name: 'shop',
        workloads: [
          { name: 'cart', sources: ['protos/a=b'] },
          { name: 'pay', sources: [] },
        ],
        protos: [],
      },
    ],
    [['--workload', 'a=x', '--workload', 'a=y'], { workloads: [{ name: 'a', sources: ['x', 'y'] }], protos: [] }],
    [['--workload', 'a=x', '--proto', 'y'], { workloads: [{ name: 'a', sources: ['x', 'y'] }], protos: [] }],
    [['--target', 'local', '--no-git'], { target: 'local', git: false, protos: [] }],
  ])('reads %j', (argv, expected) => {
    expect(gather(argv)).toStrictEqual(expected);
  });

  it('names the project after the current folder where the directory is .', () => {
    expect(gather(['.'], '/projects/orders')).toStrictEqual({ directory: '.', name: 'orders', protos: [] });
  });

  it('tells every fault at once, each at its flag', () => {
    const faults = refusalOf(['Orders', '--target', 'locl', '--workload', 'a_b', '--workload', 'c=', '--proto', 'x']);
    expect(faults.map(({ at, message, hint }) => [at, message.split(',')[0], hint])).toStrictEqual([
      ['--workload', '"c=" names no .proto file or folder after =', 'For example: --workload c=protos'],
      ['--proto', 'is for the one workload of a project', 'Say whose it is: --workload a_b=x'],
      ['DIRECTORY', 'name is "Orders"', 'Use orders'],
      ['--target', 'target is "locl"', 'Did you mean local?'],
      ['--workload', 'workloads[0].name is "a_b"', 'Use a-b'],
    ]);
  });

  it('refuses one workload named twice', () => {
    expect(refusalOf(['--workload', 'a', '--workload', 'a'])[0]?.message).toBe('two workloads are named "a"');
  });

  it.each(['/', '..', ''])('refuses the directory %j, which names no project', (directory) => {
    expect(refusalOf([directory], '/')[0]?.message).toContain('name is empty');
  });
});

describe('--config', () => {
  it('gives answers, with protos beside it', () => {
    write('{"name": "shop", "workloads": [{"name": "cart", "protos": ["cart/v1"]}, {"name": "pay"}]}');
    expect(gather(['--config', 'answers.json'], folder)).toStrictEqual({
      directory: 'shop',
      name: 'shop',
      workloads: [
        { name: 'cart', sources: [join(folder, 'proto/cart/v1')] },
        { name: 'pay', sources: [] },
      ],
      protos: [],
    });
  });

  it('yields to flags, but keeps its name', () => {
    write('{"name": "shop", "workloads": [{"name": "cart", "protos": ["cart/v1"]}]}');
    expect(gather(['elsewhere/2', '--config', 'answers.json', '--proto', 'x'], folder)).toStrictEqual({
      directory: 'elsewhere/2',
      name: 'shop',
      workloads: [{ name: 'cart', sources: ['x'] }],
      protos: [],
    });
    expect(gather(['--config', 'answers.json', '--workload', 'b=y'], folder).workloads).toStrictEqual([
      { name: 'b', sources: ['y'] },
    ]);
  });

  it('is refused at the line and column of what is wrong', () => {
    write('{"name": "shop",\n "workloads": [{"name": "cart", "protos": ["../../etc"]}]}');
    expect(refusalOf(['--config', 'answers.json'], folder)[0]?.at).toBe('answers.json:2:44');
  });

  it('is refused where it cannot be read', () => {
    expect(refusalOf(['--config', 'absent.json'], folder, 1)[0]).toMatchObject({
      at: 'absent.json',
      message: 'does not exist',
    });
    expect(refusalOf(['--config', '.'], folder, 1)[0]).toMatchObject({ at: '.', message: 'is a folder, not a file' });
    writeFileSync(join(folder, 'answers.json'), Buffer.from([0x22, 0xff, 0x22]));
    expect(refusalOf(['--config', 'answers.json'], folder, 1)[0]).toMatchObject({ message: 'is not UTF-8 text' });
  });

  function write(text: string): void {
    writeFileSync(join(folder, 'answers.json'), text);
  }
});

function gather(argv: readonly string[], cwd = '/projects'): GatheredAnswers {
  const command = parseArguments(argv);
  if (command.verb !== 'new') throw new Error(command.verb);
  return gatherAnswers(command, cwd);
}

function refusalOf(argv: readonly string[], cwd?: string, code = 2) {
  try {
    gather(argv, cwd);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toBe(code);
    return error.faults;
  }
  throw new Error('accepted');
}
