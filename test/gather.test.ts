import { describe, expect, test } from 'vitest'
import { collect, type Payload } from '../src/index'
import { type Acts, collecting, event, keeping, resources, type Sent } from './helpers/collecting'
import { endedScript, stick } from './helpers/endedScript'
import { nextTask } from './helpers/nextTask'
import { fakePage } from './helpers/page'

/** What a page tells whose tab is closed `at` ms after its start; its `pagehide` is ended in the first `beforeSend`, if it `ends`. */
function closing(acts: Acts, ends: boolean, options = {}, at = 6000) {
  const asked: Payload[] = []
  let isEnding = false
  const end = (script: () => void) => {
    isEnding = ends
    endedScript(script)
    isEnding = false
  }
  const { sent } = collecting(
    [...acts, [at, (page) => end(() => page.fire('pagehide'))], [at, (page) => page.hide()]],
    at + 1,
    {
      ...options,
      beforeSend: (payload) => {
        asked.push(payload)
        if (isEnding) stick()
        return payload
      },
    },
  )
  // what the stop tells comes too late
  const inTime = sent.filter((one) => one.at <= at)
  return { asked, payloads: inTime.map(({ payload }) => payload) }
}

const late = { samplingRate: 60_000, entriesRate: 60_000 }
const eventsIn = (payloads: Payload[]) =>
  payloads.flatMap(({ view }) => view.events ?? []).map((event) => Object.keys(event)[0])
const namesIn = (payloads: Payload[]) => payloads.flatMap(({ view }) => view.resources ?? []).map(({ name }) => name)

describe('a page whose script the browser ends while it is left', () => {
  test('tells the sample that was on its way when it is hidden, under the same number', () => {
    const { asked, payloads } = closing([[1000, event('a')]], true, late)
    expect(eventsIn(payloads)).toEqual(['a'])
    expect(payloads[0]?.beacon.id).toBe(asked[0]?.beacon.id)
    expect(payloads.map(({ beacon }) => beacon.seq)).toEqual([0])
  })

  test('tells all chunks of entries, each once', () => {
    const entries = resources(120)
    const { payloads } = closing([[1000, (page) => page.emit('resource', entries)]], true, late)
    expect(namesIn(payloads).sort()).toEqual(entries.map(({ name }) => name).sort())
    expect(new Set(payloads.map(({ beacon }) => beacon.id)).size).toBe(payloads.length)
  })

  test('tells all that was held, each once, where it had not loaded yet', () => {
    const entries = resources(120)
    const acts: Acts = [
      [10, (page) => page.emit('resource', entries)],
      [20, event('a')],
      [30, (page) => page.navigate('/cart')],
      [40, event('b')],
      [50, (page) => page.navigate('/checkout')],
      [60, event('c')],
    ]
    const { payloads } = closing(acts, true, late, 70)
    expect(eventsIn(payloads).sort()).toEqual(['a', 'b', 'c'])
    expect(namesIn(payloads).sort()).toEqual(entries.map(({ name }) => name).sort())
    expect(new Set(payloads.map(({ beacon }) => beacon.id)).size).toBe(payloads.length)
  })

  test('hears what its own handlers tell after that', async () => {
    const page = fakePage()
    const sent: Sent[] = []
    let isEnding = true
    const beforeSend = (payload: Payload) => (isEnding ? stick() : payload)
    const crum = collect({ page, sinks: [keeping(sent)], ...late, beforeSend })
    page.document.addEventListener('visibilitychange', () => crum.addEvent('b'))
    crum.addEvent('a')

    endedScript(() => page.fire('pagehide'))
    isEnding = false
    page.hide()
    await nextTask()

    expect(eventsIn(sent.map(({ payload }) => payload))).toEqual(['a', 'b'])
    crum.stop()
  })

  test('repeats nothing where no script was ended', () => {
    const { payloads } = closing([[1000, event('a')]], false, late)
    expect(payloads.map(({ beacon }) => [beacon.seq, beacon.reason])).toEqual([[0, 'hidden']])
  })
})
