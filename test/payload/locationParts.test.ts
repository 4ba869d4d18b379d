import { expect, test } from 'vitest'
import { locationParts } from '../../src/payload/locationParts'

test('copies the parts of a URL that a payload has', () => {
  expect(locationParts(new URL('https://shop.test:8443/cart?a=1#top'))).toEqual({
    ...{ href: 'https://shop.test:8443/cart?a=1#top', protocol: 'https:', origin: 'https://shop.test:8443' },
    ...{ host: 'shop.test:8443', hostname: 'shop.test', port: '8443', pathname: '/cart', search: '?a=1', hash: '#top' },
  })
})

test('has an empty text for what is not there', () => {
  expect(locationParts({ href: 'masked' })).toMatchObject({ href: 'masked', pathname: '', hash: '' })
})

test.for([
  ['blob:https://shop.test/0b1c?a=1#top', 'blob:https://shop.test/…', 'https://shop.test/…'],
  ['data:text/html,<script>a ? b : c</script>?x=1#top', 'data:text/html,…', 'text/html,…'],
])('tells the head of a document that is in its own URL: %s', ([url, href, pathname]) => {
  expect(locationParts(new URL(url as string))).toMatchObject({ href, pathname, search: '', hash: '', host: '' })
})
