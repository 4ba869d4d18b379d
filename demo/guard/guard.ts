import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import { hostIn, isLoopback, knownHosts } from './hosts.ts'
import { cookieIn, tokenCheck } from './token.ts'

export interface GuardOptions {
  /** What opens the stored data to another machine. */
  token: string
  /** Further names of this machine: those that a proxy passes on. */
  hosts?: string[]
}

const cookie = 'crum-token'

/**
 * Guards what shows stored data: under a foreign name nobody gets it; on this machine everybody; elsewhere who has the
 * token, which the first visit brings as `?token=` and a cookie from then on.
 */
export function guard({ token, hosts = [] }: GuardOptions) {
  const [isKnown, isRight] = [knownHosts(hosts), tokenCheck(token)]

  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const host = hostIn(request.headers.host)
    if (!host || !isKnown(host)) {
      throw new Refusal(
        421,
        `This receiver is not known as ${host ?? 'that'}: name it at the start with --allowed-host`,
      )
    }
    if (isHere(request, host)) return undefined
    const { token: given } = request.query as Record<string, unknown>
    if (typeof given === 'string' && isRight(given)) {
      reply.header('set-cookie', `${cookie}=${given}; Path=/; HttpOnly; SameSite=Strict`)
      const url = new URL(request.url, 'http://receiver')
      url.searchParams.delete('token')
      return reply.redirect(url.pathname + url.search, 303)
    }
    const [, bearer] = (request.headers.authorization ?? '').split('Bearer ')
    if (isRight(cookieIn(request.headers.cookie, cookie)) || isRight(bearer)) return undefined
    throw new Refusal(401, 'What is stored is shown to who has the token that was printed at the start: ?token=…', {
      'www-authenticate': 'Bearer',
    })
  }
}

/** Asked on this machine, by a name that means it, and not through a proxy that asks for somebody else. */
function isHere({ ip, headers }: FastifyRequest, host: string): boolean {
  const isLocal = ip === '::1' || ip.replace('::ffff:', '').startsWith('127.')
  const isPassedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some(
    (name) => name in headers,
  )
  return isLocal && isLoopback(host) && !isPassedOn
}
