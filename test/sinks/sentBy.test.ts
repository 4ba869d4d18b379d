import { expect, test } from 'vitest'
import { sentBy } from '../../src/sinks/sentBy'
import { payloadWith } from '../helpers/payload'

test('sentBy tells which beacon has left, and by which way', () => {
  const payload = payloadWith({ beacon: { id: 'a-3', seq: 3, reason: 'route', version: '1' } })

  expect(sentBy('console', payload)).toEqual({ type: 'sent', way: 'console', id: 'a-3', seq: 3, reason: 'route' })
})
