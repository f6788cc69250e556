import type {
  ImportCheck,
  ImportPlan,
  ImportProposal,
  ImportSettings,
  UploadedFile,
} from '../data/client/imports-calls.ts'

/** A file that is there and understood, and what is to become of it. */
interface Planned {
  readonly file: UploadedFile
  readonly proposal: ImportProposal
  readonly plan: ImportPlan
  readonly settings: ImportSettings
}

/** Where an import stands. `fault` says why it went no further. */
export type ImportState =
  | { readonly step: 'choose'; readonly fault: string | null }
  | { readonly step: 'uploading'; readonly name: string; readonly share: number }
  | { readonly step: 'reading'; readonly file: UploadedFile }
  | ({ readonly step: 'mapping'; readonly fault: string | null } & Planned)
  /** The file is read anew, by another format. */
  | ({ readonly step: 'rereading' } & Planned)
  | ({ readonly step: 'checking' } & Planned)
  | ({ readonly step: 'checked'; readonly check: ImportCheck; readonly fault: string | null } & Planned)
  | ({ readonly step: 'starting'; readonly check: ImportCheck } & Planned)
  | { readonly step: 'running'; readonly runId: string }

export type ImportEvent =
  | { readonly type: 'chosen'; readonly name: string }
  | { readonly type: 'sent'; readonly share: number }
  | { readonly type: 'uploaded'; readonly file: UploadedFile }
  | { readonly type: 'proposed'; readonly proposal: ImportProposal }
  | { readonly type: 'format-changed' }
  | { readonly type: 'plan-changed'; readonly plan: ImportPlan }
  | { readonly type: 'settings-changed'; readonly settings: ImportSettings }
  | { readonly type: 'check-asked' }
  | { readonly type: 'checked'; readonly check: ImportCheck }
  | { readonly type: 'start-asked' }
  | { readonly type: 'started'; readonly runId: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'back' }

export const firstState: ImportState = { step: 'choose', fault: null }

export const defaultSettings: ImportSettings = {
  mode: 'create',
  match: [],
  duplicates: 'merge',
  onInvalid: 'keep',
}

type Handlers = {
  readonly [Step in ImportState['step']]: {
    readonly [Type in ImportEvent['type']]?: (
      state: Extract<ImportState, { readonly step: Step }>,
      event: Extract<ImportEvent, { readonly type: Type }>,
    ) => ImportState
  }
}

const toChoose = (_state: ImportState, { message }: { readonly message: string }): ImportState => ({
  step: 'choose',
  fault: message,
})
const planned = ({ file, proposal, plan, settings }: Planned): Planned => ({ file, proposal, plan, settings })

/** What happens in which step; what has no entry is ignored there, such as an answer that comes too late. */
const handlers: Handlers = {
  choose: { chosen: (_, { name }) => ({ step: 'uploading', name, share: 0 }) },
  uploading: {
    sent: (state, { share }) => ({ ...state, share }),
    uploaded: (_, { file }) => ({ step: 'reading', file }),
    failed: toChoose,
    back: () => firstState,
  },
  reading: {
    proposed: ({ file }, { proposal }) => ({
      step: 'mapping',
      fault: null,
      file,
      proposal,
      plan: proposal.plan,
      settings: defaultSettings,
    }),
    failed: toChoose,
    back: () => firstState,
  },
  mapping: {
    'plan-changed': (state, { plan }) => ({ ...state, plan, fault: null }),
    'settings-changed': (state, { settings }) => ({ ...state, settings, fault: null }),
    'format-changed': (state) => ({ step: 'rereading', ...planned(state) }),
    'check-asked': (state) => ({ step: 'checking', ...planned(state) }),
    back: () => firstState,
  },
  rereading: {
    proposed: (state, { proposal }) => ({
      step: 'mapping',
      fault: null,
      ...planned(state),
      proposal,
      plan: proposal.plan,
    }),
    failed: (state, { message }) => ({ step: 'mapping', fault: message, ...planned(state) }),
    back: (state) => ({ step: 'mapping', fault: null, ...planned(state) }),
  },
  checking: {
    checked: (state, { check }) => ({ step: 'checked', check, fault: null, ...planned(state) }),
    failed: (state, { message }) => ({ step: 'mapping', fault: message, ...planned(state) }),
    back: (state) => ({ step: 'mapping', fault: null, ...planned(state) }),
  },
  checked: {
    'start-asked': (state) => ({ step: 'starting', check: state.check, ...planned(state) }),
    back: (state) => ({ step: 'mapping', fault: null, ...planned(state) }),
  },
  starting: {
    started: (_, { runId }) => ({ step: 'running', runId }),
    failed: (state, { message }) => ({ step: 'checked', check: state.check, fault: message, ...planned(state) }),
  },
  running: {},
}

/** Whether the user has decided something that would be lost with the state. */
export function isDecided(state: ImportState): boolean {
  return 'plan' in state && (state.plan !== state.proposal.plan || state.settings !== defaultSettings)
}

/** The state after an event; the same object if the event means nothing there. */
export function nextState(state: ImportState, event: ImportEvent): ImportState {
  const ofStep = handlers[state.step] as Readonly<
    Partial<Record<ImportEvent['type'], (from: ImportState, by: ImportEvent) => ImportState>>
  >
  return ofStep[event.type]?.(state, event) ?? state
}
