import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/render/interpret.ts';
import { flowTimings, hopLaws, steadyTimings, timingLaws } from '../../src/topology/timings.ts';
import { renderSamples, templates } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';
import { ecsNlbNginxSpecs } from './ecs-nlb-nginx-specs.ts';

/** A client's, and that of proxies behind the edge: of none, or of nginx, whose configuration has it. */
const elsewhere = ['idle', 'minPing', 'keepalive'];
const unwritten = [
  'connection_idle < idle <= edge_idle',
  '300 <= idle',
  'drain <= connection_age_grace < infinity',
  'connection_age < infinity',
  'min_ping <= keepalive < connection_idle',
];

interface Case {
  target: string;
  text: string;
  numbers: Record<string, number>;
  /** Under other names: what else is printed from one of them. */
  again: Record<string, string>;
  hop: Record<string, number>;
  laws: readonly string[];
  unwritten: readonly string[];
}

const { hop, ...flow } = flowTimings;

const cases: Case[] = [
  {
    target: 'ecs-alb',
    text: renderSamples(ecsAlbSpecs[0]![1]).get('infra/timings.tf')!.text,
    numbers: without(steadyTimings, elsewhere),
    again: { client_keep_alive: 'connectionAge' },
    hop: {},
    laws: timingLaws.map(({ law }) => law),
    unwritten,
  },
  {
    target: 'ecs-nlb-nginx',
    text: renderSamples(ecsNlbNginxSpecs[0]![1]).get('infra/timings.tf')!.text,
    numbers: without(flow, [...elsewhere, 'upstreamIdle', 'upstreamAge']),
    again: {},
    hop: { ...hop },
    laws: [...timingLaws, ...hopLaws].map(({ law }) => law),
    unwritten: [
      // The server outlasts nginx, for which it is written.
      'health_interval * unhealthy < pre_stop',
      ...unwritten,
      // In edge/nginx.conf.
      'upstream_idle < connection_idle',
      'upstream_age < 0.9 * connection_age',
    ],
  },
];

describe.each(cases)('timings.tf of $target', ({ target, text, numbers, again, hop: own, laws, unwritten: left }) => {
  it('has every number of the target’s timings, by its name', () => {
    expect(numbersIn(text)).toStrictEqual(spell(numbers, own));
  });

  it('has no number of its own: others come out as they were given', () => {
    const given = Object.fromEntries(Object.keys(numbers).map((field, index) => [field, 1000 + index]));
    const givenOwn = Object.fromEntries(Object.keys(own).map((field, index) => [field, 2000 + index]));
    const view = { target: { timings: print(given), hop: print(givenOwn), edge: { hasTls: true } } };
    const printed = renderTemplate(templates, `${target}/terraform/infra/timings.tf`, view);
    expect(numbersIn(printed)).toStrictEqual(spell(given, givenOwn));
  });

  it('keeps the laws of every target, those about what stands elsewhere apart', () => {
    const written = new Map([...text.matchAll(/^ {4}"(.+)" += (.+)$/gm)].map((found) => [found[1]!, found[2]!]));
    expect(laws.map(snake).filter((law) => !written.has(law))).toStrictEqual(left);
    for (const [law, expression] of written) {
      const parts = law.split(/ (<=?|==) /);
      const pairs = parts.flatMap((part, at) => (at % 2 === 1 ? [`${parts[at - 1]} ${part} ${parts[at + 1]}`] : []));
      expect(expression.replaceAll('local.timings.', '')).toBe(pairs.join(' && '));
    }
  });

  function spell(all: Record<string, number>, ofHop: Record<string, number>): Record<string, number> {
    return {
      ...Object.fromEntries(Object.entries(all).map(([field, value]) => [snake(field), value])),
      ...Object.fromEntries(Object.entries(ofHop).map(([field, value]) => [`hop_${snake(field)}`, value])),
      ...Object.fromEntries(Object.entries(again).map(([name, field]) => [name, all[field]!])),
    };
  }
});

it('without TLS the idle time is one that a listener can be told', () => {
  const { text } = renderSamples(ecsNlbNginxSpecs[2]![1]).get('infra/timings.tf')!;
  expect(text).toContain('"60 <= edge_idle <= 6000"');
  expect(text).not.toContain('edge_idle == 350');
});

function without(timings: object, left: readonly string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(timings).filter(([field]) => !left.includes(field)));
}

function print(numbers: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([field, value]) => [field, String(value)]));
}

function numbersIn(text: string): Record<string, number> {
  const lines = text.slice(0, text.indexOf('timing_laws')).matchAll(/^ {4}(\w+) += (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]));
}

function snake(text: string): string {
  return text
    .replaceAll('.', (dot, at) => (/[a-z]/.test(text[at - 1] ?? '') ? '_' : dot))
    .replace(/[A-Z]/g, (letter, at) => `${at > 0 && /\w/.test(text[at - 1]!) ? '_' : ''}${letter.toLowerCase()}`);
}
