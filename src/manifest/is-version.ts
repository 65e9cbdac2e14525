/** Which text is a version: it goes into commands that are told, and into conflict markers. */

/** Like semver, but for the detail of what may follow the three numbers: nothing that a shell or a terminal would act on. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d+\.\d+\.\d+[\w.+-]*$/.test(value);
}
