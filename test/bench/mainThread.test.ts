import { expect, test } from 'vitest'
import { mainThread } from '../../bench/trace/mainThread.ts'
import { commit } from './trace.ts'

test('is the thread on which the frame has loaded its last document', () => {
  const events = [
    commit('page', 1, { pid: 1, tid: 1 }),
    commit('page', 2, { pid: 5, tid: 6 }),
    commit('other', 3, { pid: 7, tid: 8 }),
  ]

  expect(mainThread(events, 'page')).toEqual({ pid: 5, tid: 6 })
})

test('says which frame it has not found', () => {
  expect(() => mainThread([commit('other', 1)], 'page')).toThrow('a CommitLoad of the frame page')
})
