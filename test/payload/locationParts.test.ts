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
