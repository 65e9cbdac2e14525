/**
 * `npm run demo`: the whole way once, from a `.proto` file to an answer, and to what deploys it; told as it goes. Nothing is
 * left behind.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handler, proto } from './demo-files.mjs';
import { findFreePorts, runAll, startGroup, stopGroups, waitForPort } from './processes.mjs';
import { enterToolchain, root } from './toolchain.mjs';

await enterToolchain();

const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-demo-'));
const cli = join(root, 'dist', 'cli.js');
let isLeaving = false;
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
  process.on(signal, () => void leave(code));
}

try {
  await demonstrateServer(join(folder, 'greeter'));
  await demonstrateDeployment(join(folder, 'greeter-aws'));
  await demonstrateChange(join(folder, 'greeter-aws'));
  tell('Done. Nothing runs any more, and the folders are removed. Your own: npm create grpc-aws');
  await leave(0);
} catch (error) {
  console.error(`\nThe demo stopped: ${error.message}`);
  await leave(1);
}

async function demonstrateServer(repo) {
  tell('Build the CLI.');
  await runAll(root, [['node', 'scripts/build.ts']]);

  tell('A team has one .proto file:');
  show(proto);
  writeFileSync(join(folder, 'greeter.proto'), proto);

  tell('One command makes a repo of it, and installs that.');
  await runAll(folder, [['node', cli, 'greeter', '--proto', 'greeter.proto', '--yes', '--no-git']]);

  tell('Every method is there, typed, and answers UNIMPLEMENTED. An engineer writes the two of this service:');
  show(handler);
  writeFileSync(join(repo, 'src/workloads/greeter/demo.v1.GreeterService.ts'), handler);

  tell('The repo builds itself: code from the protos, types, one bundle. Building checks what was written.');
  await runAll(repo, [['npm', 'run', 'build']]);

  const [port, metricsPort] = await findFreePorts(2);
  tell(`It starts, on port ${port}.`);
  const settings = { PORT: String(port), METRICS_PORT: String(metricsPort) };
  const server = startGroup(repo, ['npm', 'start'], { ...process.env, ...settings });
  await waitForPort(port, server);

  tell('It is called: once, and for a stream of answers.');
  for (const [method, request] of [
    ['Greet', '{"name": "Ada"}'],
    ['Count', '{"to": 3}'],
  ]) {
    const call = [
      'npm',
      'run',
      'call',
      '--',
      '--address',
      `localhost:${port}`,
      `demo.v1.GreeterService/${method}`,
      request,
    ];
    await runAll(repo, [call]);
  }

  tell('It is told to stop, and stops.');
  await stopGroups();
}

async function demonstrateDeployment(repo) {
  tell('The same .proto file for AWS: ECS Fargate behind an Application Load Balancer.');
  const answers = ['--target', 'ecs-alb', '--region', 'eu-west-1', '--domain', 'grpc.example.com'];
  await runAll(folder, [['node', cli, 'greeter-aws', ...answers, '--proto', 'greeter.proto', '--yes', '--no-git']]);

  await runAll(repo, [['npm', 'run', 'build']]);

  tell(
    'The server is the same. One file of the Terraform says what was asked for, its routes read from the .proto file:',
  );
  const settings = readFileSync(join(repo, 'infra/settings.tf'), 'utf8');
  show(settings.slice(settings.indexOf('  workloads = {')));
  tell('docs/runbook.md leads from an empty account to the first call:');
  show(
    readFileSync(join(repo, 'docs/runbook.md'), 'utf8')
      .match(/^### \d\. .*$/gm)
      .join('\n'),
  );

  const { findTerraform, terraformEnv } = await import('../test/conformance/find-terraform.ts');
  const terraform = findTerraform();
  if (typeof terraform === 'string') {
    tell(`Terraform would check it now, but ${terraform}.`);
    return;
  }
  tell(`Terraform ${terraform.version} checks it.`);
  for (const command of [
    ['terraform', 'fmt', '-check', '-recursive'],
    ['terraform', 'init', '-backend=false', '-input=false', `-plugin-dir=${terraform.mirror}`],
    ['terraform', 'validate'],
  ])
    await runAll(join(repo, 'infra'), [command], terraformEnv());
}

async function demonstrateChange(repo) {
  tell(
    'Minds change: a Network Load Balancer with nginx in each task, in CloudFormation. It is an answer like any other.',
  );
  const path = join(repo, 'grpc-aws.json');
  const answers = JSON.parse(readFileSync(path, 'utf8'));
  Object.assign(answers, { target: 'ecs-nlb-nginx', iac: 'cloudformation' });
  writeFileSync(path, `${JSON.stringify(answers, null, 2)}\n`);
  await runAll(repo, [['node', cli, 'upgrade', '--yes', '--no-install']]);

  tell('Server and handlers stayed. nginx has a path for each service of the .proto file:');
  const paths = readFileSync(join(repo, 'edge/nginx.conf'), 'utf8').match(/^ *location \/.*\{\n.*\n *\}/gm);
  show(paths.join('\n'));
}

function tell(sentence) {
  console.log(`\n── ${sentence}`);
}

function show(text) {
  console.log(text.replace(/^/gm, '   │ ').trimEnd());
}

/** Leaves nothing running and nothing behind, however it ends. The first reason to leave counts. */
async function leave(code) {
  if (isLeaving) return;
  isLeaving = true;
  await stopGroups();
  // A killed npm may still hold files for a moment on Windows.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.exit(code);
}
