import { expect, test } from './engineTest.ts'
import { eventsOf } from './payloads.ts'
import { page } from './shop.ts'
import { hasEnded, posts, stir, traces, watched } from './traces.ts'

const session = (id: string) => `<script>
  localStorage.CRUM ??= JSON.stringify({ id: '${id}-0000-4000-8000-000000000000', startTime: Date.now(), lastLoop: Date.now(), duration: 0 })
</script>`

for (const [share, id, isSampled] of [
  [0, '00000000', false],
  [1, 'ffffffff', true],
  [0.5, '00000000', true],
  [0.5, '7fffffff', true],
  [0.5, '80000000', false],
  [0.5, 'ffffffff', false],
] as const) {
  test(`${isSampled ? 'collects' : 'leaves alone'} session ${id} at a sampleRate of ${share}, in all views and tabs`, async ({
    site,
    tab,
  }) => {
    const html = page({ head: session(id) + watched, settings: { sampleRate: share } })
    const at = await site({ '/': html, '/next': html })
    const first = await tab(at.url('/'))
    expect((await traces(first)).isPatched).toBe(isSampled)
    await first.go(at.url('/next'))
    const second = await tab(at.url('/next'))
    for (const visitor of [first, second]) expect((await traces(visitor)).isPatched).toBe(isSampled)
    await stir(second)
    const ids = () => [...new Set(posts(at.beacons).map(({ payload }) => payload.session.id.slice(0, 8)))]
    await at.until((beacons) => hasEnded(beacons) && (!isSampled || eventsOf(beacons).includes('stirred')))
    expect(ids()).toEqual(isSampled ? [id] : [])
  })
}
