import { type Happening, type Kind, kinds } from './happenings.ts'

/** The lane of the time line that a payload field is in, if any. */
export function kindOf(field = ''): Kind | undefined {
  const lanes: Record<string, Kind> = {
    'view.longTasks': 'longTask',
    'view.longAnimationFrames': 'longFrame',
    'view.marks': 'mark',
    'view.actions': 'action',
    'view.events': 'event',
    'view.console': 'console',
    'view.errors': 'error',
    'view.href': 'route',
    'view.pathname': 'route',
  }
  const kind = lanes[field]
  return kind && kind in kinds ? kind : undefined
}

/** The section that tells of a payload field. */
export function sectionOf(field: string): string {
  if (field.startsWith('metrics.')) return 'vitals'
  if (field === 'view.resources' || field === 'view.resourceTypes') return 'resources'
  return kindOf(field) || field === 'view.fps' ? 'timeline' : 'view'
}

/** What a field of a beacon tells of: the last in the beacon itself, or in its second half; else the last of its kind. */
export function pointedHappening(all: Happening[], id: string, field: string | undefined): Happening | undefined {
  const kind = kindOf(field)
  const alike = all.filter((each) => each.kind === kind)
  return alike.findLast(({ beacon }) => beacon === id || beacon.startsWith(`${id}.`)) ?? alike.at(-1)
}
