/** Calls fleet.v1.parts.WheelService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WheelServiceDefinition } from '../../gen/fleet/v1/parts/wheel.ts';
import { Status, startForTest, type TestServer } from '../../server/index.ts';
import service from './fleet.v1.parts.WheelService.ts';

const { methods } = WheelServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('Turn is not written yet', async () => {
  const call = server.client.turn(methods.turn.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
