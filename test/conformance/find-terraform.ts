/** Where this machine has Terraform or OpenTofu, and a folder of providers to initialise it from without a network. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Terraform {
  command: 'terraform' | 'tofu';
  /** Holds `<registry host>/hashicorp/aws`: what `init -plugin-dir` takes. */
  mirror: string;
  version: string;
}

/** Each looks for the provider under its own registry's name. */
export const registries = { terraform: 'registry.terraform.io', tofu: 'registry.opentofu.org' } as const;

/** Or why there is none. */
export function findTerraform(): Terraform | string {
  const found = (['terraform', 'tofu'] as const).flatMap((command) => {
    const version = askVersion(command);
    return version === undefined ? [] : [{ command, version }];
  });
  if (found.length === 0) return 'neither terraform nor tofu is on the PATH';
  for (const tool of found) {
    const mirror = findMirror(registries[tool.command]);
    if (mirror !== undefined) return { ...tool, mirror };
  }
  return `no folder of providers for ${found.map(({ command }) => command).join(' or ')} that holds hashicorp/aws was found`;
}

function askVersion(command: string): string | undefined {
  try {
    const told = execFileSync(command, ['version', '-json'], {
      env: terraformEnv(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (JSON.parse(String(told)) as { terraform_version: string }).terraform_version;
  } catch {
    return undefined;
  }
}

/**
 * Without what a user of Terraform or AWS has set for himself, a configuration file that is named and not there, and a
 * look for newer versions.
 */
export function terraformEnv(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE, ...rest } = process.env;
  const kept = Object.entries(rest).filter(([name]) => !/^(?:TF_|AWS_)/.test(name));
  const config = TF_CLI_CONFIG_FILE !== undefined && existsSync(TF_CLI_CONFIG_FILE) ? { TF_CLI_CONFIG_FILE } : {};
  return { ...Object.fromEntries(kept), ...config, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}

/** In the folders that Terraform itself looks in, and those that are made for it elsewhere. */
function findMirror(registry: string): string | undefined {
  const own = [
    join(homedir(), '.terraform.d/plugins'),
    '/usr/share/terraform/plugins',
    '/usr/local/share/terraform/plugins',
  ];
  const others = ['/opt', '/usr/share', '/usr/local/share'].flatMap(listFolders);
  return [...own, ...others].find((folder) => existsSync(join(folder, registry, 'hashicorp/aws')));
}

function listFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
