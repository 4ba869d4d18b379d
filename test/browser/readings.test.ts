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

for (const row of rows) {
  test(`${row.field} arrives: ${row.when}`, async ({ site, tab }) => {
    const { path = '/', status = 200, headers = {}, routes = {} } = row
    const html = { body: page(row), status, headers: { 'content-type': 'text/html;charset=utf-8', ...headers } }
    const shop = await site({ [path.replace(/[?#].*/, '')]: html, ...routes })
    const visitor = await tab()
    await visitor.goto(shop.url(path))
    await row.act?.(visitor, shop)
    const truth = row.truth && (await visitor.evaluate(row.truth))
    await untilTold(shop, (told) => row.check(told, truth))
  })
}

test('has no row twice', () => {
  expect(new Set(rows.map(({ field, when }) => `${field}: ${when}`)).size).toBe(rows.length)
})
