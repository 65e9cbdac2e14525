/** Which templates are shipped: not those of a printing that no version offers yet, which tests alone render. */

/** By path in `templates/`. */
export function isOffered(path: string): boolean {
  return !/^(?:partials\/)?ecs-alb-cloudformation(?:-environment)?\//.test(path);
}
