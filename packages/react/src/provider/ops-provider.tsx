import { useMemo } from 'react'
import { GridProvider, type GridProviderProps } from './grid-provider.tsx'
import { englishTexts } from './texts.ts'

export interface OpsProviderProps extends GridProviderProps {}

/** Gives everything below it its language, its formats and its registries. */
export function OpsProvider({ texts, ...rest }: OpsProviderProps) {
  const all = useMemo(() => ({ ...englishTexts, ...texts }), [texts])
  return <GridProvider {...rest} texts={all} />
}
