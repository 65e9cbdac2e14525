/** Three-way merge of one file: by key where its format is known, else by line. */

import { leaveOutTwiceAdded } from './leave-out-twice-added.ts';
import { restoreForm, toPlainText } from './line-endings.ts';
import type { Merge, MergeLabels, MergeSides } from './merge.ts';
import { mergeByKey } from './merge-by-key.ts';
import { mergeText } from './merge-text.ts';
import { packageRules } from './package-rules.ts';
import { readJson } from './read-json.ts';
import { settlePins } from './settle-pins.ts';

/**
 * Merges what base became in ours with what it became in theirs. What only one side changed is taken; what both changed
 * differently is a conflict. Line endings and the byte order mark stay as ours has them.
 * @param path of the file in its project, with `/`; its ending tells the format, its name whether it takes markers.
 */
export async function mergeFile(path: string, sides: MergeSides, labels: MergeLabels): Promise<Merge> {
  if (sides.ours === sides.base) return { text: sides.theirs, conflicts: [] };
  const plain = {
    base: toPlainText(sides.base),
    ours: toPlainText(sides.ours),
    theirs: toPlainText(sides.theirs),
  };
  if (plain.theirs === plain.base || plain.theirs === plain.ours) return { text: sides.ours, conflicts: [] };
  const settled = settlePins(path, plain);
  const { text, ...told } = await mergePlain(path, settled.sides, labels);
  return { text: restoreForm(text, sides), ...told, ...(settled.pins.length > 0 && { pins: settled.pins }) };
}

async function mergePlain(path: string, sides: MergeSides, labels: MergeLabels): Promise<Merge> {
  if (sides.ours === sides.base) return { text: sides.theirs, conflicts: [] };
  if (sides.theirs === sides.base || sides.theirs === sides.ours) return { text: sides.ours, conflicts: [] };
  const name = path.slice(path.lastIndexOf('/') + 1);
  const takesMarkers = !isReadByItsTools(path, name);
  if (/\.jsonc?$/.test(name)) {
    const rules = name === 'package.json' ? packageRules : undefined;
    return mergeByKey(readJson(sides), sides, { labels, takesMarkers, rules });
  }
  if (/\.ya?ml$/.test(name)) {
    // The parser is large, and few runs merge a YAML file that both sides changed.
    const { readYaml } = await import('./read-yaml.ts');
    return mergeByKey(readYaml(sides), sides, { labels, takesMarkers });
  }
  return mergeText(leaveOutTwiceAdded(name, sides), labels);
}

/** With markers in one of these, npm, projen or grpc-aws itself could not run, and nobody could go on. */
function isReadByItsTools(path: string, name: string): boolean {
  return name === 'package.json' || name === 'grpc-aws.json' || /(?:^|\/)\.projen\/[^/]+\.json$/.test(path);
}
