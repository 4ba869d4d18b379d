import type { OutgoingHttpHeaders } from 'node:http'

/** An answer other than success: its status, the reason in words (the body), and the headers that belong to it. */
export class Refusal extends Error {
  readonly status: number
  readonly headers: OutgoingHttpHeaders

  constructor(status: number, reason: string, headers: OutgoingHttpHeaders = {}) {
    super(reason)
    this.status = status
    this.headers = headers
  }
}
