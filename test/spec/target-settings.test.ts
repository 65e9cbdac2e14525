import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { awsRegions } from '../../src/spec/aws-regions.ts';
import { checkAnswers, checkSpec } from '../../src/spec/check-spec.ts';
import { fargateSizes } from '../../src/spec/fargate-sizes.ts';
import { fillSettings, requireSettings } from '../../src/spec/fill-settings.ts';
import { specJsonSchema } from '../../src/spec/json-schema.ts';
import { readSpec, writeSpec } from '../../src/spec/read-spec.ts';
import { settings, specSchema } from '../../src/spec/schema.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { givenVariables } from '../../src/spec/workload-settings.ts';
import { aNginxSpec, anEcsSpec, anyText } from './any-spec.ts';

const workload = { name: 'orders', protos: ['orders/v1'] };
const least = {
  name: 'orders',
  target: 'ecs-alb',
  region: 'eu-west-1',
  domain: 'grpc.example.com',
  workloads: [workload],
};
const filled: Spec = {
  name: 'orders',
  target: 'ecs-alb',
  iac: 'terraform',
  region: 'eu-west-1',
  domain: 'grpc.example.com',
  zone: 'example.com',
  dns: 'existing',
  network: 'create',
  environments: ['dev', 'prod'],
  internal: false,
  arch: 'x86_64',
  logs: 'firelens',
  reflection: true,
  telemetry: false,
  alarms: false,
  workloads: [{ ...workload, cpu: 256, memory: 512 }],
};

describe('a Spec for ecs-alb', () => {
  it('gets the defaults of what was not said', () => {
    expect(checkSpec(least)).toStrictEqual(filled);
    expect(requireSettings(checkSpec(least))).toStrictEqual(filled);
  });

  it.each([
    [{ domain: 'grpc.shop.example.com' }, { zone: 'shop.example.com' }],
    [{ domain: 'example.com' }, { zone: 'example.com' }],
    [{ domain: 'grpc.shop.example.com', zone: 'example.com' }, { zone: 'example.com' }],
    [{ workloads: [{ ...workload, cpu: 1024 }] }, { workloads: [{ ...workload, cpu: 1024, memory: 2048 }] }],
    [{ telemetry: true }, { workloads: [{ ...workload, cpu: 256, memory: 1024 }] }],
    [
      { telemetry: true, workloads: [{ ...workload, cpu: 1024 }] },
      { workloads: [{ ...workload, cpu: 1024, memory: 2048 }] },
    ],
    [{ workloads: [{ ...workload, secrets: {} }] }, { workloads: filled.workloads }],
  ])('with %j has %j', (said, has) => {
    expect(checkSpec({ ...least, ...said })).toStrictEqual({ ...filled, ...said, ...has });
  });

  it('has, for each number of CPU units, the least memory that Fargate takes', () => {
    for (const [cpu, [smallest]] of Object.entries(fargateSizes)) {
      const { workloads } = checkSpec({ ...least, workloads: [{ ...workload, cpu: Number(cpu) }] });
      expect(workloads[0]?.memory).toBe(smallest);
    }
  });

  it('is written whole, so that another default of a later version changes no repo', () => {
    const written = JSON.parse(writeSpec(checkSpec(least)));
    expect(Object.keys(written)).toStrictEqual(['$schema', ...Object.keys(filled)]);
  });

  it('comes back exactly from its own text', () => {
    fc.assert(
      fc.property(fc.oneof(anEcsSpec, aNginxSpec), (spec) => {
        const text = writeSpec(spec);
        expect(readSpec(text, 'grpc-aws.json')).toStrictEqual(spec);
        expect(requireSettings(readSpec(text, 'grpc-aws.json'))).toStrictEqual(spec);
      }),
    );
  });

  it('is written in one order, whatever order it was made in', () => {
    fc.assert(
      fc.property(fc.oneof(anEcsSpec, aNginxSpec), (spec) => {
        const reversed = Object.fromEntries(Object.entries(spec).reverse()) as unknown as Spec;
        expect(writeSpec(reversed)).toBe(writeSpec(spec));
      }),
    );
  });
});

describe('a Spec for ecs-nlb-nginx', () => {
  const nginx = { ...least, target: 'ecs-nlb-nginx' };

  it('gets TLS where nothing was said, and no version of nginx', () => {
    expect(checkSpec(nginx)).toStrictEqual({ ...filled, target: 'ecs-nlb-nginx', listener: 'tls' });
    const said = { listener: 'tcp', nginxVersion: '1.22' } as const;
    expect(checkSpec({ ...nginx, ...said })).toStrictEqual({ ...filled, target: 'ecs-nlb-nginx', ...said });
  });

  it('says what it does not take of other targets, and the others what they do not take of it', () => {
    expect(refusalOf({ ...least, listener: 'tcp' })).toStrictEqual([
      {
        message: 'listener is no setting of this target, but of ecs-nlb-nginx',
        hint: 'Leave it out, or choose the target ecs-nlb-nginx',
      },
    ]);
  });

  it.each(['1.19', '1.20.2', '1.21', '1.9.15', '2.0', '1.22-alpine', '1.22.', 'stable', '1.30.4 '])(
    'takes no nginx %j',
    (version) => {
      expect(refusalOf({ ...nginx, nginxVersion: version }).map(({ hint }) => hint)).toStrictEqual([
        'Write for example 1.22',
      ]);
    },
  );
});

it('goes on in Terraform where grpc-aws.json is of a version that did not ask', () => {
  const { iac: _, ...earlier } = filled;
  expect(readSpec(JSON.stringify(earlier), 'grpc-aws.json').iac).toBe('terraform');
});

describe('refuses', () => {
  it.each([
    ['region', 'eu-wst-1', 'Did you mean eu-west-1?'],
    ['region', 'EU-WEST-1', 'Did you mean eu-west-1?'],
    ['region', 'eu-west-1a', 'Did you mean eu-west-1?'],
    ['region', 'Frankfurt', 'Did you mean eu-central-1?'],
    ['region', 'cn-north-1', 'It is in a partition of AWS of its own, where this version does not deploy'],
    ['region', 'us-gov-west-1', 'It is in a partition of AWS of its own, where this version does not deploy'],
    ['region', 'mars', `Known are ${Object.keys(awsRegions).join(', ')}`],
    ['domain', 'https://grpc.example.com/v1?x#y', 'Use grpc.example.com'],
    ['domain', 'dns:///grpc.example.com:443', 'Use grpc.example.com'],
    ['domain', 'user@grpc.example.com', 'Use grpc.example.com'],
    ['domain', 'grpc.example.com.', 'Use grpc.example.com'],
    ['domain', '*.Example.com', 'Use example.com'],
    ['domain', 'my_api.example.com', 'Use my-api.example.com'],
    ['domain', 'grpc.bücher.com', 'Use grpc.xn--bcher-kva.com'],
    ['domain', '10.0.0.1', 'Give the name that clients dial, such as grpc.example.com'],
    ['domain', '[::1]:443', 'Give the name that clients dial, such as grpc.example.com'],
    ['domain', 'localhost', 'Give the name that clients dial, such as grpc.example.com'],
    ['domain', 'grpc..example.com', 'Give the name that clients dial, such as grpc.example.com'],
    ['domain', `${'a'.repeat(64)}.com`, 'Give the name that clients dial, such as grpc.example.com'],
    ['domain', '', 'Give the name that clients dial, such as grpc.example.com'],
    ['domain', 'orders.internal', 'Give a domain that you own'],
    ['zone', 'example.org', 'Use example.com, or whichever zone holds the domain'],
    ['zone', 'ple.com', 'Use example.com, or whichever zone holds the domain'],
    ['dns', 'creat', 'Did you mean create?'],
    ['network', 'exist', 'Did you mean existing?'],
    ['arch', 'x86-64', 'Did you mean x86_64?'],
    ['name', 'internal', 'Put something in front of it'],
    ['name', 'sg-orders', 'Put something in front of it'],
    ['name', 'xn--orders', 'Put something in front of it'],
    ['internal', 'yes', 'Use true or false'],
    ['environments', 'prod', 'Write for example ["dev", "prod"]'],
  ])('%s %j, and says how to mend it', (key, value, hint) => {
    expect(refusalOf({ ...least, [key]: value }).map((fault) => fault.hint)).toStrictEqual([hint]);
  });

  it.each([
    [['Dev'], 'Use dev'],
    [['dev', 'dev'], 'Name it once'],
    [['con'], 'Give it another name'],
    [['a1234567890123456'], 'Write for example dev'],
    [[], 'Write for example ["dev", "prod"]'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], 'Write for example ["dev", "prod"]'],
  ])('the environments %j', (environments, hint) => {
    expect(refusalOf({ ...least, environments }).map((fault) => fault.hint)).toStrictEqual([hint]);
  });

  it.each([
    [{ cpu: 300 }, 'workloads[0].cpu is 300, but must be one of 256, 512, 1024, 2048, 4096', 'Write for example 256'],
    [
      { cpu: '256' },
      'workloads[0].cpu is "256", but must be one of 256, 512, 1024, 2048, 4096',
      'Write for example 256',
    ],
    [{ memory: 4096 }, 'workloads[0].memory is 4096, but Fargate takes 512, 1024, 2048 with a cpu of 256', 'Use 2048'],
    [
      { cpu: 1024, memory: 2500 },
      'workloads[0].memory is 2500, but Fargate takes 2048, 3072, … 8192 with a cpu of 1024',
      'Use 2048',
    ],
    [
      { secrets: { PORT: { from: 'ssm', name: 'port' } } },
      'workloads[0].secrets.PORT cannot be "PORT": the server is told something else by that variable',
      'Give it another name',
    ],
    [
      { secrets: { KEY: { from: 'vault', name: 'key' } } },
      'workloads[0].secrets.KEY.from is "vault", but must be secretsmanager or ssm',
      'Use secretsmanager or ssm',
    ],
    [
      { secrets: { KEY: 'arn:aws:ssm:eu-west-1:1:parameter/key' } },
      'workloads[0].secrets.KEY is "arn:aws:ssm:eu-west-1:1:parameter/key", but must be an object with from (secretsmanager or ssm) and name',
      'Write for example { "from": "ssm", "name": "orders/api-key" }',
    ],
    [
      { secrets: { KEY: { from: 'ssm' } } },
      'workloads[0].secrets.KEY.name is missing; it must be one to thirteen parts of letters, digits and _ . - with / between, such as orders/database-url',
      'Write for example orders/database-url',
    ],
  ])('a workload with %j', (said, message, hint) => {
    const faults = refusalOf({ ...least, workloads: [{ ...workload, ...said }] });
    expect(faults.map((fault) => [fault.message, fault.hint])).toStrictEqual([[message, hint]]);
  });

  it.each([
    [512, 'but with telemetry a collector shares it with the server: 1024 is the least', 'or turn telemetry off'],
    [600, 'but Fargate takes 512, 1024, 2048 with a cpu of 256', 'Use 1024'],
  ])('%d MiB where a collector shares them', (memory, why, hint) => {
    const [fault, ...others] = refusalOf({ ...least, telemetry: true, workloads: [{ ...workload, memory }] });
    expect(fault?.message).toBe(`workloads[0].memory is ${memory}, ${why}`);
    expect(fault?.hint).toContain(hint);
    expect(others).toStrictEqual([]);
  });

  it('a parameter whose name AWS refuses because of the project’s', () => {
    const secrets = { KEY: { from: 'ssm', name: 'key' }, OTHER: { from: 'secretsmanager', name: 'other' } };
    const faults = refusalOf({ ...least, name: 'awsome', workloads: [{ ...workload, secrets }] });
    expect(faults).toStrictEqual([
      {
        message:
          'workloads[0].secrets.KEY cannot be in ssm: it takes no name that begins with aws, and the project’s does',
        hint: 'Keep it in secretsmanager',
      },
    ]);
  });

  it('an environment whose stack would be called as the foundation, in CloudFormation alone', () => {
    const said = { ...least, environments: ['bootstrap', 'prod'] };
    expect(refusalOf({ ...said, iac: 'cloudformation' })).toStrictEqual([
      {
        message: 'the stack of the environment bootstrap would be called as the account’s foundation, orders-bootstrap',
        hint: 'Call that environment otherwise, or use Terraform',
      },
    ]);
    expect(checkSpec(said)).toMatchObject({ iac: 'terraform', environments: ['bootstrap', 'prod'] });
  });

  it('a domain that no certificate of AWS takes, counting the longest environment', () => {
    const domain = `${'a'.repeat(40)}.${'b'.repeat(15)}.com`;
    expect(refusalOf({ ...least, domain, environments: ['staging', 'prod'] })[0]).toMatchObject({
      message: expect.stringContaining('68 characters, and a certificate of AWS takes 64'),
      hint: 'Use a domain of at most 56 characters',
    });
    expect(checkSpec({ ...least, domain, environments: ['dev', 'production'] }).domain).toBe(domain);
  });

  it('a setting for a target that does not take it, and names those that do', () => {
    const faults = refusalOf({ name: 'orders', region: 'x', workloads: [{ ...workload, cpu: 'x' }] });
    expect(faults).toStrictEqual([
      {
        message: 'region is no setting of this target, but of ecs-alb and ecs-nlb-nginx',
        hint: 'Leave it out, or choose the target ecs-alb or ecs-nlb-nginx',
      },
      {
        message: 'workloads[0].cpu is no setting of this target, but of ecs-alb and ecs-nlb-nginx',
        hint: 'Leave it out, or choose the target ecs-alb or ecs-nlb-nginx',
      },
    ]);
  });

  it('many settings of another target in one sentence, whatever else is wrong', () => {
    const faults = refusalOf({ ...least, target: 'local', alarms: true, name: 'Orders' });
    expect(faults.map(({ message }) => message)).toStrictEqual([
      '3 settings are none of this target, but of ecs-alb and ecs-nlb-nginx: region, domain, alarms',
      expect.stringContaining('name is "Orders"'),
    ]);
    expect(faults[0]).toStrictEqual({
      message: expect.any(String),
      hint: 'Leave all of them out, or choose the target ecs-alb or ecs-nlb-nginx',
    });
  });

  it('a target without what it needs', () => {
    const { region: _, domain: __, ...rest } = least;
    expect(refusalOf(rest).map(({ message }) => message.split(';')[0])).toStrictEqual([
      'region is missing',
      'domain is missing',
    ]);
  });

  it('every hostile text in every setting, as the user’s fault, shown escaped', () => {
    const keys = settings.filter(({ node }) => node.type === 'string').map(({ name }) => name);
    fc.assert(
      fc.property(fc.constantFrom(...keys), anyText, (key, text) => {
        const told = attempt(() => checkSpec({ ...least, environments: ['prod'], [key]: text }));
        if (told instanceof UserError) {
          expect(told.code).toBe(2);
          for (const { message, hint = '' } of told.faults)
            expect(message + hint).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        } else expect(told[key]).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('every hostile text as an environment, a variable or a secret’s name', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const secrets = (variable: string, name: string) => ({
          workloads: [{ ...workload, secrets: Object.fromEntries([[variable, { from: 'ssm', name }]]) }],
        });
        for (const said of [{ environments: [text] }, secrets(text, 'key'), secrets('KEY', text)]) {
          const told = attempt(() => checkSpec({ ...least, ...said }));
          if (told instanceof UserError) {
            for (const { message, hint = '' } of told.faults)
              expect(message + hint).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          } else expect(JSON.stringify(told)).toMatch(/^[ -~]*$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('says of every fault of a setting how to mend it', () => {
  const names: string[] = settings.map(({ name }) => name);
  const odd = fc.oneof(fc.jsonValue(), anyText, fc.array(anyText, { maxLength: 9 }));
  const task = fc.record({ cpu: odd, memory: fc.oneof(odd, fc.nat(40_000)), secrets: odd }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), odd), task, (said, sizes) => {
      const told = attempt(() => checkSpec({ ...least, ...said, workloads: [{ ...workload, ...sizes }] }));
      if (told instanceof UserError) expect(told.faults.filter(({ hint }) => hint === undefined)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('answers that are not complete', () => {
  it('may have the settings of any target as long as there is none', () => {
    expect(checkAnswers({ region: 'eu-west-1' })).toStrictEqual({ region: 'eu-west-1' });
    expect(() => checkAnswers({ region: 'eu-west-1', target: 'local' })).toThrow('of ecs-alb and ecs-nlb-nginx');
  });

  it('get no defaults', () => {
    expect(checkAnswers({ target: 'ecs-alb' })).toStrictEqual({ target: 'ecs-alb' });
  });

  it('are shown with the defaults of their target', () => {
    const { name: _, target: __, workloads: ___, ...shown } = filled;
    expect(fillSettings('ecs-alb', { region: 'eu-west-1', domain: 'grpc.example.com' })).toStrictEqual(shown);
    expect(fillSettings('local', {})).toStrictEqual({});
  });

  it('may name a package manager for any target; what is not said is not written', () => {
    expect(fillSettings('local', { packageManager: 'pnpm' })).toStrictEqual({ packageManager: 'pnpm' });
    expect(attempt(() => checkAnswers({ packageManager: 'bun' }))).toMatchObject({
      faults: [{ message: expect.stringContaining('npm, pnpm or yarn') }],
    });
  });
});

describe('the JSON Schema', () => {
  it('has every setting, and says which target needs it and which refuses it', () => {
    const { properties, allOf } = specJsonSchema() as { properties: object; allOf: { then: Consequence }[] };
    expect(Object.keys(properties)).toStrictEqual(Object.keys(specSchema.properties!));
    const [local, ecsAlb, ecsNlbNginx] = allOf;
    const foreign = settings.filter(({ targets }) => !targets.includes('local')).map(({ name }) => name);
    expect(foreign).not.toContain('packageManager');
    expect(Object.keys(local?.then.properties ?? {})).toStrictEqual([...foreign, 'workloads']);
    expect(Object.keys(ecsAlb?.then.properties ?? {})).toStrictEqual(['listener', 'nginxVersion']);
    expect(ecsNlbNginx?.then.properties).toStrictEqual({});
    for (const target of [ecsAlb, ecsNlbNginx])
      expect(target?.then.required).toStrictEqual(['name', 'workloads', 'region', 'domain']);
  });

  interface Consequence {
    required: string[];
    properties: Record<string, unknown>;
  }
});

it('keeps back from secrets no variable that the server does not have', () => {
  const config = readFileSync(new URL('../../templates/server/src/server/config.ts', import.meta.url), 'utf8');
  const own = givenVariables.filter((variable) => !variable.startsWith('OTEL_'));
  expect(own.filter((variable) => !config.includes(`\n  ${variable}: `))).toStrictEqual([]);
});

it('keeps back from secrets every variable that a task is given', () => {
  const infra = [
    'ecs-alb/terraform/infra/tasks.tf',
    'ecs-nlb-nginx/terraform/infra/tasks.tf',
    'ecs/terraform/infra/sidecars.tf.hbs',
  ].map((file) => readFileSync(new URL(`../../templates/${file}`, import.meta.url), 'utf8'));
  const given = infra.flatMap((text) => [...text.matchAll(/^ {6}([A-Z][A-Z_]+) += /gm)].map(([, name]) => name));
  expect(new Set(given)).toStrictEqual(new Set(givenVariables));
});

it('offers each setting with a flag, and asks for all that are needed', () => {
  for (const { node, question } of settings) {
    expect(question.flag).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(question.valueName === undefined).toBe(node.type === 'boolean');
    if (node.needed) expect(question.prompt).toBeDefined();
  }
});

function attempt<T>(act: () => T): T | UserError {
  try {
    return act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function refusalOf(value: unknown) {
  const told = attempt(() => checkSpec(value));
  if (!(told instanceof UserError)) throw new Error('accepted');
  expect(told.code).toBe(2);
  return told.faults;
}
