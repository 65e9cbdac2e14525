/** Where this machine has Terraform, and a folder of providers to initialise it from without a network. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Terraform {
  /** Holds `<registry host>/hashicorp/aws`: what `terraform init -plugin-dir` takes. */
  mirror: string;
  version: string;
}

/** Or why there is none. */
export function findTerraform(): Terraform | string {
  const mirror = findMirror();
  if (mirror === undefined) return 'no folder of Terraform providers that holds hashicorp/aws was found';
  try {
    const told = execFileSync('terraform', ['version', '-json'], {
      env: terraformEnv(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { mirror, version: (JSON.parse(String(told)) as { terraform_version: string }).terraform_version };
  } catch {
    return 'terraform is not on the PATH';
  }
}

/** Without a configuration file that is named and not there, and without a look for newer versions. */
export function terraformEnv(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE, ...env } = process.env;
  const config = TF_CLI_CONFIG_FILE !== undefined && existsSync(TF_CLI_CONFIG_FILE) ? { TF_CLI_CONFIG_FILE } : {};
  return { ...env, ...config, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}

/** In the folders that Terraform itself looks in, and those that are made for it elsewhere. */
function findMirror(): string | undefined {
  const own = [
    join(homedir(), '.terraform.d/plugins'),
    '/usr/share/terraform/plugins',
    '/usr/local/share/terraform/plugins',
  ];
  const others = ['/opt', '/usr/share', '/usr/local/share'].flatMap(listFolders);
  return [...own, ...others].find((folder) =>
    listFolders(folder).some((host) => existsSync(join(host, 'hashicorp/aws'))),
  );
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
