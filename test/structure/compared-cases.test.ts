import { expect, test } from 'vitest';
import { holdingTests } from '../../bench/upgrade/holding-tests.ts';
import { cases } from '../../bench/upgrade/run-cases.ts';
import { readText } from './repo-files.ts';

test('each case of an upgrade that is compared with copier is held by a test, and each of those tests is there', () => {
  expect(Object.keys(holdingTests).sort()).toEqual(cases.map(({ title }) => title).sort());
  const missing = Object.values(holdingTests).filter(({ file, names }) => {
    const text = readText(file);
    return names.some((name) => !text.includes(`'${name}'`));
  });
  expect(missing).toEqual([]);
});
