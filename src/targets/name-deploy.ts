/** Names of jobs in the deploy workflow. */

/** The job that an environment's deploy waits for; `deploy-` keeps it apart from jobs that are no environment's. */
export function nameDeployAfter(environment: string | undefined): string {
  return environment === undefined ? 'images' : `deploy-${environment}`;
}
