/** Reads settings from environment variables, and gathers every fault instead of stopping at the first. */

import { accessSync, constants } from 'node:fs';

/** How one variable is read. */
export interface Reader<Value> {
  /** What it accepts, to follow "expected". */
  readonly accepts: string;
  /** Undefined refuses. */
  parse(text: string): Value | undefined;
  /** What an unset or empty variable means. Without it, the variable must be set. */
  readonly fallback?: { readonly value: Value };
}

export type Readers = { readonly [variable: string]: Reader<unknown> };

export type Settings<From extends Readers> = {
  readonly [Variable in keyof From]: From[Variable] extends Reader<infer Value> ? Value : never;
};

export interface Fault {
  readonly variable: string;
  /** Undefined if it is not set. */
  readonly value: string | undefined;
  readonly accepts: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const faults = new WeakMap<object, readonly Fault[]>();

/**
 * The settings, one for each reader, under its variable's name. Never throws: `run` asks for the faults of all
 * settings, reports them together and refuses to start, so that a value in error is never used.
 */
export function readSettings<From extends Readers>(
  readers: From,
  environment: Environment = process.env,
): Settings<From> {
  const found: Fault[] = [];
  const values = Object.entries(readers).map(([variable, reader]) => {
    // Compose and CI systems pass an unset variable as an empty one.
    const text = environment[variable] || undefined;
    const value = text === undefined ? reader.fallback?.value : reader.parse(text);
    const refused = text === undefined ? reader.fallback === undefined : value === undefined;
    if (refused) found.push({ variable, value: text, accepts: reader.accepts });
    return [variable, value];
  });
  const settings = Object.fromEntries(values) as Settings<From>;
  faults.set(settings, found);
  return settings;
}

/** What was wrong when these settings were read. */
export function faultsOf(settings: object): readonly Fault[] {
  return faults.get(settings) ?? [];
}

export function describeFault({ variable, value, accepts }: Fault): string {
  return `${variable} ${value === undefined ? 'is not set' : `is ${JSON.stringify(value)}`}: expected ${accepts}`;
}

/** `reader`, with a value for where the variable is not set. */
export function optional<Value, Fallback>(reader: Reader<Value>, fallback: Fallback): Reader<Value | Fallback> {
  return { ...reader, fallback: { value: fallback } };
}

export function text(): Reader<string> {
  return { accepts: 'a text', parse: (text) => text };
}

export function integer(min: number, max: number): Reader<number> {
  return {
    accepts: `a whole number from ${min} to ${max}`,
    parse(text) {
      const value = Number(text);
      return /^-?\d+$/.test(text) && value >= min && value <= max ? value : undefined;
    },
  };
}

/** A number of seconds, as many as a timer of Node can wait. */
export function seconds(min = 0): Reader<number> {
  const max = 2_147_483;
  return {
    accepts: `a number of seconds from ${min} to ${max}`,
    parse(text) {
      const value = Number(text);
      return /^\d+(\.\d+)?$/.test(text) && value >= min && value <= max ? value : undefined;
    },
  };
}

export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Reader<Choice> {
  return { accepts: choices.join(', '), parse: (text) => choices.find((choice) => choice === text) };
}

export function onOff(): Reader<boolean> {
  return { accepts: 'on or off', parse: (text) => ({ on: true, off: false })[text] };
}

/** The path of a file that can be read. */
export function file(): Reader<string> {
  return {
    accepts: 'the path of a readable file',
    parse(path) {
      try {
        accessSync(path, constants.R_OK);
        return path;
      } catch {
        return undefined;
      }
    },
  };
}
