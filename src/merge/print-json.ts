/** A merged JSON tree as text: ours as it stands, with what comes from the others fitted in. */
import { findLineIndent, type Indentation, reindent } from './indent.ts';
import { chooseFrame, type Frame } from './json-frame.ts';
import type { JsonNode, JsonSetting } from './json-tree.ts';
import type { ListTree, MapTree, Merged, Tree } from './tree.ts';

export function printJson(merged: Merged<JsonNode> | undefined, ours: Tree<JsonNode> | undefined): string {
  if (!merged) return '';
  const { source, start, end } = ours?.node ?? nodeOf(merged);
  return source.slice(0, start) + printValue(merged, { indent: '', unit: findUnit(source) }) + source.slice(end);
}

/** `at` is the line on which the value begins. */
function printValue(merged: Merged<JsonNode>, at: Indentation): string {
  if (merged.kind === 'text') return JSON.stringify(merged.text);
  if (merged.kind !== 'taken') return printContainer(merged.ours, listChildren(merged), at);
  const { source, start, end } = merged.tree.node;
  const text = source.slice(start, end);
  if (merged.side === 'ours') return text;
  return reindent(text, { indent: findLineIndent(source, start), unit: findUnit(source) }, at);
}

interface Child {
  merged: Merged<JsonNode>;
  setting: JsonSetting;
  /** The text that the setting is from. */
  source: string;
  /** Its place among ours; undefined for what ours lacks. */
  place: number | undefined;
}

function listChildren(merged: Extract<Merged<JsonNode>, { kind: 'map' | 'list' }>): Child[] {
  if (merged.kind === 'list') {
    const places = new Map(merged.ours.items.map(({ node }, place) => [node, place]));
    return merged.items.map((item) => makeChild(item, nodeOf(item), places.get(nodeOf(item))));
  }
  const places = new Map([...merged.ours.members.keys()].map((key, place) => [key, place]));
  return [...merged.members].map(([key, member]) =>
    makeChild(member, merged.ours.members.get(key)?.node ?? nodeOf(member), places.get(key)),
  );
}

function makeChild(merged: Merged<JsonNode>, { setting, source }: JsonNode, place: number | undefined): Child {
  return { merged, setting, source, place };
}

function nodeOf(merged: Merged<JsonNode>): JsonNode {
  return merged.kind === 'taken' ? merged.tree.node : merged.ours.node;
}

function printContainer(
  ours: MapTree<JsonNode> | ListTree<JsonNode>,
  children: readonly Child[],
  at: Indentation,
): string {
  const { source, start, end, closeLead, trailingComma } = ours.node;
  const originals = (ours.kind === 'map' ? [...ours.members.values()] : ours.items).map(({ node }) => node.setting);
  const frame = chooseFrame({ originals, closeLead, children: children.map(({ setting }) => setting), at });
  const inner = { indent: frame.indent, unit: at.unit };
  const printed = children.map((child, index) => {
    const { label, beforeComma, afterComma } = child.setting;
    const comma = index < children.length - 1 || trailingComma ? ',' : '';
    const lead = printLead(child, index, frame, inner);
    return `${lead}${label}${printValue(child.merged, inner)}${beforeComma}${comma}${afterComma}`;
  });
  return [source[start], ...printed, frame.close, source[end - 1]].join('');
}

function printLead({ setting, source, place }: Child, index: number, frame: Frame, inner: Indentation): string {
  const usual = index === 0 ? frame.first : frame.next;
  const isBlank = setting.lead.trim() === '';
  if (place !== undefined) {
    const hasMoved = (place === 0) !== (index === 0);
    return frame.isInline && isBlank && hasMoved ? usual : setting.lead;
  }
  if (frame.isInline || !setting.lead.includes('\n')) return isBlank ? usual : `${usual}${setting.lead.trim()} `;
  const from = { indent: /[ \t]*$/.exec(setting.lead)![0], unit: findUnit(source) };
  // Only a line that holds something is indented.
  return reindent(`${setting.lead}.`, from, inner).slice(0, -1);
}

/** What the first indented line of a text is indented by; two spaces where there is none. */
function findUnit(source: string): string {
  return /\n([ \t]+)[^ \t\n]/.exec(source)?.[1] ?? '  ';
}
