/**
 * Follows a reading by the client's own debug stream, from now on: `recorded` when the client has read it, `sent` when
 * the beacon with it has gone, `dropped` when that failed. Returns the way to end this; a client that is not there, or
 * was stopped, tells nothing.
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
  const timer = setTimeout(end, patience)
  function end() {
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

/** The longest that a reading may wait for its beacon: a sample, and some tries. */
const patience = 60_000
