/** A program that changes a project and takes it back, over and over, until somebody kills it. */
import { recoverJournal, restoreJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { change } from './journal-project.ts';

const [directory = ''] = process.argv.slice(2);
recoverJournal(openDisk(), directory);
restoreJournal(openDisk(), directory);
console.log('ready');
for (;;) {
  await change({ directory, keep: true });
  restoreJournal(openDisk(), directory);
}
