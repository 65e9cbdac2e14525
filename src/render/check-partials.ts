/** Refuses calls of partials that are not there, and partials that call themselves. */
import type { TemplateNode, TemplateSet } from './template-set.ts';

/** One sentence for each fault; none where all is well. */
export function checkPartials(set: TemplateSet): string[] {
  const faults: string[] = [];
  for (const [path, template] of Object.entries(set.files)) {
    if ('nodes' in template) {
      faults.push(...findMissing(`${path}.hbs`, template.nodes, set));
    }
  }
  for (const [name, nodes] of Object.entries(set.partials)) {
    faults.push(...findMissing(`partials/${name}.hbs`, nodes, set));
    if (collectCalled(nodes, set).has(name)) {
      faults.push(`partials/${name}.hbs: the partial calls itself`);
    }
  }
  return faults;
}

function findMissing(template: string, nodes: readonly TemplateNode[], set: TemplateSet): string[] {
  return listCalls(nodes)
    .filter(([name]) => !Object.hasOwn(set.partials, name))
    .map(([name, at]) => `${template}:${at}: there is no partial ${name}`);
}

/** The names of all partials that a rendering of these nodes may come through. */
function collectCalled(nodes: readonly TemplateNode[], set: TemplateSet, called = new Set<string>()): Set<string> {
  for (const [name] of listCalls(nodes)) {
    if (!called.has(name)) {
      called.add(name);
      collectCalled(set.partials[name] ?? [], set, called);
    }
  }
  return called;
}

function listCalls(nodes: readonly TemplateNode[]): (readonly [name: string, at: string])[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || node[0] === 'field') {
      return [];
    }
    if (node[0] === 'partial') {
      return [[node[1], node[2]] as const];
    }
    return [...listCalls(node[3]), ...listCalls(node[4])];
  });
}
