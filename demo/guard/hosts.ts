import { hostname, networkInterfaces } from 'node:os'

/** The name in a `Host` header, without its port; `undefined` where it is none. */
export function hostIn(header: string | undefined): string | undefined {
  if (!header || header.length > 300 || !URL.canParse(`http://${header}`)) return undefined
  return new URL(`http://${header}`).hostname
}

/** Whether a name always means this machine, whoever answers for names. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

/**
 * Whether a name is one of this machine, or was allowed. A page of another site can have a name of its own mean this machine
 * (DNS rebinding), but can't choose among these.
 */
export function knownHosts(allowed: string[]): (host: string) => boolean {
  const names = new Set([...allowed, hostname()].map((name) => name.toLowerCase()))
  return (host) => isLoopback(host) || names.has(host) || addresses().has(host)
}

/** They may change while the receiver runs: a laptop comes into another network. */
function addresses(): Set<string> {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return new Set(all.map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address)))
}
