import { expect, test } from 'vitest'
import { scriptUrl } from '../../src/page/scriptUrl'
import { fakePage } from '../helpers/page'

const urlIn = (byId: object | null, currentScript: object | null) =>
  scriptUrl(
    fakePage({ document: { querySelector: (of: string) => (of === 'script#CRUM[src]' ? byId : null), currentScript } }),
  )

test.for([
  ['of the element with the id CRUM', { src: 'https://a/rum?v=1#x' }, { src: 'https://b/rum' }, 'https://a/rum'],
  ['of the script that runs, where no element has that id', null, { src: 'https://b/rum' }, 'https://b/rum'],
  ['of none, where neither is there', null, null, undefined],
  ['of none, where the script that runs is one of SVG', null, {}, undefined],
] as const)('is the address %s', ([, byId, current, expected]) => {
  expect(urlIn(byId, current)).toBe(expected)
})
