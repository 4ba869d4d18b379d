import { endWith, filter, type MonoTypeOperatorFunction } from 'rxjs'

/** Does something if the source completes without a value; changes nothing. */
export const ifSilent = <T extends object>(effect: () => void): MonoTypeOperatorFunction<T> => {
  let isSilent = true
  return (value$) =>
    value$.pipe(
      endWith(null),
      filter((value): value is T => {
        if (!value && isSilent) effect()
        isSilent = false
        return !!value
      }),
    )
}
