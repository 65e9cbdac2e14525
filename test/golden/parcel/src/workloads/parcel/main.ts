/** The process of the workload parcel. */

import { run } from '../../server/index.ts';
import parcelService from './parcel.v1.ParcelService.ts';
import { settings } from './settings.ts';

run({
  name: 'parcel',
  services: [parcelService],
  settings,
});
