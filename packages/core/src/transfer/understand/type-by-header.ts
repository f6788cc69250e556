import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../values/built-in-types.ts'
import type { AnyColumnType, ValueContext } from '../../values/column-type.ts'
import type { DetectedColumnType } from '../../values/detect.ts'
import { regionOf } from '../../values/locale.ts'
import { headerWords } from './header-words.ts'
import { type Meaning, meaningOf } from './synonyms.ts'

/** Columns of these meanings hold names and the like, however often they repeat in the sample. */
const textMeanings: ReadonlySet<Meaning> = new Set([
  'first name',
  'last name',
  'full name',
  'company',
  'street',
  'city',
  'postal code',
  'id',
  'title',
])

/** What the header corrects in a type that was told by the texts alone: digits may be a code, or a phone number. */
export function typeByHeader(
  header: string,
  detected: DetectedColumnType,
  texts: readonly string[],
  context: ValueContext,
): DetectedColumnType {
  const meaning = meaningOf(header)
  const isCode = /(?:^| )(?:id|ids|code|sku|iban|vat|ean|isbn|ref|reference|plz|zip)$/.test(headerWords(header))
  const { type } = detected
  if (type === 'number' && (isCode || (meaning !== null && textMeanings.has(meaning)))) return plain('text')
  if (type === 'dropdown' && meaning !== null && textMeanings.has(meaning)) return plain('text')
  if ((type === 'dropdown' || type === 'text') && meaning === 'notes') return plain('long_text')
  if (type === 'company' && meaning === 'website') return fitting('url', {}, texts, context) ?? detected
  const isPhone = meaning === 'phone' || meaning === 'mobile' || /(?:^| )(?:phone|fax)(?: |$)/.test(headerWords(header))
  if (isPhone && (type === 'number' || type === 'text')) {
    return fitting('phone', { defaultCountry: regionOf(context.locale) }, texts, context) ?? plain('text')
  }
  return detected
}

function plain(type: 'text' | 'long_text'): DetectedColumnType {
  return { type, settings: {}, share: 1 }
}

function fitting(
  type: BuiltInColumnTypeId,
  wanted: object,
  texts: readonly string[],
  context: ValueContext,
): DetectedColumnType | null {
  const columnType: AnyColumnType = builtInColumnTypes[type]
  const settings = columnType.settings.safeParse(wanted)
  const looked = texts.slice(0, 200)
  if (!settings.success || looked.length === 0) return null
  const fits = looked.filter((text) => columnType.parse(text, settings.data, context).ok).length
  return fits / looked.length < 0.9 ? null : { type, settings: settings.data, share: fits / looked.length }
}
