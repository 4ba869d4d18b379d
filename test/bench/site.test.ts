import { inflateSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { asset, pageFile } from '../../bench/site/assets.ts'
import { openSite } from '../../bench/site/openSite.ts'
import { picture } from '../../bench/site/picture.ts'
import { shopPage } from '../../bench/site/shopPage.ts'
import { alone, type Subject } from '../../bench/subjects/subject.ts'

const ours: Subject = { name: 'ours', kind: 'ours', version: '', script: 'start()' }

async function open(subject: Subject, settings = {}) {
  const site = await openSite(subject, settings)
  onTestFinished(() => site.close())
  return site
}

describe('the shop page', () => {
  const loaded = [...shopPage('').matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
  const asked = Array.from({ length: 12 }, (_, i) => `/api/stock/${i}`)

  test('loads 60 things', () => {
    expect(new Set([...loaded, ...asked]).size).toBe(60)
  })

  test.for([...loaded, ...asked])('finds %s', (path) => {
    expect(asset(path)?.body.length).toBeGreaterThan(0)
  })
})

test.for(['/shop', '/app'])('has the snippet of ours with its settings in %s', async (path) => {
  const { origin, receiver } = await open(ours, { samplingRate: 3000 })
  const text = await (await fetch(origin + path)).text()

  expect(text).toContain(`${receiver.origin}/rum`)
  expect(text).toContain('CRUM = {"samplingRate":3000}')
})

test('has no snippet in the page alone', async () => {
  const { origin, receiver } = await open(alone)

  expect(await (await fetch(`${origin}/app`)).text()).toBe(pageFile('app.html').replace('<!-- client -->', ''))
  expect(await (await fetch(`${origin}/shop`)).text()).not.toContain(receiver.origin)
})

test('serves the script and takes what it sends, from another origin', async () => {
  const { receiver } = await open(ours)
  const headers = { origin: 'http://shop.example' }
  const script = await fetch(`${receiver.origin}/rum`, { headers })
  const answer = await fetch(`${receiver.origin}/rum`, { headers, method: 'POST', body: '{"a":1}' })

  expect(await script.text()).toBe('start()')
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://shop.example')
  expect(answer.headers.get('accept-encoding')).toBe('gzip')
  expect(receiver.arrivals).toMatchObject([{ method: 'POST', path: '/rum', bytes: 7 }])
})

test('answers an unknown path with 404', async () => {
  const { origin } = await open(alone)

  expect((await fetch(`${origin}/nothing`)).status).toBe(404)
})

test('draws the same PNG each time, of as many pixels as asked for', () => {
  const png = picture(4, 2, 1)
  const [, content] = /IDAT(.*)/s.exec(png.toString('latin1')) ?? []

  expect(png.equals(picture(4, 2, 1))).toBe(true)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  // each row has one byte more than three for each pixel
  expect(inflateSync(Buffer.from(content ?? '', 'latin1')).length).toBe(2 * (1 + 4 * 3))
})
