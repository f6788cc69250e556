import type { Option } from '@opslayer/core/values'

const names = ['blue', 'green', 'amber', 'purple', 'teal', 'pink', 'orange', 'cyan', 'indigo', 'violet'] as const

/** A colour that stays the same for a text, for people and companies without a picture. */
export function toneOf(text: string): Option['color'] {
  let hash = 0
  for (let i = 0; i < text.length && i < 64; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0
  return names[Math.abs(hash) % names.length] ?? 'gray'
}

const optionMaps = new WeakMap<object, ReadonlyMap<string, Option>>()

/** The option that a cell holds; an id that is gone stands for itself, in gray. */
export function optionOf(settings: unknown, id: string): Option {
  return optionsById(settings).get(id) ?? { id, name: id, color: 'gray' }
}

function optionsById(settings: unknown): ReadonlyMap<string, Option> {
  if (typeof settings !== 'object' || settings === null) return new Map()
  const known = optionMaps.get(settings)
  if (known !== undefined) return known
  const { options = [] } = settings as { readonly options?: readonly Option[] }
  const byId = new Map(options.map((option) => [option.id, option]))
  optionMaps.set(settings, byId)
  return byId
}
