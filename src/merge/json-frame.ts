/** How a JSON object or array is laid out: what stands before its first value, between its values and at its end. */
import type { Indentation } from './indent.ts';
import type { JsonSetting } from './json-tree.ts';

export interface Frame {
  /** On one line, at least at its beginning. */
  isInline: boolean;
  first: string;
  next: string;
  close: string;
  /** Of the lines inside. */
  indent: string;
}

interface Contents {
  /** Of the values that ours has. */
  originals: readonly JsonSetting[];
  closeLead: string;
  /** Of the values it is to have. */
  children: readonly JsonSetting[];
  /** The line on which it begins. */
  at: Indentation;
}

/** The layout of ours; where ours is empty, that of what is put in. */
export function chooseFrame({ originals, closeLead, children, at }: Contents): Frame {
  const [model, second] = originals.length > 0 ? originals : children;
  const keptClose = closeLead.trim() === '' ? '' : closeLead;
  if (!model || children.length === 0) {
    return { isInline: true, first: '', next: '', close: keptClose, indent: at.indent };
  }
  const isKept = originals.length > 0;
  if (!model.lead.includes('\n')) {
    const close = isKept ? closeLead : keptClose || model.lead;
    return { isInline: true, first: model.lead, next: second?.lead ?? ' ', close, indent: at.indent };
  }
  const found = /\n([ \t]*)$/.exec(model.lead)?.[1];
  const indent = (isKept ? found : undefined) ?? at.indent + at.unit;
  const close = isKept ? closeLead : `${closeLead.trimEnd()}\n${at.indent}`;
  return { isInline: false, first: `\n${indent}`, next: `\n${indent}`, close, indent };
}
