import { vi } from 'vitest'
import { type Site, site } from '../browser/harness/site.ts'
import type { Told } from '../browser/readings/told.ts'
import { test as base, expect } from './engineTest.ts'
import { fieldPaths } from './fieldPaths.ts'
import { type Field, fields } from './fields.ts'
import { recordArrivals } from './recordArrivals.ts'
import { toldOf, visits } from './visits.ts'

const arrivals: Record<string, string> = {}

interface Visits {
  /** Plays a visit once for all that ask; what it has told is asked anew each time. */
  to(name: keyof typeof visits): Promise<() => Told>
  /** What went wrong once would go wrong for all: who asks next plays it again, three times at most. */
  forget(name: keyof typeof visits): void
}

const test = base.extend<{ visit: Visits }>({
  visit: [
    async ({ engine }, use) => {
      const made = new Map<string, Promise<Site>>()
      const make = async (name: keyof typeof visits) => {
        const shop = await site(visits[name].pages)
        const tab = await engine.open()
        await visits[name].stay(tab, shop)
        return shop
      }
      const played: [name: string, visit: Promise<Site>][] = []
      await use({
        to: async (name) => {
          const visit = made.get(name) ?? make(name)
          if (!made.has(name)) played.push([name, visit])
          made.set(name, visit)
          const shop = await visit
          return () => toldOf(visits[name], shop)
        },
        forget: (name) => {
          if (played.filter(([one]) => one === name).length < 3) made.delete(name)
        },
      })
      for (const [, visit] of played) await visit.then((shop) => shop.close()).catch(() => {})
      recordArrivals(engine.version, arrivals)
    },
    { scope: 'file' },
  ],
})

for (const [path, field] of Object.entries(fields)) {
  test(`tells ${path}`, async ({ engine, visit }) => {
    const { visit: name = 'shop' } = field
    const isOffered = !field.needs || engine.apis[field.needs]
    try {
      const told = await visit.to(name)
      const values = () => valuesAt(rooted(told()), path.split(/\[?\]?\./))
      await vi.waitFor(() => check(values(), field, isOffered), { timeout: 20_000 })
      arrivals[path] = isOffered ? 'value' : (JSON.stringify(values()[0]) ?? 'absent')
    } catch (error) {
      visit.forget(name)
      throw error
    }
  })
}

/** A value of the field where the browser offers one, and nothing that is neither such a value nor the empty one. */
function check(values: unknown[], { is, empty }: Field, isOffered: boolean): void {
  if (isOffered) expect(values).toContainEqual(is)
  for (const value of values) if (!isOffered || !fits(value, is)) expect(value).toEqual(empty)
}

function fits(value: unknown, is: unknown): boolean {
  try {
    expect(value).toEqual(is)
    return true
  } catch {
    return false
  }
}

test('has a row for each field of the payload', () => {
  expect(Object.keys(fields).sort()).toEqual(fieldPaths().sort())
})

const rooted = (told: Told) => ({ ...told, beacon: told.payloads.map(({ beacon }) => beacon) })

/** All values at a path; lists on the way give one for each item. */
const valuesAt = (from: unknown, [name, ...rest]: string[]): unknown[] => {
  if (name === undefined) return from === undefined ? [] : [from]
  const inside = (from as Record<string, unknown> | null | undefined)?.[name]
  return Array.isArray(inside) && rest.length ? inside.flatMap((item) => valuesAt(item, rest)) : valuesAt(inside, rest)
}
