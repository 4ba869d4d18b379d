import { describe, expect, test } from 'vitest'
import { barred } from '../../../src/sinks/delivery/barred'
import { fakePage } from '../../helpers/page'
import { givesBack } from '../../helpers/sources'
import { watch } from '../../helpers/watch'

const endpoint = 'https://rum.test/rum'

describe('barred', () => {
  givesBack((page) => barred(page, endpoint))

  test('emits once, when a policy that is enforced keeps a request from the endpoint', () => {
    const page = fakePage()
    const { seen, end } = watch(barred(page, endpoint))
    page.fire('securitypolicyviolation', { blockedURI: 'https://other.test/', disposition: 'enforce' })
    page.fire('securitypolicyviolation', { blockedURI: endpoint, disposition: 'report' })
    expect(seen).toEqual([])

    page.fire('securitypolicyviolation', { blockedURI: endpoint, disposition: 'enforce' })
    expect(seen).toEqual([`connect-src bars ${endpoint}`])
    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
  })
})
