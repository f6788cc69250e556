import { useState } from 'react'
import type { OpsFeed } from '../data/client/sources-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeedMutations } from '../data/use-feeds.ts'
import { missingInPart, type PartDraft } from '../fills/part-draft.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { filledValues, isRecord, startValues } from '../forms/form-values.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Form } from '../ui/form.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useIsChanged, useUnsaved } from '../ui/unsaved.ts'
import { type Source, SourceFields } from './source-fields.tsx'
import { useFeedSync } from './use-feed-sync.ts'

export interface FeedSettingsProps extends Source {
  readonly feed: OpsFeed
  onDone(): void
}

/** Changes how a feed reads its source: another connection where its own is gone, other settings. It is then synced anew. Stands in a `FormInPlace`. */
export function FeedSettings({ feed, plugin, part, onDone }: FeedSettingsProps) {
  const { translate } = useOpsContext()
  const { update } = useFeedMutations()
  const sync = useFeedSync()
  const [before] = useState((): PartDraft => {
    const given = isRecord(feed.settings) ? feed.settings : {}
    return { connectionId: feed.connectionId, settings: startValues(part.settings, given), inputs: {} }
  })
  const [draft, setDraft] = useState(before)
  const [name, setName] = useState(feed.name)
  const [gone, setGone] = useState(feed.gone)
  useUnsaved(useIsChanged({ settings: draft.settings, name, gone }))
  const faults = fieldFaults(update.error === null ? null : opsFault(update.error), ['changes'])
  const isWhole = missingInPart(draft, part, plugin).length === 0
  const settings = filledValues(part.settings, draft.settings)
  const isOther =
    draft.connectionId !== before.connectionId ||
    JSON.stringify(settings) !== JSON.stringify(filledValues(part.settings, before.settings))
  const syncs = isOther || feed.fault !== null

  function save(): void {
    const changes = {
      name: name.trim() || feed.name,
      gone,
      ...(syncs && { connectionId: draft.connectionId, settings }),
    }
    update.mutate(
      { feedId: feed.id, changes },
      {
        onSuccess(saved) {
          if (syncs && saved.fault === null) sync.begin(saved)
          onDone()
        },
      },
    )
  }

  return (
    <Form
      className="ops-column-form ops-work-form"
      aria-label={translate('feeds.settings', { name: feed.name })}
      onSubmit={() => isWhole && save()}
    >
      <SourceFields
        plugin={plugin}
        part={part}
        draft={draft}
        onChange={setDraft}
        gone={gone}
        onGone={setGone}
        choice={isWhole ? { plugin: plugin.id, part: part.id, connectionId: draft.connectionId, settings } : null}
        faults={faults}
        ownPaths={['name']}
      >
        <TextField
          label={translate('feeds.name')}
          value={name}
          onChange={setName}
          maxLength={100}
          error={faults.at('name')}
        />
      </SourceFields>
      {isOther ? <p className="ops-soft">{translate('feeds.reads-all')}</p> : null}
      <div className="ops-run-buttons">
        <Button look="main" type="submit" isBusy={update.isPending} disabled={!isWhole}>
          {translate(syncs ? 'feeds.save-sync' : 'column.save')}
        </Button>
        <CancelButton />
      </div>
    </Form>
  )
}
