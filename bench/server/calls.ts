/** What a call costs each server, and how long its client waits, in rounds that take all servers in turn. */
import { Client, credentials, type MethodDefinition } from '@grpc/grpc-js';
import type { GetRequest, GetResponse } from './get.ts';
import { type Running, readCpu } from './process.ts';

export interface CallSample {
  /** Milliseconds, one a round: of the server's CPU for each call, and of waiting for the middle and the slowest percent. */
  cpu: number[];
  p50: number[];
  p99: number[];
}

export interface Load {
  rounds: number;
  calls: number;
  warmUp: number;
}

const callers = 32;

/** Rounds are in the same order for every server. */
export async function measureCalls(
  servers: readonly Running[],
  get: MethodDefinition<GetRequest, GetResponse>,
  { rounds, calls, warmUp }: Load,
): Promise<CallSample[]> {
  const subjects = servers.map((server) => ({
    server,
    client: new Client(`127.0.0.1:${server.port}`, credentials.createInsecure()),
    sample: { cpu: [], p50: [], p99: [] } as CallSample,
  }));
  for (const { client } of subjects) await callMany(client, get, warmUp);
  for (let round = 0; round < rounds; round++) {
    for (const { server, client, sample } of subjects) {
      const before = readCpu(server);
      const waited = (await callMany(client, get, calls)).sort((a, b) => a - b);
      sample.cpu.push((readCpu(server) - before) / calls);
      sample.p50.push(waited[Math.floor(calls * 0.5)] ?? Number.NaN);
      sample.p99.push(waited[Math.floor(calls * 0.99)] ?? Number.NaN);
    }
  }
  for (const { client } of subjects) client.close();
  return subjects.map(({ sample }) => sample);
}

/** How long each waited, in milliseconds. */
async function callMany(client: Client, get: MethodDefinition<GetRequest, GetResponse>, calls: number) {
  const waited: number[] = [];
  let left = calls;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) {
        const began = performance.now();
        await callOnce(client, get);
        waited.push(performance.now() - began);
      }
    }),
  );
  return waited;
}

export function callOnce(client: Client, get: MethodDefinition<GetRequest, GetResponse>): Promise<void> {
  return new Promise((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = get;
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { id: '42' }, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}
