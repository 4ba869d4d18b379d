/**
 * Follows a reading by the client's own debug stream, from now on: `recorded` when the client has read it, `sent` when
 * the beacon with it has gone, `dropped` when that failed. `nothing` where there is none after a while: not every click
 * changes what it could, and a client that is not there, or was stopped, reads nothing. `waiting` where it is still not
 * sent at the end, which is the last word. Returns the way to end this before.
 */
export function follow(field, tell) {
  const start = performance.now()
  let isRecorded = false
  let beacon
  const subscription = window.CRUM?.debug$?.subscribe?.((step) => {
    // a late subscriber gets what was before, too
    if (step.timeStamp < start - 1) return
    if (!isRecorded) {
      if (step.type !== 'reading' || !isOf(step, field)) return
      isRecorded = true
      tell('recorded')
    } else if (!beacon && step.type === 'send' && lookUp(step.payload, field)) beacon = step.payload.beacon
    else if (beacon && step.id === beacon.id && (step.type === 'sent' || step.type === 'drop')) {
      tell(step.type === 'sent' ? 'sent' : 'dropped', beacon)
      end()
    }
  })
  const doubt = setTimeout(() => isRecorded || tell('nothing'), soon)
  const timer = setTimeout(() => {
    if (isRecorded) tell('waiting')
    end()
  }, patience)
  function end() {
    clearTimeout(doubt)
    clearTimeout(timer)
    // the stream's history comes while there is no subscription to end yet
    queueMicrotask(() => subscription?.unsubscribe())
  }
  return end
}

/** Where the inspector shows it. */
export function inspectorLink(beacon, field) {
  return `/inspector#${new URLSearchParams({ beacon: beacon.id, field })}`
}

/** A reading of `view.errors[]` is of `view.errors`; one of `metrics` with an `inp` is of `metrics.inp`. */
function isOf({ field, value }, wanted) {
  const path = field.replace('[]', '')
  if (path === wanted) return true
  return wanted.startsWith(`${path}.`) && wanted.slice(path.length + 1) in Object(value)
}

const lookUp = (payload, path) => path.split('.').reduce((value, key) => value?.[key], payload) !== undefined

/** What a click provokes is read within this time, ms. */
const soon = 10_000

/** The longest that a reading may wait for its beacon: a sample, and some tries. */
const patience = 60_000
