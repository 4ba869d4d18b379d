// It measures only: what it finds is gathered, and sent by one beacon when the page is hidden, as its README advises.
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution'
import { receiver } from './receiver.js'

const found = new Map()
const note = ({ id, name, value, delta, rating, navigationType, attribution }) => {
  const { target, largestShiftTarget, interactionTarget } = attribution
  found.set(id, {
    id,
    name,
    value,
    delta,
    rating,
    navigationType,
    target: target ?? largestShiftTarget ?? interactionTarget,
  })
}
for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(note)

addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' || found.size === 0) return
  navigator.sendBeacon(`${receiver}/web-vitals`, JSON.stringify([...found.values()]))
  found.clear()
})
