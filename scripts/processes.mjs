/** Starts programs in groups of their own and stops whole groups, so that nothing outlives the demo. Needs Node alone. */
import { spawn, spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const onWindows = process.platform === 'win32';
const running = new Set();

/** How long a group may take to end by itself before it is killed. */
const patience = 10_000;

/** Runs commands one after the other; throws at the first that fails. */
export async function runAll(folder, commands, env = process.env) {
  for (const command of commands) {
    console.log(`$ ${command.map(showArgument).join(' ')}`);
    const { ended } = startGroup(folder, command, env);
    const code = await ended;
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  }
}

/**
 * Starts a program as the leader of a group, with all of `env` and nothing else. `ended` resolves with its exit code,
 * with the name of the signal that killed it, or with why it could not start.
 */
export function startGroup(folder, [program, ...args], env = process.env, stdio = 'inherit') {
  const viaShell = onWindows && program === 'npm';
  const options = { cwd: folder, env, stdio, detached: !onWindows };
  const child = viaShell
    ? spawn(['npm.cmd', ...args.map(quoteForWindows)].join(' '), { ...options, shell: true })
    : spawn(program === 'node' ? process.execPath : program, args, options);
  const group = { child, hasEnded: false, ended: undefined };
  group.ended = new Promise((resolve) => {
    child.on('error', (error) => finish(error.message));
    child.on('close', (code, signal) => finish(code ?? signal));
    function finish(result) {
      group.hasEnded = true;
      running.delete(group);
      resolve(result);
    }
  });
  running.add(group);
  return group;
}

/** Asks every group to end, and kills what has not ended in time. */
export async function stopGroups() {
  const groups = [...running];
  for (const group of groups) signalGroup(group, 'SIGINT');
  const late = sleep(patience, 'late', { ref: false });
  await Promise.race([late, Promise.all(groups.map((group) => group.ended))]);
  for (const group of groups) if (!group.hasEnded) signalGroup(group, 'SIGKILL');
}

function signalGroup({ child }, signal) {
  if (child.pid === undefined) return;
  if (onWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // Gone already.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ports that nothing listens on now. All are held until all are found, so that no two are the same. */
export async function findFreePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Resolves when something listens there; throws when the group ends first, or after a minute. */
export async function waitForPort(port, group) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (group.hasEnded) throw new Error('the server ended before it listened');
    if (await accepts(port)) return;
    await sleep(100);
  }
  throw new Error(`nothing listened on port ${port} within a minute`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function showArgument(argument) {
  return /^[\w./:@=-]+$/.test(argument) ? argument : `'${argument}'`;
}

function quoteForWindows(argument) {
  return /^[\w./:@=\\-]+$/.test(argument) ? argument : `"${argument.replaceAll('"', '\\"')}"`;
}
