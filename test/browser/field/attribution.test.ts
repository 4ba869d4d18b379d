import { expect, test } from '../harness/browserTest.ts'
import { hide } from '../harness/tabs.ts'
import { page } from '../readings/row.ts'
import { untilTold } from '../readings/told.ts'
import { packages, type Vitals, witness, witnessed } from '../readings/witness.ts'

declare const seen: PerformanceEntry[]
declare const vitals: Vitals

/** Only raw DevTools input reaches a page in the midst of a long task; the rest is in test/engines/field/attribution.test.ts. */
test('names the script that ran longest within the interaction, not one that was nearly over when it began', async ({
  site,
  tab,
}) => {
  const body = `<button id="order" style="position: fixed; top: 0; left: 0" onclick="handled()">Order</button><script>
    const task = () => busy(900)
    const handled = () => { busy(500); document.querySelector('button').append('!') }
    start = () => setTimeout(task, 50)
  </script>`
  const at = await site({ '/': page({ head: witness('web-vitals.attribution'), body }), ...packages })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => (globalThis as unknown as { start(): void }).start())
  await visitor.waitForTimeout(700)
  await visitor.mouse.click(10, 10)
  await visitor.waitForFunction(() => seen.some(({ name, duration }) => name === 'click' && duration > 400))
  // web-vitals looks at the entry in an idle moment
  await visitor.waitForFunction(() => vitals.INP?.attribution.longestScript)
  await hide(visitor)
  const { INP } = await witnessed(visitor)
  const theirs = INP?.attribution.longestScript as { entry: { invoker: string } }
  await untilTold(at, ({ metrics }) => {
    expect(metrics.attribution?.inp?.longestScript?.invoker).toBe('BUTTON#order.onclick')
    expect(metrics.attribution?.inp?.longestScript?.invoker).toBe(theirs.entry.invoker)
    expect(metrics.inp).toBe(INP?.value)
  })
})
