import { Download } from 'lucide'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Uploads } from '../data/data-context.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { fetchFile } from './fetch-file.ts'

export interface DownloadButtonProps {
  readonly uploads: Uploads
  /** Below `uploads.url`. */
  readonly path: string
  /** @default 'plain' */
  readonly look?: 'plain' | 'main'
  /** Called once the browser has the file, or sees to it. */
  onDone?(): void
  readonly children: ReactNode
}

/**
 * Gets a file from the server: a link, which the browser follows at its own pace whatever the size, or, where the host's
 * requests carry headers, a fetch, since a link cannot.
 */
export function DownloadButton({ uploads, path, look = 'plain', onDone, children }: DownloadButtonProps) {
  const href = `${uploads.url}${path}`
  if (uploads.headers !== undefined) {
    return (
      <FetchButton href={href} headers={uploads.headers} look={look} onDone={onDone}>
        {children}
      </FetchButton>
    )
  }
  return (
    <a className={`ops-button ops-button-${look}`} href={href} download onClick={onDone}>
      <Icon icon={Download} size={15} />
      {children}
    </a>
  )
}

interface FetchButtonProps extends Pick<Required<DownloadButtonProps>, 'look' | 'children'> {
  readonly href: string
  readonly headers: NonNullable<Uploads['headers']>
  readonly onDone: (() => void) | undefined
}

function FetchButton({ href, headers, look, onDone, children }: FetchButtonProps) {
  const notices = useNotices()
  const [isBusy, setBusy] = useState(false)
  const left = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    left.current = controller
    return () => controller.abort()
  }, [])
  const get = async () => {
    const { signal } = left.current
    setBusy(true)
    try {
      const { name, content } = await fetchFile(href, headers(), { signal })
      save(name, content)
      onDone?.()
    } catch (error) {
      if (!signal.aborted) notices.show({ kind: 'error', text: error instanceof Error ? error.message : String(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button look={look} icon={Download} isBusy={isBusy} onClick={() => void get()}>
      {children}
    </Button>
  )
}

/** Browsers save what is behind a link, and so does a link to what is here. */
function save(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Taken away in the same turn, some browsers find nothing to save.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
