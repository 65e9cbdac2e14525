/** From one target on ECS to the other where an environment stands: what docs say has to be done first is enough, and needed. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { ecsPlatform } from '../../src/targets/ecs-moves.ts';
import { findTarget } from '../../src/targets/targets.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';
import { subject } from './facts/bootstrap.ts';
import { findMoto } from './find-moto.ts';
import { findTerraform } from './find-terraform.ts';
import { findForbidden, readActions, readAllowed } from './permissions.ts';
import { describeCases, type PlanCase } from './plan-cases.ts';
import { environmentArguments } from './prove.ts';
import { layFolder, planRoot, type Root, removeFolder, runTerraform } from './run-terraform.ts';
import { startMoto } from './start-moto.ts';

const terraform = findTerraform();
const moto = typeof terraform === 'string' ? terraform : await findMoto();
const patience = 900_000;

/** One workload is called as the project, as where no other name was given: its service is both targets'. */
const spec: FullSpec = {
  ...ecsAlbSpecs[0]![1],
  environments: ['dev'],
  workloads: ['shop', 'billing'].map((name) => ({ ...ecsAlbSpecs[0]![1].workloads[0]!, name, protos: [`${name}/v1`] })),
};
const [calls] = describeCases(findTarget('ecs-alb'), [['calls', spec]]) as [PlanCase];
const [connections] = describeCases(findTarget('ecs-nlb-nginx'), [
  ['connections', { ...spec, target: 'ecs-nlb-nginx', listener: 'tls' }],
]) as [PlanCase];

/** moto starts no tasks, so nothing would ever be steady; and of a name that ends in no dot it deletes no record. */
const quick: Record<string, string> = {
  'infra/steady_override.tf': 'resource "aws_ecs_service" "workload" {\n  wait_for_steady_state = false\n}\n',
  'infra/record_override.tf': 'resource "aws_route53_record" "hostname" {\n  allow_overwrite = true\n}\n',
  'infra/bootstrap/quick_override.tf': 'resource "aws_s3_bucket_lifecycle_configuration" "state" {\n  count = 0\n}\n',
};

const reason =
  typeof moto === 'string'
    ? moto
    : process.env.PROOF_DATE === undefined
      ? 'it takes ten minutes; asked for by: PROOF_DATE=$(date +%F) npm test -- --conformance test/conformance/other-target.test.ts'
      : undefined;
if (reason !== undefined) {
  test('from one target to the other in Terraform', ({ skip }) => skip(reason));
} else {
  describe('in Terraform', () => {
    test.each([
      ['calls to connections', calls, connections],
      ['connections to calls', connections, calls],
    ])('from a load balancer of %s', { timeout: patience }, async (_, old, next) => {
      if (typeof terraform === 'string' || typeof moto === 'string') return;
      const account = await startMoto(moto, old.world);
      const folders: string[] = [];
      const lay = async ({ files }: PlanCase): Promise<string> => {
        const infra = new Map([...files].filter(([path]) => path.startsWith('infra/')));
        const folder = await layFolder(terraform, infra, account.env);
        folders.push(folder);
        for (const [path, text] of Object.entries(quick)) writeFileSync(join(folder, path), text);
        return folder;
      };
      const at = (folder: string, root = '.', env: NodeJS.ProcessEnv = {}): Root => {
        return { terraform, folder, root, env: { ...account.env, ...env } };
      };
      const told = environmentArguments('dev');
      const yes = ['-input=false', '-auto-approve', '-parallelism=30'];
      const apply = async (folder: string, env: NodeJS.ProcessEnv = {}) => {
        await runTerraform(at(folder, 'bootstrap'), 'apply', ...yes, '-var', `github_subject_prefix=${subject}`);
        await runTerraform(at(folder, '.', env), 'apply', ...yes, ...told);
      };
      try {
        const before = await lay(old);
        await apply(before);

        const after = await lay(next);
        const takeState = () => {
          for (const root of ['infra', 'infra/bootstrap'])
            copyFileSync(join(before, root, 'terraform.tfstate'), join(after, root, 'terraform.tfstate'));
        };
        const moves = ecsPlatform.listMoves(
          { spec: old.spec, topology: old.topology },
          { spec: next.spec, topology: next.topology },
        );
        const destroy = moves[0]!.commands.at(-1)!;
        const targets = destroy.match(/-target=\S+/g)!;
        expect(targets).toContain('-target=aws_lb.this');
        await runTerraform(at(before), 'destroy', ...yes, ...targets, ...told);

        takeState();
        const log = join(after, 'apply.log');
        await apply(after, { TF_LOG_PROVIDER: 'DEBUG', TF_LOG_PATH: log });
        const asked = readActions(log);
        expect(asked).toContain('elasticloadbalancing:CreateLoadBalancer');
        // The role of the deploy, as the new bootstrap made it, may do what is left to do.
        const prefix = `github_subject_prefix=${subject}`;
        const bootstrap = await planRoot(at(after, 'bootstrap'), '-refresh=false', '-var', prefix);
        expect(findForbidden(asked, readAllowed(bootstrap, 'deploy-dev'))).toEqual([]);
        const [balancer] = (await planRoot(at(after), ...told)).of('aws_lb', 'this');
        const kind = next === connections ? 'network' : 'application';
        expect(balancer!.values).toMatchObject({ load_balancer_type: kind });
      } finally {
        for (const folder of folders) removeFolder(folder);
        await account.stop();
      }
    });
  });
}
