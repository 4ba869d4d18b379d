import { expect, test } from 'vitest'
import { StrayAnswer } from '../../../src/sinks/delivery/address'
import { envelope } from '../../../src/sinks/delivery/envelope'
import { answered, movedOutcome, outcome, unanswered, unsent } from '../../../src/sinks/delivery/outcome'
import { answer } from '../../helpers/answer'
import { fakePage } from '../../helpers/page'
import { payloadWith } from '../../helpers/payload'
import { enveloped } from '../../helpers/readings'

const one = enveloped()
const some = envelope(payloadWith({}), 'https://rum.test/rum')
const isBusy = (status: number) => status === 503
const response = (status: number, headers = {}) => answer(status, headers) as Response

test('an outcome names the envelope', () => {
  expect(outcome(one, 'sent', { way: 'fetch' }, { isAnswered: true })).toEqual({
    ...{ delivery: { id: one.id, seq: one.seq, reason: one.reason, bytes: one.bytes, type: 'sent', way: 'fetch' } },
    isAnswered: true,
  })
})

test('what is a week old is not sent, and what fits is', () => {
  expect(unsent({ ...one, time: one.time - 7 * 24 * 60 * 60 * 1000 - 1000 })).toMatchObject({
    delivery: { type: 'drop', cause: 'old' },
  })
  expect(unsent({ ...one, isExcess: true })?.delivery).toMatchObject({ type: 'drop', cause: 'full' })
  expect(unsent(one)).toBeUndefined()
})

test.for([
  [200, { delivery: { type: 'sent', note: 1 }, isAnswered: true }],
  [503, { delivery: { type: 'retry' }, isAnswered: true, retryIn: 2000 }],
  [400, { delivery: { type: 'drop', cause: '400' }, isAnswered: true }],
  [413, { delivery: { type: 'drop', cause: '413' } }],
] as const)('means by %i what its endpoint means by it', ([status, expected]) => {
  const given = answered(some, response(status, { 'retry-after': '2' }), isBusy, false, { note: 1 })

  expect(given).toMatchObject(expected)
})

test.for([
  [400, true],
  [413, false],
  [503, false],
] as const)('takes a %i for a refusal of gzip: %s', ([status, expected]) => {
  let isPlain = false
  const withoutGzip = () => {
    isPlain = true
  }
  const { instead } = answered(some, response(status), isBusy, withoutGzip)

  expect([isPlain, instead?.[0] === some]).toEqual([expected, expected])
})

test('sends the same again where the endpoint has moved to', () => {
  expect(movedOutcome(one, response(200), 'https://b.test/')).toMatchObject({
    ...{ delivery: { type: 'retry', way: 'fetch', status: 200, cause: 'moved to https://b.test/' }, instead: [one] },
  })
})

test('counts an answer that is none of the receiver for an answer: somebody is there', () => {
  const stray = new StrayAnswer('405 from https://shop.test/login')

  expect(unanswered(fakePage({ navigator: { onLine: true } }), one, stray)).toMatchObject({
    ...{ delivery: { type: 'retry', cause: '405 from https://shop.test/login' }, isAnswered: true, retryIn: 0 },
  })
})

test.for([
  [true, false],
  [false, true],
])('expects no answer of the endpoint where the browser is online: %s', ([onLine, isAnswered]) => {
  expect(unanswered(fakePage({ navigator: { onLine } }), one, 'timeout')).toMatchObject({
    ...{ delivery: { type: 'retry', cause: 'timeout' }, isAnswered, retryIn: 0 },
  })
})
