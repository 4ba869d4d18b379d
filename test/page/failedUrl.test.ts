import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import { failedUrl } from '../../src/page/failedUrl'
import { FakeElement } from '../helpers/page'

const { document } = new Window({ url: 'https://shop.test/goods/' })
const parsed = (html: string): Element => {
  document.body.innerHTML = html
  return document.body.firstElementChild as unknown as Element
}
const taking = (currentSrc: string) =>
  Object.assign(new FakeElement('img', { src: 'a.png' }), { src: 'a.png', currentSrc }) as unknown as Element

describe('failedUrl', () => {
  test.for([
    ['<script src="a.js"></script>', 'https://shop.test/goods/a.js'],
    ['<link rel="stylesheet" href="/a.css">', 'https://shop.test/a.css'],
    ['<link rel="preload" as="image" href="/a.png" imagesrcset="/b.png 2x">', ''],
    ['<style>@import "/a.css"</style>', ''],
    ['<img src="">', ''],
    ['<script src=""></script>', ''],
    ['<video src="/a.mp4"></video>', 'https://shop.test/a.mp4'],
  ] as const)('is what was asked for by %s', ([html, url]) => {
    expect(failedUrl(parsed(html))).toBe(url)
  })

  test('is the URL that an image has chosen, not the one that it would have taken otherwise', () => {
    expect(failedUrl(taking('https://shop.test/b.png'))).toBe('https://shop.test/b.png')
  })

  test('is none for an empty image, which WebKit takes for the page itself', () => {
    const here = 'https://shop.test/goods/'
    const image = Object.assign(new FakeElement('img', { src: '' }), { src: here, currentSrc: here })

    expect(failedUrl(image as unknown as Element)).toBe('')
  })

  test('is the URL that an image has chosen where it has no other', () => {
    const url = 'https://shop.test/b.png'
    const image = Object.assign(new FakeElement('img', { srcset: 'b.png 2x' }), { src: '', currentSrc: url })

    expect(failedUrl(image as unknown as Element)).toBe(url)
  })

  test('is none for a player that was released, which tells on what it has played', () => {
    const player = { src: 'https://shop.test/goods/', currentSrc: 'https://shop.test/a.mp4', networkState: 3 }

    expect(failedUrl(Object.assign(new FakeElement('video', { src: '' }), player) as unknown as Element)).toBe('')
  })

  test('is what an object was to show', () => {
    const data = 'https://shop.test/a.svg'

    expect(failedUrl(Object.assign(new FakeElement('object', { data }), { data }) as unknown as Element)).toBe(data)
  })

  test.for<[string, object]>([
    ['https://shop.test/a.css', { sheet: { href: 'https://shop.test/a.css' } }],
    ['', { sheet: null }],
    ['', {}],
  ])('is %j of what is no element', ([url, node]) => {
    expect(failedUrl(node as Element)).toBe(url)
  })

  test.for([
    ['a.png', 'https://shop.test/goods/a.png'],
    ['https://[', 'https://['],
  ])('is the %s of an SVG element, from where its document stands', ([baseVal, url]) => {
    const image = { href: { baseVal }, baseURI: 'https://shop.test/goods/' } as unknown as Element

    expect(failedUrl(image)).toBe(url)
  })
})
