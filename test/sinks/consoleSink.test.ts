import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import type { Payload } from '../../src/payload/payload'
import { consoleSink } from '../../src/sinks/consoleSink'
import { fakePage } from '../helpers/page'
import { payloadWith } from '../helpers/payload'
import { scopeWith } from '../helpers/scope'
import { watch } from '../helpers/watch'

test('consoleSink prints each payload when it comes, under its reason and number, and counts it as sent', () => {
  const page = fakePage()
  const payload$ = new Subject<Payload>()
  const { seen, end } = watch(consoleSink()(payload$, scopeWith({ page })))
  const payload = payloadWith()
  payload$.next(payload)

  expect(page.logged).toEqual([{ method: 'log', args: ['crum sample 0', payload] }])
  expect(seen).toEqual([{ type: 'sent', way: 'console', id: payload.beacon.id, seq: 0, reason: 'sample' }])
  payload$.complete()
  expect(end.completed).toBe(true)
})
