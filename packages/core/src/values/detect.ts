import { type BuiltInColumnTypeId, builtInColumnTypes } from './built-in-types.ts'
import type { AnyColumnType, ValueContext } from './column-type.ts'
import { foreignCurrency } from './currency-text.ts'
import { dateOrderEvidence } from './date-order-evidence.ts'
import { regionOf } from './locale.ts'
import { withNewOptions } from './new-options.ts'
import { nameKey } from './options.ts'
import { splitList } from './tag-list.ts'

/** The type that a column of texts should have. */
export interface DetectedColumnType {
  readonly type: BuiltInColumnTypeId
  /** Complete settings of the type, as its schema gives them. */
  readonly settings: unknown
  /** The share of the filled samples, 0 to 1, that the type reads with these settings; 1 if none is filled. */
  readonly share: number
}

/** So much of the filled samples must look like a type and be read by it. */
const threshold = 0.9
/** More samples than this are not looked at. */
const maxSamples = 1_000
/** Lists of options are proposed up to this many. */
const maxDetectedOptions = 50
const maxDetectedName = 40

interface Candidate {
  readonly type: BuiltInColumnTypeId
  /** What a text must look like, so that a forgiving `parse` does not claim it. */
  readonly looksLike?: (sample: string) => boolean
  /** Settings that the samples call for; `null` if the samples as a whole speak against the type. */
  readonly settings?: (samples: readonly string[], context: ValueContext) => object | null
}

const hasDigit = (sample: string) => /\d/.test(sample)

/** From the most to the least specific; the first that enough samples fit wins. */
const candidates: readonly Candidate[] = [
  { type: 'json', looksLike: (sample) => /^\s*[[{]/.test(sample) },
  { type: 'email', looksLike: (sample) => !/[<>]/.test(sample) },
  { type: 'person', looksLike: (sample) => /<[^<>]+@[^<>]+>$/.test(sample) },
  { type: 'linkedin', looksLike: (sample) => /linkedin\.com\//i.test(sample) },
  { type: 'url', looksLike: (sample) => /^https?:\/\/|^www\.|^[\w-]+(?:\.[\w-]+)+\//i.test(sample) },
  { type: 'company', looksLike: (sample) => /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}$/u.test(sample) },
  { type: 'checkbox', settings: checkboxSettings },
  { type: 'rating', looksLike: (sample) => /★|⭐|\d\/5$/.test(sample) },
  { type: 'percent', looksLike: (sample) => /[%٪]/.test(sample) },
  {
    type: 'currency',
    looksLike: (sample) => hasDigit(sample) && foreignCurrency(sample) !== null,
    settings: currencySettings,
  },
  { type: 'datetime', looksLike: (sample) => hasDate(sample) && hasTime(sample), settings: dateSettings },
  { type: 'date', looksLike: hasDate, settings: dateSettings },
  {
    type: 'duration',
    looksLike: (sample) => /^-?\d+:\d\d:\d\d|\d\s*\p{L}/u.test(sample) && !/^\d+(?:[.,]\d+)?\s*(?:k|m)$/i.test(sample),
  },
  { type: 'phone', looksLike: looksLikePhone, settings: phoneSettings },
  { type: 'number', looksLike: (sample) => hasDigit(sample) && !/^[+-]?0\d/.test(sample) },
  { type: 'tags', looksLike: () => true, settings: tagsSettings },
  { type: 'dropdown', looksLike: () => true, settings: dropdownSettings },
]

/**
 * Proposes a column type for texts such as the cells of a CSV column. Empty texts do not count.
 *
 * Each candidate asks two things of a text: that it looks like the type and that the type's `parse` reads it. The most
 * specific type that at least 90 % of the texts fit wins; then a list of tags or options if few values repeat; then
 * long text if lines break or texts are long; else text. Digits with leading zeros are codes, not numbers.
 */
export function detectColumnType(samples: readonly string[], context: ValueContext): DetectedColumnType {
  const filled: string[] = []
  for (const sample of samples) {
    if (filled.length >= maxSamples) break
    if (sample.trim() !== '') filled.push(sample.trim())
  }
  if (filled.length === 0) return { type: 'text', settings: builtInColumnTypes.text.settings.parse({}), share: 1 }
  for (const candidate of candidates) {
    const detected = fit(candidate, filled, context)
    if (detected !== null) return detected
  }
  const long = filled.filter((sample) => /[\r\n]/.test(sample) || sample.length > 200).length
  const type: AnyColumnType = long / filled.length > 0.05 ? builtInColumnTypes.long_text : builtInColumnTypes.text
  return { type: type.id as BuiltInColumnTypeId, settings: type.settings.parse({}), share: 1 }
}

function fit(candidate: Candidate, filled: readonly string[], context: ValueContext): DetectedColumnType | null {
  const { looksLike = () => true } = candidate
  const alike = filled.filter(looksLike)
  if (alike.length / filled.length < threshold) return null
  const wanted = candidate.settings?.(alike, context)
  if (wanted === null) return null
  const type: AnyColumnType = builtInColumnTypes[candidate.type]
  const settings: unknown = type.settings.parse(wanted ?? {})
  const fits = alike.filter((sample) => {
    const parsed = type.parse(sample, settings, context)
    return parsed.ok && parsed.value !== null
  })
  const share = fits.length / filled.length
  return share < threshold ? null : { type: candidate.type, settings, share }
}

/** Digits 1 and 0 are a checkbox only if both occur; a column of nothing but "-" is not one. */
function checkboxSettings(samples: readonly string[]): object | null {
  const words = new Set(samples.map((sample) => sample.toLowerCase()))
  const digitsOnly = [...words].every((word) => /^[01]$/.test(word))
  return (digitsOnly && words.size < 2) || (words.size === 1 && words.has('-')) ? null : {}
}

function currencySettings(samples: readonly string[]): object {
  return { code: mostFrequent(samples.map((sample) => foreignCurrency(sample) ?? 'USD')) }
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Three numbers, or a number beside a word; eight bare digits only if they begin with a likely year. */
function hasDate(sample: string): boolean {
  if (/^\d+$/.test(sample)) return /^(?:19|20)\d{6}$/.test(sample)
  return /\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}/.test(sample) || (hasDigit(sample) && /\p{L}{3,}|[年년]/u.test(sample))
}

function hasTime(sample: string): boolean {
  return /\d:\d\d|\d\s*[ap]\.?m\b/i.test(sample)
}

function dateSettings(samples: readonly string[]): object | null {
  const { dmy, mdy, proven } = dateOrderEvidence(samples)
  if (proven !== undefined) return { inputOrder: proven }
  return dmy.length + mdy.length === 0 ? { inputOrder: 'locale' } : null
}

function looksLikePhone(sample: string): boolean {
  const digits = sample.replace(/\D/g, '').length
  return (
    digits >= 7 &&
    digits <= 16 &&
    /^(?:tel:)?[+(\d]/.test(sample) &&
    /^[+0]|[\s()/-]/.test(sample) &&
    !/[,:]/.test(sample)
  )
}

function phoneSettings(_samples: readonly string[], { locale }: ValueContext): object {
  const schema = builtInColumnTypes.phone.settings
  const withRegion = { defaultCountry: regionOf(locale) }
  return schema.safeParse(withRegion).success ? withRegion : {}
}

function tagsSettings(samples: readonly string[]): object | null {
  const lists = samples.map(splitList)
  const names = lists.flat()
  const several = lists.filter((list) => list.length > 1).length
  return several / samples.length >= 0.3 ? optionsOf('tags', names) : null
}

function dropdownSettings(samples: readonly string[]): object | null {
  return optionsOf('dropdown', samples)
}

/** Settings with the names as options, if they are short, few and repeat: each on average at least four times. */
function optionsOf(type: 'tags' | 'dropdown', names: readonly string[]): object | null {
  const distinct = new Map(names.map((name) => [nameKey(name), name]))
  const few = distinct.size <= maxDetectedOptions && names.length >= Math.max(8, distinct.size * 4)
  const short = [...distinct.values()].every((name) => name.length <= maxDetectedName && !/[\r\n]/.test(name))
  if (!few || !short) return null
  return withNewOptions(builtInColumnTypes[type].settings.parse({}), names)
}
