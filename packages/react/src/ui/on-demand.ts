import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react'
import { importAgain } from './import-again.ts'

/**
 * A component whose code is loaded when it is first shown. Other than with React's `lazy`, a load that fails costs no more
 * than the part itself, and a later try may succeed.
 *
 * @param load imports the module
 * @param pick the component in it
 * @param notLoaded stands for the part where its code could not be loaded; `retry` tries again, `error` says what failed
 * @param loading shown until the code is there. @default nothing
 */
export function onDemand<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType<Props>,
  notLoaded: (given: Props, retry: () => void, error: unknown) => ReactNode,
  loading: (given: Props) => ReactNode = () => null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  let failure: unknown
  const read = importAgain(load)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part at the top of a module, as `lazy` is
  return function OnDemand(given: Props) {
    const [state, setState] = useState<'loading' | 'loaded' | 'failed'>('loading')
    useEffect(() => {
      if (state !== 'loading' || loaded !== undefined) return
      let isGone = false
      read()
        .then((module) => {
          loaded = pick(module)
          return loaded === undefined ? ('failed' as const) : ('loaded' as const)
        })
        .catch((error: unknown) => {
          failure = error
          return 'failed' as const
        })
        .then((next) => isGone || setState(next))
      return () => {
        isGone = true
      }
    }, [state])
    if (loaded !== undefined) return createElement(loaded, given)
    return state === 'failed' ? notLoaded(given, () => setState('loading'), failure) : loading(given)
  }
}
