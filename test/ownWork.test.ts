import { concat, of, Subject, take, tap, throwError } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { ownWork } from '../src/ownWork'
import { watch } from './helpers/watch'

describe('ownWork', () => {
  test('lasts as long as what is done, however it ends, and whatever is done inside', () => {
    const { isAtWork, quietly } = ownWork()
    const seen: boolean[] = []
    const answer = quietly(() => {
      quietly(() => seen.push(isAtWork()))
      seen.push(isAtWork())
      return 'answer'
    })
    const fail = () =>
      quietly(() => {
        throw new Error('broken')
      })

    expect([answer, seen]).toEqual(['answer', [true, true]])
    expect(fail).toThrow('broken')
    expect(isAtWork()).toBe(false)
  })

  test('lasts as long as a value is passed on', () => {
    const { isAtWork, inQuiet } = ownWork()
    const value$ = new Subject<number>()
    const during: boolean[] = []
    const { seen } = watch(
      value$.pipe(
        inQuiet(),
        tap(() => during.push(isAtWork())),
      ),
    )
    for (const value of [1, 2]) {
      value$.next(value)
      during.push(isAtWork())
    }

    expect(seen).toEqual([1, 2])
    expect(during).toEqual([true, false, true, false])
  })

  test('ends with an early end, an error, and a throw below', () => {
    const { isAtWork, inQuiet } = ownWork()
    const broken = tap(() => {
      throw new Error('broken')
    })
    watch(of(1, 2).pipe(inQuiet(), take(1)))
    watch(
      concat(
        of(1),
        throwError(() => 'no'),
      ).pipe(inQuiet()),
    )
    watch(of(1).pipe(inQuiet(), broken))

    expect(isAtWork()).toBe(false)
  })

  test('is not what is done aloud in the midst of it', () => {
    const { isAtWork, quietly, aloud } = ownWork()
    const seen: boolean[] = []
    const note = () => seen.push(isAtWork())
    quietly(() => {
      aloud(note)
      note()
    })
    aloud(note)

    expect(seen).toEqual([false, true, false])
  })

  test('is over when a view begins, even where a script broke off in the midst of it', () => {
    const { isAtWork, quietly, rest } = ownWork()
    quietly(() => {
      rest()
      expect(isAtWork()).toBe(false)
    })
    expect(isAtWork()).toBe(false)
    expect(quietly(isAtWork)).toBe(true)
  })
})
