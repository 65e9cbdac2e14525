/** A Topology as a picture: an SVG that reads in light and dark, with words for those who cannot see it. */
import type { Backend, Container, Edge, Proxy, Topology, Workload } from './model.ts';
import { standardServices } from './pieces.ts';

/** The picture as the text of one SVG file, the same bytes for the same Topology. */
export function drawTopology(topology: Topology): string {
  const columns = arrangeColumns(topology);
  const placed = placeBoxes(columns);
  const width = Math.max(...placed.map((box) => box.x + box.width)) + margin;
  const height = Math.max(...placed.map((box) => box.y + box.height)) + margin;
  const arrows = findArrows(topology, placed);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title words">`,
    '<title id="title">How a call reaches a server</title>',
    `<desc id="words">${escapeXml(describeTopology(topology).join(' '))}</desc>`,
    `<style>${style}</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    ...arrows.map(drawArrow),
    ...placed.map(drawBox),
    '</svg>',
    '',
  ].join('\n');
}

/** The same in sentences, one for each edge, each workload and each proxy in it. */
export function describeTopology(topology: Topology): string[] {
  return [
    ...topology.edges.map((edge) => {
      const leadsTo = edge.backends.map((b) => b.to.workload).join(', ');
      return `Clients dial ${edge.hosts.join(' or ')}, ${listPorts(edge)} (${kinds[edge.kind]}), which leads to ${leadsTo}.`;
    }),
    ...topology.workloads.flatMap((workload) => {
      const services = workload.containers.flatMap(ownServices).join(', ');
      const runs = `${workload.name} runs ${countReplicas(workload)}${services && ` and serves ${services}`}.`;
      return [runs, ...workload.containers.flatMap((container) => describeInner(workload, container))];
    }),
  ];
}

function describeInner({ name }: Workload, { runs }: Container): string[] {
  if (runs.kind === 'server') return [];
  const leadsTo = runs.backends.map((backend) => backend.name).join(', ');
  return [`In each replica of ${name}, ${kinds[runs.kind]} (${listPorts(runs)}) leads to ${leadsTo}.`];
}

interface Box {
  id: string;
  head: string;
  lines: string[];
}
interface Placed extends Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Arrow {
  from: Placed;
  to: Placed;
  words: string;
}

const margin = 16;
const gap = 112;
const boxWidth = 272;
const clientWidth = 72;
const lineHeight = 20;
const shownServices = 6;
/** Of 13 px monospace, in a box; longer words are cut, the description holds them whole. */
const shownCharacters = 31;

const kinds: Record<Proxy['kind'], string> = {
  alb: 'Application Load Balancer',
  nlb: 'Network Load Balancer',
  passthrough: 'published ports',
  'google-l7': 'Google Cloud load balancer',
  nginx: 'nginx',
  envoy: 'Envoy',
};

/** Plain colours, each given twice: many programs that draw SVG know no custom properties. */
const style = [
  'svg{font:13px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}',
  '.head{font-weight:600}.words{font-size:11px;text-anchor:end}',
  ...paint({ ink: '#1f2328', line: '#59636e', client: '#f6f8fa', edge: '#ddf4ff', workload: '#dafbe1' }),
  '@media(prefers-color-scheme:dark){',
  ...paint({ ink: '#f0f6fc', line: '#9198a1', client: '#151b23', edge: '#0c2d6b', workload: '#033a16' }),
  '}',
].join('');

function paint(colour: Record<'ink' | 'line' | 'client' | 'edge' | 'workload', string>): string[] {
  return [
    `text{fill:${colour.ink}}.words{fill:${colour.line}}`,
    `path{stroke:${colour.line};fill:none}marker path{fill:${colour.line}}rect{stroke:${colour.line}}`,
    `.client rect{fill:${colour.client}}.edge rect{fill:${colour.edge}}.workload rect{fill:${colour.workload}}`,
  ];
}

/** Clients, then edges, then workloads by how many hops they are away. */
function arrangeColumns(topology: Topology): Box[][] {
  const columns: Box[][] = [[{ id: 'client', head: 'client', lines: [] }], topology.edges.map(describeEdge)];
  let reached = new Set(topology.edges.flatMap((edge) => edge.backends.map((b) => b.to.workload)));
  const rest = new Map(topology.workloads.map((workload) => [workload.name, workload]));
  while (rest.size > 0) {
    const here = [...rest.values()].filter((workload) => reached.has(workload.name));
    const column = here.length > 0 ? here : [...rest.values()];
    columns.push(column.map(describeWorkload));
    for (const workload of column) rest.delete(workload.name);
    reached = new Set(column.flatMap((workload) => backendsOf(workload).map((b) => b.to.workload)));
  }
  return columns.filter((column) => column.length > 0);
}

function describeEdge(edge: Edge): Box {
  return {
    id: `edge ${edge.name}`,
    head: edge.hosts.join(', '),
    lines: [kinds[edge.kind], listPorts(edge)],
  };
}

function listPorts({ listeners }: Proxy): string {
  return `${listeners.length > 1 ? 'ports' : 'port'} ${listeners.map(({ port }) => port).join(', ')}`;
}

function describeWorkload(workload: Workload): Box {
  const services = workload.containers.flatMap(ownServices);
  const more = services.length - shownServices;
  return {
    id: `workload ${workload.name}`,
    head: workload.name,
    lines: [
      countReplicas(workload),
      ...workload.containers.map(({ name, runs }) =>
        runs.kind === 'server'
          ? `${name} :${runs.port}`
          : `${kinds[runs.kind]} :${runs.listeners.map((l) => l.port).join(', ')}`,
      ),
      ...services.slice(0, shownServices),
      ...(more > 0 ? [`and ${more} more`] : []),
    ],
  };
}

function countReplicas({ replicas: { min, max } }: Workload): string {
  return min === max ? `${min} ${min === 1 ? 'replica' : 'replicas'}` : `${min} to ${max} replicas`;
}

function ownServices({ runs }: Container): string[] {
  return runs.kind === 'server'
    ? runs.services.filter((s) => !(standardServices as readonly string[]).includes(s))
    : [];
}

function backendsOf(workload: Workload): Backend[] {
  return workload.containers.flatMap(({ runs }) => (runs.kind === 'server' ? [] : runs.backends));
}

function placeBoxes(columns: Box[][]): Placed[] {
  const heightOf = (box: Box) => 16 + lineHeight * (1 + box.lines.length);
  const tall = columns.map((column) => column.reduce((sum, box) => sum + heightOf(box) + margin, -margin));
  const tallest = Math.max(...tall);
  return columns.flatMap((column, index) => {
    let y = margin + (tallest - tall[index]!) / 2;
    const width = index === 0 ? clientWidth : boxWidth;
    const x = index === 0 ? margin : margin + clientWidth + gap + (index - 1) * (boxWidth + gap);
    return column.map((box) => {
      const placed = { ...box, x, y, width, height: heightOf(box) };
      y += placed.height + margin;
      return placed;
    });
  });
}

function findArrows(topology: Topology, boxes: readonly Placed[]): Arrow[] {
  const find = (id: string) => boxes.find((box) => box.id === id);
  const client = find('client')!;
  const arrows: Arrow[] = [];
  const connect = (from: Placed | undefined, to: Placed | undefined, words: string) => {
    if (from && to && from !== to) arrows.push({ from, to, words });
  };
  for (const edge of topology.edges) {
    const box = find(`edge ${edge.name}`);
    connect(client, box, edge.listeners.some((listener) => listener.tls) ? 'gRPC, TLS' : 'gRPC');
    for (const backend of edge.backends) connect(box, find(`workload ${backend.to.workload}`), hopWords(backend));
  }
  for (const workload of topology.workloads)
    for (const backend of backendsOf(workload))
      connect(find(`workload ${workload.name}`), find(`workload ${backend.to.workload}`), hopWords(backend));
  return arrows;
}

function hopWords(backend: Backend): string {
  return backend.speaks === 'tcp' ? `TCP → ${backend.to.port}` : `HTTP/2 → ${backend.to.port}`;
}

function drawBox(box: Placed): string {
  const text = (line: string, index: number) =>
    `<text x="12" y="${22 + index * lineHeight}"${index === 0 ? ' class="head"' : ''}>${escapeXml(cut(line))}</text>`;
  return [
    `<g class="${box.id.split(' ')[0]}" transform="translate(${box.x} ${box.y})"><rect width="${box.width}" height="${box.height}" rx="6"/>`,
    ...[box.head, ...box.lines].map(text),
    '</g>',
  ].join('');
}

function drawArrow({ from, to, words }: Arrow): string {
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  const bend = gap / 2;
  // On the side of the arrowhead that the curve does not come from.
  const wordsY = y1 < y2 ? y2 + 16 : y2 - 8;
  return [
    `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${to.x - bend} ${y2} ${to.x - 1} ${y2}" marker-end="url(#head)"/>`,
    `<text class="words" x="${to.x - 10}" y="${wordsY}">${escapeXml(words)}</text>`,
  ].join('');
}

function cut(line: string): string {
  return line.length > shownCharacters ? `…${line.slice(-shownCharacters + 1)}` : line;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
