/** A service for the server's own tests, whatever protos the repo has: each kind of RPC once, texts for messages. */

import type { TestContext } from 'node:test';
import type { Codec } from '../definition.ts';
import { type Handlers, type Service, service, startForTest } from '../index.ts';

export interface Text {
  text: string;
}

/** A message that is nothing but its text, and cannot be decoded if that is "undecodable" or encoded if "unencodable". */
const Text: Codec<Text> = {
  encode({ text }) {
    if (text === 'unencodable') throw new Error('unencodable');
    return { finish: () => Buffer.from(text) };
  },
  decode(bytes) {
    const text = Buffer.from(bytes).toString();
    if (text === 'undecodable') throw new Error('undecodable');
    return { text };
  },
};

const message = { requestType: Text, responseType: Text } as const;

export const EchoDefinition = {
  fullName: 'test.v1.Echo',
  methods: {
    say: { name: 'Say', requestStream: false, responseStream: false, ...message },
    count: { name: 'Count', requestStream: false, responseStream: true, ...message },
    join: { name: 'Join', requestStream: true, responseStream: false, ...message },
    chat: { name: 'Chat', requestStream: true, responseStream: true, ...message },
  },
} as const;

/** Answers unless a test has other handlers. */
const handlers: Handlers<typeof EchoDefinition> = {
  async say({ text }) {
    return { text };
  },
  async *count({ text }) {
    for (let number = 1; number <= Number(text); number += 1) yield { text: String(number) };
  },
  async join(requests) {
    const texts: string[] = [];
    for await (const { text } of requests) texts.push(text);
    return { text: texts.join(' ') };
  },
  async *chat(requests) {
    yield* requests;
  },
};

export function echo(other: Partial<Handlers<typeof EchoDefinition>> = {}): Service<typeof EchoDefinition> {
  return service(EchoDefinition, { ...handlers, ...other });
}

/** Serves it until the test ends. */
export async function startEcho(
  t: TestContext,
  other: Partial<Handlers<typeof EchoDefinition>> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  const server = await startForTest(echo(other), environment);
  t.after(() => server.close());
  return server;
}

/** A promise that a test's handler can keep. */
export function gate<Value = void>() {
  let open!: (value: Value) => void;
  const opened = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
