import { useEffect, useReducer, useRef } from 'react'
import type { ImportTarget, UploadedFile } from '../data/client/imports-calls.ts'
import { useData } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useStartMutation } from '../data/use-ops-mutation.ts'
import { firstState, type ImportEvent, type ImportState, nextState } from './import-state.ts'
import { withAllColumns } from './plan-edits.ts'
import { uploadFile } from './upload-file.ts'

export interface ImportWork {
  readonly state: ImportState
  send(event: ImportEvent): void
  /** Sends the file and asks what to do with it. */
  choose(file: File): void
  /** Asks anew, with some of the format set right. */
  reread(format: Readonly<Record<string, unknown>>): void
  check(): void
  start(): void
}

/** Brings a file into a table. @param tableId of one that is there. @default a table of the file's name is made */
export function useImport(tableId: string | undefined): ImportWork {
  const { client, uploads } = useData()
  const starting = useStartMutation(
    (input: Omit<Parameters<typeof client.imports.start.mutate>[0], 'key'>, key) =>
      client.imports.start.mutate({ ...input, key }),
    [queryKeys.tables],
  )
  const [state, send] = useReducer(nextState, firstState)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const target = (name: string): ImportTarget =>
    tableId === undefined ? { kind: 'new', name: tableName(name) } : { kind: 'existing', tableId }

  /** What the server proposes; in a table without rows, which nobody arranged yet, no column of the file is left out. */
  async function propose(
    file: UploadedFile,
    request: Parameters<typeof client.imports.propose.mutate>[0]['request'],
    signal: AbortSignal,
  ): Promise<ImportEvent> {
    const proposal = await client.imports.propose.mutate({ file, request }, { signal })
    if (tableId === undefined) return { type: 'proposed', proposal }
    const { count } = await client.rows.count.query({ tableId }, { signal })
    const plan = count === 0 ? withAllColumns(proposal.plan, proposal.columns) : proposal.plan
    return { type: 'proposed', proposal: { ...proposal, plan } }
  }

  /** One thing at a time: what is begun later ends what was begun before. */
  async function work(step: (signal: AbortSignal) => Promise<ImportEvent>): Promise<void> {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    try {
      const event = await step(controller.signal)
      if (!controller.signal.aborted) send(event)
    } catch (error) {
      if (!controller.signal.aborted) send({ type: 'failed', message: opsFault(error).message })
    }
  }

  return {
    state,
    send(event) {
      if (event.type === 'back') running.current?.abort()
      send(event)
    },
    choose(file) {
      if (uploads === null) return
      send({ type: 'chosen', name: file.name })
      void work(async (signal) => {
        const onProgress = (share: number) => send({ type: 'sent', share })
        const uploaded = await uploadFile(uploads, file, { signal, onProgress })
        send({ type: 'uploaded', file: uploaded })
        return await propose(uploaded, { target: target(file.name), name: file.name }, signal)
      })
    },
    reread(format) {
      if (state.step !== 'mapping') return
      const { file } = state
      send({ type: 'format-changed' })
      void work(async (signal) => {
        const request = { target: target(file.name ?? ''), format, ...(file.name !== null && { name: file.name }) }
        return await propose(file, request, signal)
      })
    },
    check() {
      if (state.step !== 'mapping') return
      const { file, plan, settings } = state
      send({ type: 'check-asked' })
      void work(async (signal) => {
        const request = { ...plan, ...settings }
        return { type: 'checked', check: await client.imports.check.mutate({ file, request }, { signal }) }
      })
    },
    start() {
      if (state.step !== 'checked') return
      const { file, plan, settings } = state
      send({ type: 'start-asked' })
      void work(async () => {
        const { id } = await starting.mutateAsync({ file, request: { ...plan, ...settings } })
        return { type: 'started', runId: id }
      })
    },
  }
}

/** A table's name from a file's: without its ending. */
function tableName(fileName: string): string {
  const plain = fileName
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
  return plain.slice(0, 100) || 'Imported table'
}
