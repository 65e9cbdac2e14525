/** Draws bars with their quartiles as an SVG that reads on light and on dark pages. */
import type { Spread } from './statistics.ts';

export interface Bar {
  label: string;
  value: Spread;
  ours: boolean;
}

export interface Group {
  title: string;
  bars: readonly Bar[];
}

const width = 720;
const labelWidth = 250;
const rowHeight = 22;
const titleHeight = 34;

/** Bars of ratios; the line at 1 is what the others are compared with. */
export function drawChart(title: string, groups: readonly Group[]): string {
  const longest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value.quartiles[1])));
  const scale = (width - labelWidth - 70) / longest;
  const rows: string[] = [];
  let y = 28;
  for (const group of groups) {
    y += titleHeight;
    rows.push(`<text class="title" x="0" y="${y - 10}">${escapeXml(group.title)}</text>`);
    for (const bar of group.bars) {
      rows.push(drawBar(bar, y, scale));
      y += rowHeight;
    }
  }
  const one = round(labelWidth + scale);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 8}" width="${width}" role="img" aria-label="${escapeXml(title)}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #57606a; }
  .title { font-weight: 600; }
  .peer { fill: #9aa4af; }
  .ours { fill: #1a7f64; }
  .spread, .one { stroke: #57606a; stroke-width: 1; }
  .one { stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) { text { fill: #c9d1d9; } .spread, .one { stroke: #c9d1d9; } .ours { fill: #3fb992; } }
</style>
<text class="title" x="0" y="18">${escapeXml(title)}</text>
${rows.join('\n')}
<line class="one" x1="${one}" x2="${one}" y1="30" y2="${y}"/>
</svg>
`;
}

function drawBar({ label, value, ours }: Bar, y: number, scale: number): string {
  const [low, high] = value.quartiles.map((quartile) => round(labelWidth + quartile * scale));
  const middle = y + rowHeight / 2 - 2;
  return [
    `<text x="0" y="${middle + 4}">${escapeXml(label)}</text>`,
    `<rect class="${ours ? 'ours' : 'peer'}" x="${labelWidth}" y="${y}" width="${round(value.median * scale)}" height="${rowHeight - 5}" rx="2"/>`,
    `<line class="spread" x1="${low}" x2="${high}" y1="${middle}" y2="${middle}"/>`,
    `<text x="${round(labelWidth + value.quartiles[1] * scale + 8)}" y="${middle + 4}">${value.median.toFixed(2)}</text>`,
  ].join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
