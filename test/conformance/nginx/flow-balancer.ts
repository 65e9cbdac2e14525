/** What a Network Load Balancer is to a client: it hands each new connection to the next target, and reads nothing. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FlowBalancer {
  port: number;
  /** New connections go there no more; those that are open stay. */
  deregister(target: number): void;
  close(): Promise<void>;
}

export async function startFlowBalancer(ports: readonly number[]): Promise<FlowBalancer> {
  let targets = [...ports];
  let next = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(targets[next++ % targets.length] ?? 0, '127.0.0.1');
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => open.delete(socket));
      socket.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    deregister(target) {
      targets = targets.filter((port) => port !== target);
    },
    async close() {
      for (const socket of open) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
