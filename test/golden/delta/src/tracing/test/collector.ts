/** A collector for tests: takes OTLP over HTTP on this machine and shows the spans it was sent. */

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fields, readFields } from '../../server/wire.ts';

export interface ReceivedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentId: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly resource: Readonly<Record<string, string | number>>;
  /** 0 unset, 2 error. */
  readonly status: number;
  readonly message: string;
  /** Names, and what the first has. */
  readonly events: readonly string[];
  readonly event: Readonly<Record<string, string | number>>;
}

export interface Collector {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Resolves when that many spans are there. */
  received(count: number): Promise<readonly ReceivedSpan[]>;
  /** Breaks off every connection until it is back. Its port stays its own, which no other test may get meanwhile. */
  leave(): void;
  comeBack(): void;
  /** Connections that were broken off since it left. */
  readonly turnedAway: number;
  close(): void;
}

/** `answer` false: takes connections and requests, and never answers. */
export async function startCollector(answer = true): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  let isAway = false;
  let turnedAway = 0;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      if (request.headers['content-type'] === 'application/x-protobuf') spans.push(...decodeExport(body));
      server.emit('spans');
      if (answer) response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  server.on('connection', (socket) => {
    if (!isAway) return;
    turnedAway += 1;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    async received(count) {
      while (spans.length < count) await once(server, 'spans');
      return spans;
    },
    leave() {
      isAway = true;
      turnedAway = 0;
      server.closeAllConnections();
    },
    comeBack() {
      isAway = false;
    },
    get turnedAway() {
      return turnedAway;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest. */
function decodeExport(body: Uint8Array): ReceivedSpan[] {
  return children(body, 1).flatMap((perResource) => {
    const resource = decodeAttributes(readFields(perResource.message(1)), 1);
    const scopes = perResource.messages(2).map(readFields);
    return scopes.flatMap((scope) => scope.messages(2).map((span) => decodeSpan(readFields(span), resource)));
  });
}

function decodeSpan(span: Fields, resource: ReceivedSpan['resource']): ReceivedSpan {
  const status = readFields(span.message(15));
  const events = span.messages(11).map(readFields);
  const [first] = events;
  return {
    name: span.text(5),
    kind: span.integer(6),
    traceId: hex(span.message(1)),
    spanId: hex(span.message(2)),
    parentId: hex(span.message(4)),
    attributes: decodeAttributes(span, 9),
    resource,
    status: status.integer(3),
    message: status.text(2),
    events: events.map((event) => event.text(2)),
    event: first === undefined ? {} : decodeAttributes(first, 3),
  };
}

function decodeAttributes(owner: Fields, field: number): Record<string, string | number> {
  const pairs = owner.messages(field).map(readFields);
  return Object.fromEntries(
    pairs.map((pair) => {
      const value = readFields(pair.message(2));
      return [pair.text(1), value.messages(1).length > 0 ? value.text(1) : value.integer(3)];
    }),
  );
}

function children(message: Uint8Array, field: number): Fields[] {
  return readFields(message).messages(field).map(readFields);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
