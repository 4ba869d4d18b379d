import { app } from './measurements/app.ts'
import { events } from './measurements/events.ts'
import { heap } from './measurements/heap.ts'
import { idle } from './measurements/idle.ts'
import { lighthouse } from './measurements/lighthouse.ts'
import { startup } from './measurements/startup.ts'
import { wire } from './measurements/wire.ts'
import type { CommandName } from './options.ts'
import type { Measurement } from './run/measurement.ts'

/** What each command of the command line measures. */
export const commands: Record<CommandName, Measurement> = { startup, app, heap, events, idle, wire, lighthouse }
