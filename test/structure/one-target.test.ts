/** A target is one file and one folder of templates: whatever else names it is where targets are listed. */
import { expect, test } from 'vitest';
import { listOfferedTargets } from '../../src/spec/offered-targets.ts';
import { listFiles, readSources, readText } from './repo-files.ts';

/** The type of ids, their words, which settings they take, and the list of targets. */
const lists = ['spec/spec', 'spec/offered-targets', 'spec/ecs-targets', 'spec/nginx-settings', 'targets/targets'];
/** Nothing that is asked of it, or made of it, is decided by who it is. */
const id = 'ecs-nlb-nginx';

test('it is offered', () => {
  expect(listOfferedTargets().map((target) => target.id)).toContain(id);
});

test('no file of src names it but its own and the lists of targets', () => {
  const naming = [...readSources()].filter(([, text]) => /ecs-nlb-nginx|ecsNlbNginx/i.test(text));
  const expected = [...lists, `targets/${id}`].map((path) => `src/${path}.ts`);
  expect(naming.map(([path]) => path).sort()).toEqual(expected.sort());
});

test('no template names it, or nginx, outside of its own folders', () => {
  const own = [`templates/${id}/`, `templates/partials/${id}/`];
  const others = listFiles('templates').filter((path) => !own.some((folder) => path.startsWith(folder)));
  expect(others.length).toBeGreaterThan(150);
  expect(others.filter((path) => /nginx/i.test(path) || /nginx/i.test(readText(path)))).toEqual([]);
});

test('no template that both targets print speaks of nginx or of either load balancer’s kind', () => {
  const shared = listFiles('templates/ecs', 'templates/partials/ecs', 'templates/partials/ecs-cloudformation');
  expect(shared.length).toBeGreaterThan(30);
  const faults = shared.filter((path) => /nginx|AWS\/(?:Network|Application)ELB/i.test(readText(path)));
  expect(faults).toEqual([]);
});

test('both languages print both targets, each in folders of the same names', () => {
  const folders = (target: string) => new Set(listFiles(`templates/${target}`).map((path) => path.split('/')[2] ?? ''));
  for (const target of ['ecs-alb', id]) {
    expect(folders(target)).toContain('terraform');
    expect(folders(target)).toContain('cloudformation');
  }
});
