import type { CellKind } from './cell-kind.ts'
import { avatarKind, personName } from './kinds/avatar.ts'
import { checkboxKind } from './kinds/checkbox.ts'
import { markedTextKind } from './kinds/marked-text.ts'
import { optionKind } from './kinds/option.ts'
import { ratingKind } from './kinds/rating.ts'
import { tagsKind } from './kinds/tags.ts'
import { textKind } from './kinds/text.ts'

const text = textKind('text')
const number = textKind('number')
const date = textKind('date')

/** How cells of the built-in column types look, by id of the type. */
export const builtInCellKinds: Readonly<Record<string, CellKind>> = {
  text,
  long_text: textKind('long-text'),
  number,
  currency: number,
  percent: number,
  duration: number,
  date,
  datetime: date,
  checkbox: checkboxKind,
  email: markedTextKind('link', 'email'),
  phone: markedTextKind('link', 'phone'),
  url: markedTextKind('link', 'url'),
  linkedin: markedTextKind('link', 'linkedin'),
  person: avatarKind('person', personName),
  company: avatarKind('company', (domain) => domain),
  status: optionKind('status', 'dot'),
  dropdown: optionKind('option', 'pill'),
  tags: tagsKind,
  rating: ratingKind,
  json: textKind('json'),
}

/** The kind for a column type nobody gave one. */
export const fallbackCellKind: CellKind = text
