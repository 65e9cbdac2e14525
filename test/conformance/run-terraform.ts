/** Terraform in a folder of emitted files, against an AWS of moto's: init, plan, apply, and what it understood as JSON. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Terraform } from './find-terraform.ts';
import { type Plan, readPlan } from './plan.ts';

export interface Root {
  terraform: Terraform;
  /** The folder that holds `infra/`. */
  folder: string;
  /** `.` or `bootstrap`. */
  root: string;
  env: NodeJS.ProcessEnv;
}

/** Beside the emitted files: for runs without an account behind them, and without the bucket that keeps state. */
const override = `terraform {
  backend "local" {}
}
provider "aws" {
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  s3_use_path_style           = true
  max_retries                 = 2
}
`;

/** Writes files, by path, into a new temporary folder, and makes both roots ready. The caller removes it. */
export async function layFolder(
  terraform: Terraform,
  files: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-plan-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const root of ['.', 'bootstrap']) {
    writeFileSync(join(folder, 'infra', root, 'moto_override.tf'), override);
    const init = ['init', '-input=false', `-plugin-dir=${terraform.mirror}`];
    await runTerraform({ terraform, folder, root, env }, ...init);
  }
  return folder;
}

/** The same with some files changed; what Terraform made ready is linked, not copied. */
export function copyFolder(from: string, files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-plan-'));
  cpSync(from, folder, { recursive: true, verbatimSymlinks: true });
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Plans and returns what Terraform understood, with every value that it knows before anything is made. */
export async function planRoot(root: Root, ...args: string[]): Promise<Plan> {
  const file = join(root.folder, `planned-${randomUUID()}`);
  await runTerraform(root, 'plan', '-input=false', '-lock=false', `-out=${file}`, ...args);
  return readPlan(await runTerraform(root, 'show', '-json', file));
}

/** @throws Error with what Terraform said, where it failed */
export async function runTerraform({ terraform, folder, root, env }: Root, ...args: string[]): Promise<string> {
  const [verb = '', ...rest] = args;
  const withoutColour = verb === 'show' ? [] : ['-no-color'];
  const options = { env, extendEnv: false, all: true, reject: false, maxBuffer: 100_000_000 } as const;
  const run = () =>
    execa(terraform.command, [`-chdir=${join(folder, 'infra', root)}`, verb, ...withoutColour, ...rest], options);
  const { failed, all, stdout, message } = await takeTurn(run);
  // Before its errors it tells what it read and what it would do.
  if (failed)
    throw new Error(
      `terraform ${verb} in ${root} failed:\n${all?.slice(Math.max(0, all.indexOf('Error: '))) || message}`,
    );
  return stdout;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Each run keeps a core busy. */
async function takeTurn<Result>(run: () => PromiseLike<Result>): Promise<Result> {
  if (running >= availableParallelism()) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await run();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
