import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { emitCase } from '../golden/emit.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';

const ecs = ['--region=eu-west-1', '--domain=grpc.example.com', '--workload=orders', '--workload=billing'];

test.for([
  ['local', ['--workload=orders', '--workload=billing'], ['billing', 'orders']],
  ['ecs-alb', ['--target=ecs-alb', ...ecs], ['billing', 'orders']],
  ['ecs-nlb-nginx', ['--target=ecs-nlb-nginx', ...ecs], ['billing', 'edge_nginx', 'orders']],
] as const)('Docker Compose takes the compose.yaml of %s', ([, flags, services], { skip }) => {
  const refusal = ask('.', ['version']);
  if (refusal.code !== 0) return skip(`docker compose does not run: ${refusal.said}`);
  const repo = emitCase({ name: 'shop', flags }, makeTemporaryFolder());
  expect(ask(repo, ['config', '--quiet'])).toEqual({ code: 0, said: '' });
  expect(ask(repo, ['config', '--services']).said.split('\n').sort()).toEqual(services);
});

function ask(cwd: string, args: readonly string[]): { code: number; said: string } {
  try {
    const said = execFileSync('docker', ['compose', ...args], { cwd, encoding: 'utf8', stdio: 'pipe' });
    return { code: 0, said: said.trim() };
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return { code: 1, said: (stderr || message).trim().split('\n')[0]! };
  }
}
