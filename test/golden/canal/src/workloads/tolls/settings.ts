/** What tolls reads from its environment, besides what its server does (src/server/config.ts). Checked at start. */

import { readSettings } from '../../server/index.ts';

export const settings = readSettings({
  // GREETING: optional(text(), 'Hello'),
});
