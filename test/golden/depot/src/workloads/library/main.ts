/** The process of the workload library. */

import { run } from '../../server/index.ts';
import { createTracing } from '../../tracing/tracing.ts';
import libraryService from './library.v1.LibraryService.ts';
import { settings } from './settings.ts';

run({
  name: 'library',
  services: [libraryService],
  settings,
  tracing: createTracing(),
});
