import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';
import { ecsNlbNginxSpecs } from '../targets/ecs-nlb-nginx-specs.ts';
import { findTerraform, terraformEnv } from './find-terraform.ts';

const terraform = findTerraform();

const specs = [...ecsAlbSpecs, ...ecsNlbNginxSpecs].map(([title, spec]) => [spec.target, title, spec] as const);

test.for(specs)(
  'Terraform understands %s, %s, formatted as it formats',
  { timeout: 120_000 },
  ([, , spec], { skip }) => {
    const tree = renderSamples(spec);
    const infra = [...tree].filter(([path]) => path.startsWith('infra/'));
    expect(infra.map(([path]) => path)).toContain('infra/network.tf');
    for (const name of spec.environments) expect(tree.has(`infra/environments/${name}.tfvars`)).toBe(true);
    expect([...tree].filter(([path, { text }]) => path !== '.grpc-aws/base.json' && text.includes('{{target'))).toEqual(
      [],
    );
    if (typeof terraform === 'string') return skip(terraform);

    const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-terraform-'));
    try {
      for (const [path, { text }] of infra) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const run = (...args: string[]) =>
        execFileSync(terraform.command, args, { cwd: join(folder, 'infra'), env: terraformEnv(), encoding: 'utf8' });
      // What is not formatted is printed, and makes `-check` fail; the difference says more than the failure.
      expect(run('fmt', '-recursive', '-diff')).toBe('');
      for (const root of ['.', 'bootstrap']) {
        run(`-chdir=${root}`, 'init', '-backend=false', '-input=false', `-plugin-dir=${terraform.mirror}`);
        expect(JSON.parse(run(`-chdir=${root}`, 'validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
