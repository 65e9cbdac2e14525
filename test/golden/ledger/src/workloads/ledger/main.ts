/** The process of the workload ledger. */

import { run } from '../../server/index.ts';
import ledgerService from './ledger.v1.LedgerService.ts';
import { settings } from './settings.ts';

run({
  name: 'ledger',
  services: [ledgerService],
  settings,
});
