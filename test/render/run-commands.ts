/** Runs the commands of a document in a real shell in which no program does anything but be noted. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexer, walkTokens } from 'marked';

/** What a document calls that would change, ask or wait for something; each answers nothing but its own name. */
const programs = [
  'aws',
  'curl',
  'date',
  'dig',
  'docker',
  'find',
  'gh',
  'git',
  'grpcurl',
  'jq',
  'node',
  'npm',
  'npx',
  'openssl',
  'rm',
  'terraform',
  'tf',
  'zgrep',
];

// failglob: a pattern that no file matches is an error, as it is in zsh, the shell of macOS.
const prelude = `
set -u
shopt -s expand_aliases failglob
note() { { printf '%s\\037' "$@"; printf '\\036'; } >> "$NOTES"; printf '%s\\n' "$1"; }
command_not_found_handle() { note "unknown: $1"; }
read() { value=typed; }
cd "$ROOT"
`;

/** Each command as the shell understood it: its words, the name of the program first. In any order where one is piped. */
export function runCommands(markdown: string): string[][] {
  const root = mkdtempSync(join(tmpdir(), 'grpc-aws-shell-'));
  try {
    mkdirSync(join(root, 'infra/bootstrap'), { recursive: true });
    const notes = join(root, 'notes');
    writeFileSync(notes, '');
    const functions = programs.map((name) => `${name}() { note ${name} "$@"; }\n`).join('');
    const script = prelude + functions + listScripts(markdown).join('\ncd "$ROOT"\n');
    const env = { PATH: process.env.PATH ?? '', NOTES: notes, ROOT: root, LC_ALL: 'C.UTF-8' };
    const { status, stderr } = spawnSync('bash', ['--norc', '--noprofile'], {
      cwd: root,
      env,
      input: script,
      stdio: ['pipe', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0 || stderr.includes('no match: ')) throw new Error(`bash ended with ${status}: ${stderr}`);
    const noted = readFileSync(notes, 'utf8').split('\u001e').slice(0, -1);
    return noted.map((command) => command.split('\u001f').slice(0, -1));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Blocks of shell, and commands within lines that have nothing to fill in. */
function listScripts(markdown: string): string[] {
  const scripts: string[] = [];
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'code' && token.lang === 'sh') scripts.push(token.text);
    const isCommand = token.type === 'codespan' && /^(?:aws|dig|gh|npm|openssl|terraform|tf) /.test(token.text);
    if (isCommand && !/<[a-z]+>/.test(token.text)) scripts.push(token.text);
  });
  return scripts;
}
