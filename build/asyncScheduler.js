import { Subscription } from 'rxjs'

/**
 * RxJS's `asyncScheduler` in what the script uses of it: `now()`, and `schedule()` of work that may schedule itself again.
 * Like the original it keeps one interval going as long as the pace stays the same, so that a clock does not drift.
 */
export const asyncScheduler = {
  now: () => Date.now(),
  schedule(work, delay, state) {
    let handle
    let pace
    let again
    const action = new Subscription(() => clearInterval(handle))
    action.schedule = (state, delay = 0) => {
      again = true
      if (action.closed || (handle && delay === pace)) return action
      clearInterval(handle)
      pace = delay
      handle = setInterval(() => {
        again = false
        try {
          work.call(action, state)
        } finally {
          if (!again) handle = clearInterval(handle)
        }
      }, delay)
      return action
    }
    return action.schedule(state, delay)
  },
}

export const async = asyncScheduler
