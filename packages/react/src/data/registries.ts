import type { IconNode } from 'lucide'
import type { ComponentType } from 'react'
import type { OpsClient } from './client/ops-client.ts'

/** What every dialog takes beside its own. */
export interface DialogControl {
  readonly open: boolean
  onOpenChange(open: boolean): void
}

/** Dialogs by id. A dialog of a host's or a plugin's own may stand in for one of ours. */
// biome-ignore lint/suspicious/noExplicitAny: what a dialog takes beside its control is between it and who opens it
export type Dialogs = Readonly<Record<string, ComponentType<any>>>

/** An entry of the palette from which columns are added. */
export interface PaletteEntry {
  readonly id: string
  /** The heading it stands under. */
  readonly group: string
  readonly label: string
  readonly description?: string
  readonly icon?: IconNode
  /** The dialog that it opens, by its id in `dialogs`; it gets `{ tableId }`. */
  readonly dialog: string
}

/** Where a command is called. */
export interface CommandPlace {
  readonly client: OpsClient
  /** The table on the screen, or null. */
  readonly tableId: string | null
  openDialog(id: string, props?: object): void
}

/** Something that the command menu offers. */
export interface Command {
  readonly id: string
  readonly label: string
  /** The heading it stands under. */
  readonly group?: string
  /** Other words that find it. */
  readonly words?: readonly string[]
  readonly icon?: IconNode
  /** The key that does the same, as people read it. */
  readonly shortcut?: string
  run(place: CommandPlace): void
}

/** What hosts and plugins add, beside the looks and editors of cells. */
export interface Registries {
  readonly palette?: readonly PaletteEntry[]
  readonly dialogs?: Dialogs
  readonly commands?: readonly Command[]
}
