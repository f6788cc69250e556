import type { AnyColumnType } from '@opslayer/core/values'
import { useMemo, useState } from 'react'
import { DataProvider, type DataProviderProps } from '../data/data-provider.tsx'
import { DialogHost } from '../data/dialog-host.tsx'
import { PluginLabels } from '../data/plugin-labels.ts'
import type { CellEditor } from '../editors/cell-editor.ts'
import { type Person, peopleOf } from '../people/people.ts'
import { PeopleContext } from '../people/people-context.ts'
import { PersonEditor } from '../people/person-editor.tsx'
import { personKind } from '../people/person-kind.ts'
import { Layer } from '../ui/layer.tsx'
import { Notices } from '../ui/notices.tsx'
import { builtInDialogs } from './built-in-dialogs.tsx'
import { ColumnTypesContext, columnTypesWith } from './column-types.ts'
import { GridProvider, type GridProviderProps } from './grid-provider.tsx'
import { englishTexts } from './texts.ts'
import { type Labels, useWordSentence } from './use-word-sentence.ts'

export interface OpsProviderProps extends Omit<GridProviderProps, 'wordSentence'>, DataProviderProps {
  /**
   * The people of the org, such as its members: who did something is named by them, and cells of people are chosen from
   * them. Keep the same list between renders. @default nobody: ids and texts are shown as they are
   */
  readonly people?: readonly Person[]
  /**
   * The host's own column types, the same that `createOps` has on the server. Keep the same list between renders.
   * @default none: columns of types that are not known here are shown as text and cannot be edited
   */
  readonly columnTypes?: readonly AnyColumnType[]
}

const nobody: readonly Person[] = []
const noLabels: Labels = new Map()
const noTypes: readonly AnyColumnType[] = []
const personEditor: CellEditor = { kind: 'component', component: PersonEditor }

/** Gives everything below it the server, its language, its formats and its registries. */
export function OpsProvider(props: OpsProviderProps) {
  const { texts, children, locale, timeZone, cellKinds, cellEditors, menus, people = nobody, ...others } = props
  const { columnTypes: ownTypes = noTypes, ...data } = others
  const all = useMemo(() => ({ ...englishTexts, ...texts }), [texts])
  const [labels, setLabels] = useState(noLabels)
  const wordSentence = useWordSentence(texts, labels)
  const dialogs = useMemo(() => ({ ...builtInDialogs, ...data.registries?.dialogs }), [data.registries])
  const types = useMemo(() => columnTypesWith(ownTypes), [ownTypes])
  const directory = useMemo(() => peopleOf(people), [people])
  const kinds = useMemo(() => ({ person: personKind(directory), ...cellKinds }), [directory, cellKinds])
  const editors = useMemo(
    () => ({ ...(people.length > 0 && { person: personEditor }), ...cellEditors }),
    [people, cellEditors],
  )
  const grid = {
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { timeZone }),
    cellKinds: kinds,
    cellEditors: editors,
    ...(menus !== undefined && { menus }),
  }
  return (
    <GridProvider {...grid} texts={all} wordSentence={wordSentence}>
      <DataProvider {...data}>
        <PluginLabels texts={texts} onLabels={setLabels} />
        <ColumnTypesContext.Provider value={types}>
          <PeopleContext.Provider value={directory}>
            <Layer>
              <DialogHost dialogs={dialogs}>{children}</DialogHost>
              <Notices />
            </Layer>
          </PeopleContext.Provider>
        </ColumnTypesContext.Provider>
      </DataProvider>
    </GridProvider>
  )
}
