import { expect, test } from 'vitest'
import { bounds } from '../../bench/bounds.ts'
import { commands } from '../../bench/commands.ts'

test.for(bounds.map((bound) => [bound.title, bound] as const))(
  '%s: there is such a figure',
  ([, { command, column }]) => {
    expect(commands[command].columns.map(({ key }) => key)).toContain(column)
  },
)

test.for(bounds.map((bound) => [bound.title, bound] as const))(
  '%s: the aim is below the bound',
  ([, { most, aim = most }]) => {
    expect(aim).toBeLessThanOrEqual(most)
  },
)

test('are each held against one thing', () => {
  const names = bounds.map(({ command, column }) => `${command}.${column}`)

  expect(new Set(names).size).toBe(names.length)
})

test('compare with peers that take part', () => {
  const without = bounds.filter(({ command, of }) => of && commands[command].peers?.includes(of) === false)

  expect(without).toEqual([])
})
