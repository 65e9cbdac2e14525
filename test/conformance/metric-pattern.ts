/** A pattern of CloudWatch's metric filters, tried on lines of the emitted server. */
import { valueAt } from './plan.ts';

/**
 * What the emitted server writes of a call that fails by its own fault, and of one that goes well. The test of the
 * installed repo holds them to what it really writes.
 */
export const faultLine = { level: 'error', msg: 'call', code: 'INTERNAL' } as const;
export const quietLine = { level: 'info', msg: 'call', code: 'OK' } as const;

/**
 * Whether a line is counted. Only what our patterns use: comparisons of texts, all of which must hold.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws Error where a pattern uses more
 */
export function matchesPattern(pattern: string, line: unknown): boolean {
  const inner = /^\{ (.*) \}$/.exec(pattern)?.[1];
  const terms = (inner ?? pattern).split(' && ').map((term) => /^\(?\$\.([\w.]+) = "([^"*]*)"\)?$/.exec(term));
  return terms.every((term) => {
    if (term === null) throw new Error(`a pattern that this does not read: ${pattern}`);
    return valueAt(line, term[1] ?? '') === term[2];
  });
}
