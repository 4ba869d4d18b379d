import { expect, test } from './harness/browserTest.ts'
import { attributeRows } from './readings/attributeRows.ts'
import { beaconRows } from './readings/beaconRows.ts'
import { happeningRows } from './readings/happeningRows.ts'
import { identityRows } from './readings/identityRows.ts'
import { listRows } from './readings/listRows.ts'
import { metricRows } from './readings/metricRows.ts'
import { page } from './readings/row.ts'
import { untilTold } from './readings/told.ts'

const rows = [...identityRows, ...listRows, ...happeningRows, ...attributeRows, ...metricRows, ...beaconRows]

test.for(rows)('$field arrives: $when', async (row, { site, tab }) => {
  const { path = '/', headers = {}, routes = {} } = row
  const html = { body: page(row), headers: { 'content-type': 'text/html;charset=utf-8', ...headers } }
  const shop = await site({ [path.replace(/[?#].*/, '')]: html, ...routes })
  const visitor = await tab()
  await row.before?.(visitor, shop)
  await visitor.goto(shop.url(path))
  await row.act?.(visitor, shop)
  const truth = row.truth && (await visitor.evaluate(row.truth))
  await untilTold(shop, (told) => row.check(told, truth))
})

test('has a row for every field of the contract', () => {
  console.log(`${rows.length} rows`)
  expect(new Set(rows.map(({ field, when }) => `${field}: ${when}`)).size).toBe(rows.length)
})
