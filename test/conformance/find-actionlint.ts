/** How this machine runs actionlint, which checks workflows as GitHub would read them. */
import { execFileSync } from 'node:child_process';

/** `go run` fetches it from Go's module proxy; its checksum is in Go's public database. */
const pinned = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/** The words to run it with; or why it cannot be. */
export function findActionlint(): readonly string[] | string {
  const ways = [['actionlint'], ['go', 'run', pinned]];
  return ways.find(runs) ?? 'neither actionlint is on the PATH, nor a Go that can fetch it';
}

function runs([program = '', ...args]: readonly string[]): boolean {
  try {
    execFileSync(program, [...args, '-version'], { stdio: 'ignore', timeout: 240_000 });
    return true;
  } catch {
    return false;
  }
}
