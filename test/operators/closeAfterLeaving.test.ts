import { Subject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closeAfterLeaving } from '../../src/operators/closeAfterLeaving'
import { unloading } from '../../src/page/unloading'
import { cutFor, type Reading } from '../../src/payload/reading'
import { marbles } from '../helpers/marbles'
import { nextTask } from '../helpers/nextTask'
import { fakePage } from '../helpers/page'
import { reading } from '../helpers/readings'
import { watch } from '../helpers/watch'

const memory = reading('view.usedMemory', 5)

/** A page that has told its own handlers that it ends, or not, and what has passed since: fields, and reasons of cuts. */
function start() {
  const page = fakePage()
  const watched = watch(unloading(page))
  const reading$ = new Subject<Reading>()
  const { seen, end, unsubscribe } = watch(reading$.pipe(closeAfterLeaving(page)))
  const names = () => seen.map(({ cut, field }) => cut ?? field)
  const tell = (...readings: Reading[]) => {
    for (const one of readings) reading$.next(one)
  }
  return {
    ...{ page, reading$, end, names, tell },
    close: () => {
      unsubscribe()
      watched.unsubscribe()
    },
  }
}

describe('closeAfterLeaving', () => {
  let run: ReturnType<typeof start>
  beforeEach(() => {
    run = start()
  })
  afterEach(() => run.close())

  test('cuts behind what comes after the last cut of a page that ends, once for all that a handler tells', async () => {
    run.page.fire('pagehide')
    run.tell(cutFor('hidden'), memory, memory)
    expect(run.names()).toEqual(['hidden', 'view.usedMemory', 'view.usedMemory'])
    await nextTask()
    expect(run.names().slice(3)).toEqual(['hidden'])
    run.tell(memory)
    await nextTask()
    expect(run.names().slice(4)).toEqual(['view.usedMemory', 'hidden'])
  })

  test('leaves what comes before the first cut to that one', async () => {
    run.page.fire('pagehide')
    run.tell(memory)
    await nextTask()
    expect(run.names()).toEqual(['view.usedMemory'])
  })

  test('does not cut where a page that comes back is visible, before it is said to be back', async () => {
    run.page.fire('pagehide')
    run.tell(cutFor('hidden'), reading('view', { visibility: 'visible' }))
    await nextTask()
    expect(run.names()).toEqual(['hidden', 'view'])
  })

  test('does not cut where another cut has come meanwhile', async () => {
    run.page.fire('pagehide')
    run.tell(cutFor('hidden'), memory, cutFor('hidden'))
    await nextTask()
    expect(run.names()).toEqual(['hidden', 'view.usedMemory', 'hidden'])
  })

  test('does nothing in a page that is only hidden, or has come back', async () => {
    run.tell(cutFor('hidden'), memory)
    await nextTask()
    expect(run.names()).toEqual(['hidden', 'view.usedMemory'])
    run.page.fire('pagehide')
    run.tell(cutFor('hidden'))
    run.page.restore()
    run.tell(memory)
    await nextTask()
    expect(run.names().slice(2)).toEqual(['hidden', 'view.usedMemory'])
  })

  test('completes with its source', async () => {
    run.page.fire('pagehide')
    run.tell(cutFor('hidden'), memory)
    run.reading$.complete()
    await nextTask()
    expect(run.end.completed).toBe(true)
    expect(run.names()).toEqual(['hidden', 'view.usedMemory'])
  })
})

describe('closeAfterLeaving of a page that lives', () => {
  marbles('passes all on, and lets go with its subscriber', ({ hot, expectObservable, expectSubscriptions }) => {
    const readings = { a: memory, c: cutFor('hidden') }
    const source = hot<Reading>('-a-c-a-', readings)
    const unsub = '              ------!'

    expectObservable(source.pipe(closeAfterLeaving(fakePage())), unsub).toBe('-a-c-a-', readings)
    expectSubscriptions(source.subscriptions).toBe('^-----!')
  })

  marbles('passes an error on', ({ hot, expectObservable }) => {
    const readings = { a: memory }
    expectObservable(hot<Reading>('-a-#', readings).pipe(closeAfterLeaving(fakePage()))).toBe('-a-#', readings)
  })
})
