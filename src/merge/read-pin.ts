/** The pin in a line of a file, as we emit it and as Renovate moves it. */

/** What a line asks for by version, by digest or by both. */
export interface Pin {
  /** `actions/checkout`, `node`, `terraform_version`. */
  name: string;
  /** Undefined where the line does not tell, as behind a commit without a comment. */
  version: string | undefined;
  /** A commit, or `sha256:…`. */
  digest: string | undefined;
}

export interface PinnedLine {
  pin: Pin;
  /** Equal for lines that differ in nothing but their pin; quotes, dashes and indentation are form. */
  rest: string;
  /** How the pin is written: with its name, and with the comment that has its version. */
  text: { target: string; comment: string };
  /** This line with the pin of another. */
  write(text: PinnedLine['text']): string;
}

type ReadLine = (line: string) => PinnedLine | undefined;

/** Undefined for a file that has no pins that we know. @param path with `/` */
export function findPinReader(path: string): ReadLine | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^Dockerfile(?:\.|$)|\.Dockerfile$/.test(name)) return readAny([readFrom, readSyntax]);
  if (/\.tf$/.test(name)) return readAny([readQuotedImage]);
  if (!/\.ya?ml$/.test(name)) return undefined;
  const isAction = /(?:^|\/)\.github\//.test(path);
  return readAny(isAction ? [readAction, readTool, readImage] : [readImage]);
}

function readAny(readers: readonly ReadLine[]): ReadLine {
  return (line) => {
    const text = line.replace(/\r?\n$/, '');
    for (const read of readers) {
      const found = read(text);
      if (found) return { ...found, write: (other) => found.write(other) + line.slice(text.length) };
    }
    return undefined;
  };
}

/** The parts of a line, in their order. */
interface Parts {
  before: string;
  target: string;
  quote: string;
  comment: string;
  after: string;
}

/** @param what is pinned: lines about something else have nothing to do with each other */
function describeLine({ before, target, quote, comment, after }: Parts, pin: Pin, what: string): PinnedLine {
  return {
    pin,
    rest: JSON.stringify([before.replace(/^\s*-\s+|["']$/g, '').trim(), what, after.replace(/^["']/, '').trim()]),
    text: { target, comment },
    write: (other) => before + other.target + quote + other.comment + after,
  };
}

/** A commit by SHA-1 or SHA-256. */
const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * `uses: owner/action@<commit> # v7.0.1` is what Renovate writes with helpers:pinGitHubActionDigests; it reads
 * `# tag=v7.0.1`, `# renovate: tag=v7.0.1` and `# pin @v7.0.1` as well, which earlier versions of it wrote
 * (docs.renovatebot.com/modules/manager/github-actions, "Digest pinning and updating"; renovatebot/renovate#14110 and
 * #18738). A commit without a comment says no version.
 */
function readAction(line: string): PinnedLine | undefined {
  const match = /^(\s*(?:-\s+)?uses\s*:\s*(["']?))([\w.-]+\/[^\s@"']+)@([^\s"']+)\2((?:\s+#.*)?)\s*$/.exec(line);
  if (!match) return undefined;
  const [, before = '', quote = '', name = '', ref = '', tail = ''] = match;
  const target = `${name}@${ref}`;
  const isCommit = commit.test(ref);
  const [, said] = /^\s+#\s*(?:renovate\s*:\s*)?(?:pin\s+|tag\s*=\s*)?@?(\S+)$/.exec(tail.trimEnd()) ?? [];
  const isSaid = isCommit && said !== undefined;
  return describeLine(
    { before, target, quote, comment: isSaid ? tail : '', after: isSaid ? '' : tail },
    { name, version: isCommit ? said : ref, digest: isCommit ? ref : undefined },
    name,
  );
}

/**
 * `terraform_version: 1.11.4`: an input of an action that sets up a tool, which Renovate moves too
 * (docs.renovatebot.com/modules/manager/github-actions, "Updating with: values").
 */
function readTool(line: string): PinnedLine | undefined {
  const match = /^(\s*(\w+[_-]version)\s*:\s*(["']?))(v?\d[\w.-]*)\3(\s*(?:\s#.*)?)$/.exec(line);
  if (!match) return undefined;
  const [, before = '', name = '', quote = '', target = '', after = ''] = match;
  return describeLine(
    { before, target, quote, comment: '', after },
    { name, version: target, digest: undefined },
    'tool',
  );
}

/**
 * `FROM node:24-trixie-slim@sha256:… AS build` is what Renovate writes with docker:pinDigests: the tag stays, to be read
 * (docs.renovatebot.com/docker, "Digest pinning"). The image may be another one: the stage is what the line is about.
 */
function readFrom(line: string): PinnedLine | undefined {
  return readReference(/^(\s*FROM\s+(?:--platform=\S+\s+)?)(\S+)(.*)$/i, line, () => 'stage');
}

/** Renovate pins the parser of a Dockerfile too (renovatebot/renovate, lib/modules/manager/dockerfile/extract.ts). */
function readSyntax(line: string): PinnedLine | undefined {
  return readReference(/^(#\s*syntax\s*=\s*)(\S+)(\s*)$/i, line, (name) => name);
}

/** Of Compose and Kubernetes, and of a job that runs in a container. */
function readImage(line: string): PinnedLine | undefined {
  return readReference(/^(\s*(?:-\s+)?(?:image|container)\s*:\s*["']?)([^\s"'#]+)(.*)$/, line, (name) => name);
}

/**
 * One reference with a registry's host, in quotes. Renovate itself moves images in the resources of Docker and
 * Kubernetes alone (docs.renovatebot.com/modules/manager/terraform, "Supported dependencies"); elsewhere a custom manager
 * or its owner does.
 */
function readQuotedImage(line: string): PinnedLine | undefined {
  const found = [...line.matchAll(/"([a-z\d-]+(?:\.[a-z\d-]+)+(?::\d+)?(?:\/[\w.-]+)+[:@][^\s"$]+)"/g)];
  const [match] = found;
  if (!match || found.length > 1) return undefined;
  const [start, target] = [match.index + 1, match[1]!];
  return describeReference(line.slice(0, start), target, line.slice(start + target.length), (name) => name);
}

function readReference(shape: RegExp, line: string, whatOf: (name: string) => string): PinnedLine | undefined {
  const [, before, target, after] = shape.exec(line) ?? [];
  if (before === undefined || target === undefined || after === undefined) return undefined;
  return describeReference(before, target, after, whatOf);
}

/** Undefined for an image that says neither tag nor digest, as the name of an earlier stage does, or a variable. */
function describeReference(
  before: string,
  target: string,
  after: string,
  whatOf: (name: string) => string,
): PinnedLine | undefined {
  const match = /^((?:[\w.-]+(?::\d+)?\/)?[\w./-]+?)(?::([\w][\w.-]*))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(target);
  if (!match) return undefined;
  const [, name = '', version, digest] = match;
  if (version === undefined && digest === undefined) return undefined;
  return describeLine({ before, target, quote: '', comment: '', after }, { name, version, digest }, whatOf(name));
}
