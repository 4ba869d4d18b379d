import { asyncScheduler } from 'rxjs'
import type { Identity } from '../../src/payload/identity'
import type { Attributes, Payload, Reason, Session, View } from '../../src/payload/payload'
import type { Accepted } from '../../src/payload/quota'
import type { Reading, Readings } from '../../src/payload/reading'
import type { Sample, UnsealedPayload } from '../../src/payload/sample'
import type { Envelope } from '../../src/sinks/delivery/envelope'

/** One reading, of any field. */
export const reading = <Field extends keyof Readings>(field: Field, value: Readings[Field], cut?: Reason): Reading =>
  ({ field, value, ...(cut && { cut }) }) as Reading

/** The identity of a view with this name. */
export const identity = (id = 'home', attributes: Partial<Attributes> = { labels: [] }): Identity =>
  ({ view: { id }, attributes }) as Identity

/** A reading for which there is room, of so many characters. */
export const accepted = (from: Reading, size = 0): Accepted => ({ ...from, size })

export const session: Session = { id: 's1', startTime: 1_000, lastLoop: 2_000, duration: 0 }

/** A sample on its way to becoming a payload, of a view with this identity. */
export const sample = (reason: Reason, readings: Reading[], who = identity()): Sample & { session: Session } => ({
  ...{ reason, readings, session },
  identity: who,
})

type Parts = Partial<Omit<UnsealedPayload, 'view' | 'attributes'>> & {
  view?: Partial<View>
  attributes?: Partial<Attributes>
}

/** A payload before it is numbered; what is not given is as always. */
export const unsealed = ({ view, attributes, ...parts }: Parts = {}): UnsealedPayload => ({
  session,
  view: { id: 'home', ...view } as View,
  attributes: { labels: [], ...attributes } as Attributes,
  beacon: { reason: 'sample' },
  ...parts,
})

/** A payload as sinks get it. */
export const payload = (seq = 0, reason: Reason = 'sample', parts: Parts = {}): Payload => ({
  ...unsealed(parts),
  beacon: { id: `key-${seq}`, seq, reason, version: '1.0.0' },
})

/** An envelope of one byte, put together now, under this id; its number follows from the id where that ends in one. */
export const enveloped = (id = 'key-0', parts: Partial<Envelope> = {}): Envelope => ({
  ...{ id, seq: Number(/\d+$/.exec(id)?.[0] ?? 0), reason: 'sample', body: '1', bytes: 1 },
  ...{ time: asyncScheduler.now(), endpoint: 'https://rum.test/rum' },
  ...parts,
})
