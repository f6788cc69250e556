import {
  Button,
  type ButtonProps,
  Checkbox,
  Chip,
  Combobox,
  ConfirmDialog,
  Dialog,
  EmptyState,
  ErrorState,
  IconButton,
  Layer,
  Menu,
  Notices,
  NumberField,
  Popover,
  ProgressLine,
  SegmentedControl,
  Select,
  Skeleton,
  Switch,
  Tabs,
  TextField,
  useNotices,
} from '@opslayer/react/ui'
import { useState } from 'react'

const shape: NonNullable<ButtonProps['icon']> = [['circle', { cx: 12, cy: 12, r: 8 }]]

const types = [
  { value: 'text', label: 'Text', icon: shape },
  { value: 'number', label: 'Number', icon: shape },
  { value: 'date', label: 'Date', icon: shape, detail: 'a day' },
] as const
const stages = [
  { value: 'new', label: 'New', tone: 'gray' },
  { value: 'won', label: 'Won', tone: 'green' },
] as const
const countries = 'Austria Belgium Brazil Canada Denmark Germany Spain Sweden'
  .split(' ')
  .map((name) => ({ value: name.toLowerCase(), label: name }))

/** Every control once, and what floats. */
export function Controls() {
  return (
    <Layer>
      <div className="ops-root controls">
        <Buttons />
        <Fields />
        <Pages />
        <Places />
        <Windows />
      </div>
      <Notices />
    </Layer>
  )
}

function Buttons() {
  const notices = useNotices()
  const [asks, setAsks] = useState(false)
  const undone = () => notices.show({ kind: 'info', text: 'Undone.' })
  return (
    <section aria-label="Buttons">
      <Button
        look="main"
        onClick={() => notices.show({ kind: 'done', text: 'Deleted 12 rows.', action: { label: 'Undo', run: undone } })}
      >
        Delete rows
      </Button>
      <Button onClick={() => notices.show({ kind: 'error', text: 'HubSpot refused 3 rows.', detail: 'Fix them.' })}>
        Push
      </Button>
      <Button look="quiet" icon={shape} size="small">
        Fields
      </Button>
      <Button look="danger" icon={shape} onClick={() => setAsks(true)}>
        Delete column
      </Button>
      <Button isBusy>Saving</Button>
      <IconButton icon={shape} label="Settings" />
      <Menu
        trigger={<Button>More</Button>}
        label="More"
        sections={[
          [{ id: 'rename', label: 'Rename', run: undone }],
          [{ id: 'delete', label: 'Delete', icon: shape, isDangerous: true, run: undone }],
        ]}
      />
      <Popover trigger={<Button>Filter</Button>} label="Filter">
        <TextField label="Search" value="" onChange={() => {}} />
      </Popover>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title="Delete the column “Score”?"
        text="Its 12,480 values go with it. You can undo this."
        confirmLabel="Delete column"
        isDangerous
        onConfirm={() => setAsks(false)}
      />
    </section>
  )
}

function Fields() {
  const [name, setName] = useState('')
  const [decimals, setDecimals] = useState<number | null>(2)
  const [type, setType] = useState<'text' | 'number' | 'date' | null>(null)
  const [stage, setStage] = useState<'new' | 'won'>('won')
  const [country, setCountry] = useState<string | null>(null)
  const [unique, setUnique] = useState(false)
  const [open, setOpen] = useState(false)
  const fields = (
    <>
      <TextField label="Name" value={name} onChange={setName} help="What people read." placeholder="Score" />
      <TextField label="Key" value="first name" onChange={() => {}} error="A key has no spaces." isCode />
      <NumberField label="Decimals" value={decimals} onChange={setDecimals} min={0} max={10} isInteger />
      <Select label="Type" value={type} onChange={setType} choices={types} placeholder="Choose a type" />
      <Select label="Stage" value={stage} onChange={setStage} choices={stages} />
      <Combobox label="Country" value={country} onChange={setCountry} choices={countries} canClear />
      <Switch label="Unique" checked={unique} onChange={setUnique} help="No two rows share a value." />
      <Checkbox label="First row is the header" checked={unique} onChange={setUnique} />
    </>
  )
  return (
    <section aria-label="Fields">
      {fields}
      <Button onClick={() => setOpen(true)}>Open dialog</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Edit column"
        description="Changes are seen by everybody."
        onSubmit={() => setOpen(false)}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button look="main" type="submit">
              Save
            </Button>
          </>
        }
      >
        {fields}
      </Dialog>
    </section>
  )
}

function Pages() {
  const [page, setPage] = useState<'log' | 'cost'>('log')
  const [density, setDensity] = useState<'compact' | 'normal' | 'tall'>('normal')
  return (
    <section aria-label="Pages">
      <Tabs
        label="Run"
        value={page}
        onChange={setPage}
        tabs={[
          { value: 'log', label: 'Log', content: 'Three entries' },
          { value: 'cost', label: 'Cost', content: '12 credits' },
        ]}
      />
      <SegmentedControl
        label="Row height"
        value={density}
        onChange={setDensity}
        choices={[
          { value: 'compact', label: 'Compact' },
          { value: 'normal', label: 'Normal' },
          { value: 'tall', label: 'Tall' },
        ]}
      />
      <Chip onClick={() => {}} onRemove={() => {}} removeLabel="Remove filter" tone="indigo">
        Stage is Won
      </Chip>
      <Chip tone="green">Connected</Chip>
      <ProgressLine share={0.42} label="Verification" text="842 of 2,000 · 3 failed" />
      <ProgressLine share={null} label="Reading the file" />
    </section>
  )
}

function Places() {
  return (
    <section aria-label="Places">
      <Skeleton lines={3} label="Loading" />
      <EmptyState icon={shape} title="No runs yet" text="Run a column to see it here." action={<Button>Run</Button>} />
      <ErrorState title="Could not be read" text="The server does not answer." onRetry={() => {}} />
    </section>
  )
}

/** Windows as tall as the page, with buttons at every edge. */
function Windows() {
  const notices = useNotices()
  const [placement, setPlacement] = useState<'center' | 'end' | null>(null)
  const close = () => setPlacement(null)
  const tell = () => {
    notices.show({ kind: 'info', text: 'The plan was kept.' })
    notices.show({
      kind: 'error',
      text: 'HubSpot refused 3 of 120 rows: the e-mail is not valid.',
      detail: 'Fix them in column Email and push again.',
    })
  }
  return (
    <section aria-label="Windows">
      <Button onClick={() => setPlacement('center')}>Open tall dialog</Button>
      <Button onClick={() => setPlacement('end')}>Open drawer</Button>
      <Dialog
        open={placement !== null}
        onOpenChange={close}
        title="Push to HubSpot"
        size="large"
        placement={placement ?? 'center'}
        before={<IconButton icon={shape} label="Back" onClick={close} />}
        footer={
          <>
            <span className="ops-modal-foot-start">
              <Button look="quiet" onClick={close}>
                Download
              </Button>
            </span>
            <Button onClick={tell}>Tell</Button>
            <Button look="main" onClick={close}>
              Push
            </Button>
          </>
        }
      >
        <ul>
          {Array.from({ length: 120 }, (_, n) => `Row ${n + 1}`).map((row) => (
            <li key={row}>{row}</li>
          ))}
        </ul>
      </Dialog>
    </section>
  )
}
