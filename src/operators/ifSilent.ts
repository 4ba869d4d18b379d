import { endWith, filter, type MonoTypeOperatorFunction } from 'rxjs'

/** Does something if the source completes without a value; changes nothing. */
export const ifSilent =
  <T extends object>(effect: () => void): MonoTypeOperatorFunction<T> =>
  (value$) =>
    value$.pipe(
      endWith(null),
      filter((value, at): value is T => {
        if (!value && !at) effect()
        return !!value
      }),
    )
