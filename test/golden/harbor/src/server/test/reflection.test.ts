/** Reflection, as grpcurl asks it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { createClient } from '../../client/client.ts';
import type { ServerReflectionRequest, ServerReflectionResponse } from '../../gen/grpc/reflection/v1/reflection.ts';
import { ServerReflectionDefinition as V1 } from '../../gen/grpc/reflection/v1/reflection.ts';
import { ServerReflectionDefinition as V1Alpha } from '../../gen/grpc/reflection/v1alpha/reflection.ts';
import { indexDescriptors } from '../descriptors.ts';
import { Status, startForTest, toArray } from '../index.ts';
import { createReflection } from '../reflection.ts';
import { echo } from './echo.ts';

type Question = NonNullable<ServerReflectionRequest['messageRequest']>;

/** A message of fields by number: texts, numbers and further messages. */
function encode(fields: Readonly<Record<number, readonly (string | number | Uint8Array)[]>>): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, values] of Object.entries(fields)) {
    for (const value of values) {
      if (typeof value === 'number') writer.tag(Number(number), 0).int32(value);
      else if (typeof value === 'string') writer.tag(Number(number), 2).string(value);
      else writer.tag(Number(number), 2).bytes(value);
    }
  }
  return writer.finish();
}

const named = (name: string, rest: Parameters<typeof encode>[0] = {}) => encode({ 1: [name], ...rest });

/** Two files: shop.proto imports base.proto, and has one declaration of each kind. */
const base = named('base.proto', { 2: ['base'], 4: [named('Base')] });
const shop = named('shop.proto', {
  2: ['shop.v1'],
  3: ['base.proto'],
  4: [
    named('Item', {
      2: [named('id')],
      3: [named('Part')],
      4: [named('Size', { 2: [named('LARGE')] })],
      6: [named('inner', { 2: ['.base.Base'], 3: [101] })],
      8: [named('choice')],
    }),
  ],
  5: [named('Color', { 2: [named('RED')] })],
  6: [named('Shop', { 2: [named('Buy', { 2: ['.shop.v1.Item'] })] })],
  7: [named('outer', { 2: ['.base.Base'], 3: [100] })],
});
const descriptors = indexDescriptors(encode({ 1: [base, shop] }));

async function ask(...questions: Question[]): Promise<ServerReflectionResponse['messageResponse'][]> {
  const [service] = createReflection(() => descriptors);
  const requests = questions.map((messageRequest) => ({ host: 'here', messageRequest }));
  assert.ok(service);
  const server = await startForTest({ ...service, definition: V1 }, { REFLECTION: 'off' });
  const responses = await toArray(server.client.serverReflectionInfo(requests));
  await server.close();
  assert.deepEqual(
    responses.map(({ validHost, originalRequest }) => ({ validHost, originalRequest })),
    requests.map((request) => ({ validHost: 'here', originalRequest: request })),
  );
  return responses.map(({ messageResponse }) => messageResponse);
}

function fileNames(answer: ServerReflectionResponse['messageResponse']): string[] | undefined {
  if (answer?.$case !== 'fileDescriptorResponse') return undefined;
  return answer.value.fileDescriptorProto.map((bytes) => {
    const reader = new BinaryReader(bytes);
    reader.tag();
    return reader.string();
  });
}

test('every kind of symbol leads to its file and all it imports', async () => {
  const symbols = [
    'Item',
    'Item.id',
    'Item.Part',
    'Item.Size',
    'Item.LARGE',
    'Item.inner',
    'Item.choice',
    'Color',
    'RED',
    'Shop',
    'Shop.Buy',
    'outer',
  ];
  const answers = await ask(
    ...symbols.map((name): Question => ({ $case: 'fileContainingSymbol', value: `shop.v1.${name}` })),
  );
  assert.deepEqual(
    answers.map(fileNames),
    symbols.map(() => ['shop.proto', 'base.proto']),
  );
});

test('files are served by name, byte for byte', async () => {
  const [answer] = await ask({ $case: 'fileByFilename', value: 'base.proto' });
  assert.deepEqual(answer, { $case: 'fileDescriptorResponse', value: { fileDescriptorProto: [Buffer.from(base)] } });
});

test('extensions are found and numbered', async () => {
  const [file, numbers, none] = await ask(
    { $case: 'fileContainingExtension', value: { containingType: 'base.Base', extensionNumber: 101 } },
    { $case: 'allExtensionNumbersOfType', value: 'base.Base' },
    { $case: 'allExtensionNumbersOfType', value: 'shop.v1.Item' },
  );
  assert.deepEqual(fileNames(file), ['shop.proto', 'base.proto']);
  assert.deepEqual(numbers, {
    $case: 'allExtensionNumbersResponse',
    value: { baseTypeName: 'base.Base', extensionNumber: [100, 101] },
  });
  assert.deepEqual(none, {
    $case: 'allExtensionNumbersResponse',
    value: { baseTypeName: 'shop.v1.Item', extensionNumber: [] },
  });
});

test('what is not there is not found, and the conversation goes on', async () => {
  const answers = await ask(
    { $case: 'fileByFilename', value: 'no.proto' },
    { $case: 'fileContainingSymbol', value: 'no.Symbol' },
    { $case: 'fileContainingExtension', value: { containingType: 'base.Base', extensionNumber: 1 } },
    { $case: 'allExtensionNumbersOfType', value: 'no.Type' },
    { $case: 'listServices', value: '' },
  );
  const codes = answers.map((answer) => (answer?.$case === 'errorResponse' ? answer.value.errorCode : answer?.$case));
  assert.deepEqual(codes, [...Array(4).fill(Status.NOT_FOUND), 'listServicesResponse']);
});

test("both versions list all of this repo's services, whichever the server serves", async (t) => {
  const server = await startForTest(echo());
  t.after(() => server.close());
  for (const definition of [V1, V1Alpha]) {
    const client = createClient(definition, server.channel);
    const [answer] = await toArray(
      client.serverReflectionInfo([{ host: '', messageRequest: { $case: 'listServices', value: '' } }]),
    );
    assert.ok(answer?.messageResponse?.$case === 'listServicesResponse');
    const names = answer.messageResponse.value.service.map(({ name }) => name);
    assert.deepEqual(names, indexDescriptors().services);
    assert.ok(names.includes('grpc.health.v1.Health'));
  }
});

test('reflection can be turned off', async (t) => {
  const server = await startForTest(echo(), { REFLECTION: 'off' });
  t.after(() => server.close());
  await assert.rejects(toArray(createClient(V1, server.channel).serverReflectionInfo([])), {
    code: Status.UNIMPLEMENTED,
  });
});
