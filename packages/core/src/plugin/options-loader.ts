import type { PluginContext } from './plugin-context.ts'

/** An entry of a list to choose from. */
export interface FieldOption {
  readonly value: string
  readonly label: string
  readonly description?: string
}

/** What a list to choose from depends on. */
export interface OptionsQuery<Settings> {
  /** What is filled in so far; not validated as a whole. */
  readonly settings: Partial<Settings>
  /** What the user typed to narrow the list; empty at first. */
  readonly search: string
}

/**
 * Lists for the fields of a form, by the name of the field: campaigns, properties, actors. At most 1,000 entries are
 * shown; filter by `search` where the vendor has more.
 *
 * @example
 * options: { campaign: async (ctx) => (await campaigns(ctx)).map(({ id, name }) => ({ value: id, label: name })) }
 */
export type OptionsLoaders<Credentials, Settings> = {
  readonly [Field in keyof Settings]?: (
    ctx: PluginContext<Credentials>,
    query: OptionsQuery<Settings>,
  ) => Promise<readonly FieldOption[]>
}
