/** An AWS of moto's on this machine, in a process of its own: an account that holds what is there before a repo comes. */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Moto } from './find-moto.ts';
import { terraformEnv } from './find-terraform.ts';

export interface World {
  region: string;
  /** A hosted zone that is there already. */
  zone: string | null;
  /** What Secrets Manager holds, and SSM: values by name. */
  secrets: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  /** Whether there is a VPC with the tag `Name: main`, and two subnets in it of each tier. */
  network: boolean;
}

export interface Account {
  /** What leads Terraform there. */
  env: NodeJS.ProcessEnv;
  /** Ids by tier; none without a network. */
  subnets: { public?: string[]; private?: string[] };
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('moto-server.py', import.meta.url));

export async function startMoto({ python }: Moto, world: World): Promise<Account> {
  const env = { ...terraformEnv(), NO_PROXY: '127.0.0.1' };
  // It ends when its input does: with this process at the latest, however that ends.
  const server = execa(python, [program, JSON.stringify(world)], {
    env,
    extendEnv: false,
    stdin: 'pipe',
    buffer: false,
    reject: false,
  });
  let complaints = '';
  server.stderr.on('data', (data: Buffer) => {
    complaints = `${complaints}${data}`.slice(-2000);
  });
  const told = await new Promise<string | undefined>((resolve) => {
    createInterface({ input: server.stdout }).once('line', resolve);
    server.once('exit', () => resolve(undefined));
  });
  if (told === undefined) throw new Error(`moto ended before it served:\n${complaints}`);
  const { port, subnets } = JSON.parse(told) as { port: number; subnets: Account['subnets'] };
  return {
    env: {
      ...env,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: world.region,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    subnets,
    async stop() {
      server.stdin.end();
      const late = setTimeout(() => server.kill('SIGKILL'), 5000);
      await server;
      clearTimeout(late);
    },
  };
}
