/** A gRPC client that knows nothing of an emitted repo but its address: it sends and gets bytes. */
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';

export interface ByteClient {
  /** One unary call. Rejects with grpc-js's error, which has the status as `code`. */
  call(path: string, request?: Uint8Array): Promise<Buffer>;
  close(): void;
}

/** Spreads its calls over the servers on these ports of this machine, as a client behind no load balancer does. */
export function openClient(ports: readonly number[]): ByteClient {
  const addresses = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const client = new Client(`ipv4:${addresses}`, credentials.createInsecure(), {
    'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  });
  return {
    call(path, request = new Uint8Array()) {
      return new Promise((resolve, reject) => {
        const done = (error: ServiceError | null, response?: Buffer) =>
          error === null ? resolve(response ?? Buffer.alloc(0)) : reject(error);
        const options = { deadline: Date.now() + 10_000 };
        client.makeUnaryRequest(path, keepBytes, keepBytes, Buffer.from(request), options, done);
      });
    },
    close: () => client.close(),
  };
}

function keepBytes(bytes: Buffer): Buffer {
  return bytes;
}
