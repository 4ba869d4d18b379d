import { describe, expect, test } from 'vitest'
import { heroMarks } from '../../src/sources/heroMarks'
import { fakePage } from '../helpers/page'
import { readsEntries, valuesOf } from '../helpers/sources'
import { breaking } from '../helpers/withProperties'

/** The details of these marks, as they are told. */
const details = (...marks: object[]) => {
  const page = fakePage()
  return valuesOf(page, heroMarks(page), () => page.emit('mark', marks as never)).map(({ detail }) => detail)
}

describe('heroMarks', () => {
  const entry = { name: 'HE-price', detail: { sku: 1 } }
  readsEntries('mark', heroMarks, entry, { name: 'HE-price', detail: { sku: 1 }, startTime: 100 })

  test('leaves out marks of other names', () => {
    const page = fakePage()
    const marks = ['price', 'he-price', 'x HE-price'].map((name) => ({ name }))

    expect(valuesOf(page, heroMarks(page), () => page.emit('mark', marks))).toEqual([])
  })

  test('leaves out a mark that cannot be read, alone', () => {
    const mark = { name: 'HE-a', detail: 1 }

    expect(details(mark, breaking({ ...mark }, 'detail'), { ...mark, detail: 2 })).toEqual([1, 2])
  })

  test('tells null where there is no detail, and keeps 0, false and empty texts', () => {
    const marks = [undefined, null, 0, false, ''].map((detail) => ({ name: 'HE-a', detail }))

    expect(details(...marks)).toEqual([null, null, 0, false, ''])
  })

  test('copies the detail, which the page may go on using', () => {
    const detail = { items: [1] }
    const [told] = details({ name: 'HE-a', detail })
    detail.items.push(2)

    expect(told).toEqual({ items: [1] })
  })
})
