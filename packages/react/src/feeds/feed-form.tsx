import { useState } from 'react'
import { opsFault } from '../data/ops-fault.ts'
import { useFeedMutations } from '../data/use-feeds.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useTables } from '../data/use-tables.ts'
import { missingInPart, startPart } from '../fills/part-draft.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { filledValues } from '../forms/form-values.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { focusFirstField } from '../ui/focus-first-field.ts'
import { Form } from '../ui/form.tsx'
import { FormUnready } from '../ui/form-unready.tsx'
import { Unread } from '../ui/not-read.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useIsChanged, useUnsaved } from '../ui/unsaved.ts'
import { type GoneRows, type Source, SourceFields } from './source-fields.tsx'
import { useFeedSync } from './use-feed-sync.ts'

/** Makes a feed: which source, by which connection, into which table. Stands in a `FormInPlace`. */
export function FeedForm({ onDone }: { onDone(): void }) {
  const { translate } = useOpsContext()
  const plugins = usePlugins()
  const sources = (plugins.data ?? []).flatMap((plugin): readonly Source[] =>
    plugin.sources.map((part) => ({ plugin, part })),
  )
  const idOf = ({ plugin, part }: Source) => `${plugin.id}.${part.id}`
  const [chosen, setChosen] = useState<string | null>(null)
  const source = sources.find((each) => idOf(each) === chosen)
  if (plugins.data === undefined) {
    const { error, refetch } = plugins
    return (
      <FormUnready>
        <Unread title={translate('feeds.new')} lines={3} error={error} onRetry={() => void refetch()} />
      </FormUnready>
    )
  }
  if (sources.length === 0) {
    return (
      <FormUnready>
        <p className="ops-soft">{translate('feeds.none-sources')}</p>
      </FormUnready>
    )
  }
  return (
    <div
      // Sources may come after the form.
      ref={focusFirstField}
      className="ops-column-form ops-work-form"
    >
      <Combobox
        label={translate('feeds.source')}
        placeholder={translate('form.choose')}
        value={chosen}
        onChange={setChosen}
        choices={sources.map((each) => ({
          value: idOf(each),
          label: each.part.name,
          detail: each.plugin.name,
        }))}
      />
      {source === undefined ? (
        <div className="ops-run-buttons">
          <CancelButton />
        </div>
      ) : (
        <SourceForm key={chosen} {...source} onDone={onDone} />
      )}
    </div>
  )
}

function SourceForm({ plugin, part, onDone }: Source & { onDone(): void }) {
  const { translate } = useOpsContext()
  const tables = useTables().data ?? []
  const { create } = useFeedMutations()
  const sync = useFeedSync()
  const [draft, setDraft] = useState(() => startPart(part, []))
  const [target, setTarget] = useState('new')
  const [tableName, setTableName] = useState(part.name)
  const [gone, setGone] = useState<GoneRows>('keep')
  useUnsaved(useIsChanged({ settings: draft.settings, target, tableName, gone }))
  const faults = fieldFaults(create.error === null ? null : opsFault(create.error), ['feed'])
  const isWhole = missingInPart(draft, part, plugin).length === 0
  const choice = {
    plugin: plugin.id,
    part: part.id,
    ...(draft.connectionId !== null && { connectionId: draft.connectionId }),
    settings: filledValues(part.settings, draft.settings),
  }

  function save(): void {
    const feed = { ...choice, gone, ...(target === 'new' && { tableName: tableName.trim() || part.name }) }
    create.mutate(
      { tableId: target === 'new' ? null : target, feed },
      {
        onSuccess(made) {
          sync.begin(made)
          onDone()
        },
      },
    )
  }

  return (
    <Form className="ops-column-form" aria-label={translate('feeds.new')} onSubmit={() => isWhole && save()}>
      <SourceFields
        plugin={plugin}
        part={part}
        draft={draft}
        onChange={setDraft}
        gone={gone}
        onGone={setGone}
        choice={isWhole ? choice : null}
        faults={faults}
        ownPaths={['tableName']}
      >
        <Combobox
          label={translate('feeds.into')}
          value={target}
          onChange={(next) => setTarget(next ?? 'new')}
          choices={[
            { value: 'new', label: translate('feeds.new-table') },
            ...tables.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {target === 'new' ? (
          <TextField
            label={translate('feeds.table-name')}
            value={tableName}
            onChange={setTableName}
            maxLength={100}
            error={faults.at('tableName')}
          />
        ) : null}
      </SourceFields>
      <div className="ops-run-buttons">
        <Button look="main" type="submit" isBusy={create.isPending} disabled={!isWhole}>
          {translate('feeds.save')}
        </Button>
        <CancelButton />
      </div>
    </Form>
  )
}
