/** Puts a table that was made into a document that is written by hand. */

const begin = '<!-- made by node bench/run.ts --only upgrade-cases -->';
const end = '<!-- end -->';

/** Throws where the document has no place for it. */
export function putTable(document: string, table: string): string {
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`the document has no lines ${begin} and ${end}`);
  return `${document.slice(0, start)}${begin}\n\n${table}\n\n${document.slice(stop)}`;
}
