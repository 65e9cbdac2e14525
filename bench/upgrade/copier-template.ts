/** Turns files of ours into a template of copier: its question wherever the project's name was rendered. */
import type { Emitted, EmittedFile } from './older.ts';
import type { Subject } from './tool.ts';

const question = '{{ name }}';

export function toTemplate(files: Emitted, { name, seeded }: Subject): Emitted {
  const ask = (text: string) => text.replaceAll(name, question);
  const rendered = [...files].map(([path, { text, executable }]): [string, EmittedFile] =>
    text.includes(name)
      ? [`${ask(path)}.jinja`, { text: ask(escapeBraces(text)), executable }]
      : [ask(path), { text, executable }],
  );
  return new Map([
    ...rendered,
    ['copier.yml', plain(describe(seeded.map(ask)))],
    ['{{ _copier_conf.answers_file }}.jinja', plain('{{ _copier_answers|to_nice_yaml }}')],
  ]);
}

/** `_exclude` takes the place of copier's own list, which leaves out `.git` and the like at any depth. */
function describe(seeded: readonly string[]): string {
  const lines = ['name:', '  type: str', '_exclude: [/copier.yml, .git]', '_skip_if_exists:'];
  return `${[...lines, ...seeded.map((path) => `  - ${JSON.stringify(`/${path}`)}`)].join('\n')}\n`;
}

function escapeBraces(text: string): string {
  return text.replace(/\{\{|\{%|\{#/g, (opening) => `{{ '${opening}' }}`);
}

function plain(text: string): EmittedFile {
  return { text, executable: false };
}
