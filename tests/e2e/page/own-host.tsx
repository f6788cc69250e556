import { builtInRegistry, describeFunctions } from '@opslayer/core/formula'
import { sentences } from '@opslayer/core/sentences'
import {
  type CellContent,
  type CellEditorProps,
  type DialogControl,
  englishTexts,
  type OpsProviderProps,
} from '@opslayer/react'
import { Dialog } from '@opslayer/react/ui'
import { quarterType } from '../../../examples/custom-column-type/quarter-type.ts'

declare global {
  interface Window {
    /** What was asked of the host by parts of its own. */
    asked: string[]
  }
}

/** Every text in another language, which is English between marks: those of the front end, the server's and those of functions. */
const marked = (key: string, text: string) => [key, `‹${text}›`] as const
const texts = Object.fromEntries([
  ...Object.entries(englishTexts).map(([key, text]) => marked(key, text)),
  ...Object.entries(sentences).map(([key, text]) => marked(`said.${key}`, text.replaceAll(/\{[#~]/g, '{'))),
  ...describeFunctions(builtInRegistry).map(({ name, summary }) => marked(`function.${name}`, summary)),
])

const people = [
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.com', avatarUrl: './ada.svg' },
  { id: 'bob', name: 'Bob Metcalfe', email: 'bob@example.com' },
]

/** Scores are chosen with a slider. */
function ScoreEditor({ column, value, commit }: CellEditorProps) {
  return (
    <input
      type="range"
      aria-label={column.name}
      ref={(input) => input?.focus({ preventScroll: true })}
      defaultValue={Number(value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') commit(Number(event.currentTarget.value), 'stay')
      }}
    />
  )
}

function Contract({ open, onOpenChange, tableId }: DialogControl & { readonly tableId: string }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Contract">
      <p>{tableId}</p>
    </Dialog>
  )
}

/** A host that brings parts of its own wherever it can. */
export const ownHost: Partial<OpsProviderProps> = {
  texts,
  people,
  columnTypes: [quarterType],
  cellKinds: {
    email: {
      id: 'mail',
      create() {
        const node = document.createTextNode('')
        return { node, write: ({ text }: CellContent) => node.replaceData(0, node.length, text && `mail: ${text}`) }
      },
    },
  },
  cellEditors: { number: { kind: 'component', component: ScoreEditor } },
  menus: {
    cell: (sections, { column }) => [
      ...sections,
      [{ id: 'ask', label: 'Ask Acme', run: () => window.asked.push(column.name) }],
    ],
  },
  registries: {
    palette: [{ id: 'contract', group: 'Acme', label: 'Contract', dialog: 'contract' }],
    dialogs: { contract: Contract },
    commands: [{ id: 'greet', label: 'Greet everybody', run: () => window.asked.push('greet') }],
  },
}
