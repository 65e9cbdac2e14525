/** A server for a test: real, on a free port of this machine, and silent. */

import { pino } from 'pino';
import { type Channel, connect } from '../client/channel.ts';
import { type Client, createClient } from '../client/client.ts';
import { readConfig } from './config.ts';
import type { ServiceDefinition } from './definition.ts';
import type { Environment } from './environment.ts';
import { startServer } from './server.ts';
import type { Service } from './service.ts';

export interface TestServer<Definition extends ServiceDefinition> {
  /** Calls the service over the network. */
  readonly client: Client<Definition>;
  readonly channel: Channel;
  readonly address: string;
  close(): Promise<void>;
}

/** Settings as a process has them in its environment, apart from the ports: `startForTest(orders, { REPLICA: 'a' })`. */
export async function startForTest<Definition extends ServiceDefinition>(
  service: Service<Definition>,
  environment: Environment = {},
): Promise<TestServer<Definition>> {
  const config = readConfig({ HOST: '127.0.0.1', DRAIN: '1', ...environment, PORT: '0', METRICS_PORT: '0' });
  const server = await startServer({ services: [service], config, log: pino({ level: 'silent' }) });
  const address = `127.0.0.1:${server.port}`;
  const channel = connect(address);
  return {
    client: createClient(service.definition, channel),
    channel,
    address,
    async close() {
      channel.close();
      await server.stop(0);
    },
  };
}

/** All messages of a stream, once it has ended. */
export async function toArray<Message>(stream: AsyncIterable<Message>): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
}
