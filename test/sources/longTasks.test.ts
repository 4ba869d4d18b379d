import { describe } from 'vitest'
import { longTasks } from '../../src/sources/longTasks'
import { readsEntries } from '../helpers/sources'

describe('longTasks', () => {
  const entry = { name: 'self', duration: 62.04 }
  readsEntries('longtask', longTasks, entry, { name: 'self', startTime: 100, duration: 62 })
})
