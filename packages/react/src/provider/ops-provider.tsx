import { useMemo } from 'react'
import { DataProvider, type DataProviderProps } from '../data/data-provider.tsx'
import { DialogHost } from '../data/dialog-host.tsx'
import { Layer } from '../ui/layer.tsx'
import { Notices } from '../ui/notices.tsx'
import { builtInDialogs } from './built-in-dialogs.ts'
import { GridProvider, type GridProviderProps } from './grid-provider.tsx'
import { englishTexts } from './texts.ts'

export interface OpsProviderProps extends GridProviderProps, DataProviderProps {}

/** Gives everything below it the server, its language, its formats and its registries. */
export function OpsProvider(props: OpsProviderProps) {
  const { texts, children, locale, timeZone, cellKinds, cellEditors, menus, ...data } = props
  const all = useMemo(() => ({ ...englishTexts, ...texts }), [texts])
  const dialogs = useMemo(() => ({ ...builtInDialogs, ...data.registries?.dialogs }), [data.registries])
  const grid = {
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { timeZone }),
    ...(cellKinds !== undefined && { cellKinds }),
    ...(cellEditors !== undefined && { cellEditors }),
    ...(menus !== undefined && { menus }),
  }
  return (
    <GridProvider {...grid} texts={all}>
      <DataProvider {...data}>
        <Layer>
          <DialogHost dialogs={dialogs}>{children}</DialogHost>
          <Notices />
        </Layer>
      </DataProvider>
    </GridProvider>
  )
}
