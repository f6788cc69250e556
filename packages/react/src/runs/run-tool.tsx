import { ListChecks, Play } from 'lucide'
import { useData } from '../data/data-context.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import type { TableView } from '../views/use-table-view.ts'
import { useRunCommands } from './use-run-commands.ts'

/** The button of a table from which columns and actions are run; for those who may run nothing, where runs are looked at. */
export function RunTool({ view }: { readonly view: TableView }) {
  const { translate } = useOpsContext()
  const { client } = useData()
  const { open } = useDialogs()
  const commands = useRunCommands(view)
  if (commands.length === 0) return null
  const mayRun = commands.some(isRun)
  const label = translate(mayRun ? 'run.tool' : 'runs.title')
  const place = { client, tableId: view.table.id, openDialog: open }
  return (
    <Menu
      label={label}
      align="end"
      trigger={
        <Button look="quiet" icon={mayRun ? Play : ListChecks}>
          <span className="ops-tool-label">{label}</span>
        </Button>
      }
      sections={sectionsOf(commands.map((command) => ({ ...command, run: () => command.run(place) })))}
    />
  )
}

/** What is run first, then where it is looked at. */
function sectionsOf<Entry extends { readonly id: string }>(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return [entries.filter(isRun), entries.filter((entry) => !isRun(entry))].filter((section) => section.length > 0)
}

function isRun({ id }: { readonly id: string }): boolean {
  return id === 'action' || id.startsWith('run-')
}
