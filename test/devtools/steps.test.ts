import { map, Observable, of, take, tap } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import type { Step } from '../../src/devtools/step'
import { type Steps, steps as stepsOf } from '../../src/devtools/steps'
import { stepWith } from '../helpers/steps'
import { watch } from '../helpers/watch'

const past = of(stepWith('send'), stepWith('sent'), stepWith('skip'))
const types = (steps: Steps) => watch(steps.pipe(map(({ type }) => type))).seen

const throwError = (error: unknown) => new Observable<Step>((step$) => step$.error(error))

describe('steps', () => {
  test('is an observable like any other', () => {
    expect(types(stepsOf(past, fail))).toEqual(['send', 'sent', 'skip'])
    expect(watch(stepsOf(past, fail)).end.completed).toBe(true)
    expect(() => stepsOf(past, fail).subscribe()).not.toThrow()
  })

  test('narrows to some types, and further', () => {
    const steps = stepsOf(past, fail).filter('send', 'skip')

    expect(types(steps)).toEqual(['send', 'skip'])
    expect(types(steps.filter('skip', 'sent'))).toEqual(['skip'])
  })

  test('tells of what a listener throws, and goes on with it and all others', () => {
    const complain = vi.fn()
    const seen: string[] = []
    const steps = stepsOf(past, complain)
    steps.subscribe(({ type }) => {
      seen.push(type)
      throw new Error(type)
    })
    steps.filter('skip').subscribe({
      next: () => {
        throw new Error('narrowed')
      },
    })

    expect(seen).toEqual(['send', 'sent', 'skip'])
    expect(complain.mock.calls.map(([error]) => error.message)).toEqual(['send', 'sent', 'skip', 'narrowed'])
  })

  test('goes no further than an operator asks', () => {
    const told: string[] = []
    const telling = past.pipe(tap(({ type }) => told.push(type)))
    watch(stepsOf(telling, fail).pipe(take(1)))

    expect(told).toEqual(['send'])
  })

  test('takes an observer that is an instance of a class, with all its methods', () => {
    class Listener {
      readonly heard: string[] = []
      next({ type }: Step) {
        this.heard.push(type)
      }
      complete() {
        this.heard.push('the end')
      }
    }
    const listener = new Listener()
    stepsOf(past, fail).subscribe(listener)

    expect(listener.heard).toEqual(['send', 'sent', 'skip', 'the end'])
  })

  test('tells of what throws at the end, and of an error that nobody takes', () => {
    const complain = vi.fn()
    const broken = new Error('broken')
    const tired = () => {
      throw new Error('at the end')
    }
    stepsOf(past, complain).subscribe({ complete: tired })
    stepsOf(throwError(broken), complain).subscribe({ error: tired })
    stepsOf(throwError(broken), complain).subscribe(() => {})

    expect(complain.mock.calls.map(([error]) => error.message)).toEqual(['at the end', 'at the end', 'broken'])
  })
})

const fail = (error: unknown) => {
  throw error
}
