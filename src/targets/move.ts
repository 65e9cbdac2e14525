/** What a change of the Spec leaves to whoever runs the repo, since no file can do it. */

export interface Move {
  /** Whether it comes before the new files are written, or after. */
  when: 'before' | 'after';
  message: string;
  /** In order; none where no command does it. */
  commands: readonly string[];
}
