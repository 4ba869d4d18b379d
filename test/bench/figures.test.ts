import { expect, test } from 'vitest'
import { figure } from '../../bench/run/figures.ts'

const column = { key: 'cost', title: 'cost, ms', digits: 0 }
const alone = [{ cost: 10 }, { cost: 100 }, { cost: 20 }]
const client = [{ cost: 13 }, { cost: 104 }, { cost: 25 }]

test('takes a value as it is where nothing is said', () => {
  expect(figure(column, client, alone).median).toBe(25)
})

test('subtracts the page alone of the same round', () => {
  expect(figure({ ...column, against: 'difference' }, client, alone)).toMatchObject({ median: 4, low: 3.5, high: 4.5 })
})

test('divides by the page alone of the same round', () => {
  expect(figure({ ...column, against: 'ratio' }, client, alone).median).toBe(1.25)
})

test('leaves out a round in which one of the two has failed', () => {
  const difference = { ...column, against: 'difference' } as const

  expect(figure(difference, [undefined, { cost: 104 }, { cost: 25 }], [{ cost: 10 }, { cost: 100 }])).toMatchObject({
    median: 4,
    count: 1,
  })
})

test('reads a value of another name', () => {
  expect(figure({ ...column, key: 'more', value: 'cost' }, client, alone).median).toBe(25)
})
