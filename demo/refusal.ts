/** An answer other than success: its status, the reason in words (the body), and the headers that belong to it. */
export class Refusal extends Error {
  readonly statusCode: number
  readonly headers: Record<string, string>

  constructor(statusCode: number, reason: string, headers: Record<string, string> = {}) {
    super(reason)
    this.statusCode = statusCode
    this.headers = headers
  }
}
