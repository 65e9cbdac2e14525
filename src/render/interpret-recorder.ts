/** Keeps what a rendering reached, so that a test can name the templates and view fields that nothing uses. */

/** Handed to `renderTemplate`; one may follow many renderings. */
export interface ReachRecorder {
  /** Keys of `set.files`, and of partials as `partials/name`. */
  reachTemplate(path: string): void;
  reachField(owner: object, field: string): void;
  /** A partial with fields of its own is given a copy: what is read of the copy was read of the original. */
  copyFields(original: object, copy: object): void;
}

export interface Reach extends ReachRecorder {
  readonly templates: ReadonlySet<string>;
  /**
   * The fields of these views that were never read, in order: `workloads[].name`. The items of lists count as one
   * thing: a field is reached when one of the items, in one of the views, was read there.
   */
  findUnreachedFields(views: readonly object[]): string[];
}

/** A recorder that answers afterwards. */
export function recordReach(): Reach {
  const templates = new Set<string>();
  const fields = new Map<object, Set<string>>();
  const originals = new Map<object, object>();
  return {
    templates,
    reachTemplate(path) {
      templates.add(path);
    },
    reachField(owner, field) {
      for (let one: object | undefined = owner; one !== undefined; one = originals.get(one)) {
        fields.set(one, (fields.get(one) ?? new Set()).add(field));
      }
    },
    copyFields(original, copy) {
      originals.set(copy, original);
    },
    findUnreachedFields(views) {
      const known = new Map<string, boolean>();
      for (const view of views) {
        noteFields(view, '', fields, known);
      }
      return [...known].filter(([, isReached]) => !isReached).map(([path]) => path);
    },
  };
}

function noteFields(
  value: unknown,
  path: string,
  reached: Map<object, Set<string>>,
  known: Map<string, boolean>,
): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      noteFields(item, `${path}[]`, reached, known);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [field, inner] of Object.entries(value)) {
    const innerPath = path === '' ? field : `${path}.${field}`;
    const isReached = reached.get(value)?.has(field) ?? false;
    known.set(innerPath, isReached || (known.get(innerPath) ?? false));
    noteFields(inner, innerPath, reached, known);
  }
}
