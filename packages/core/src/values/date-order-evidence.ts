/** What numeric dates such as `31/12/2026` say of their order. */
export interface DateOrderEvidence {
  /** Those that can only begin with the day. */
  readonly dmy: readonly string[]
  /** Those that can only begin with the month. */
  readonly mdy: readonly string[]
  /** Those that may begin with either. */
  readonly open: readonly string[]
  /** What is proven; one proof in twenty may be a mistake. undefined if nothing is, or both are. */
  readonly proven: 'dmy' | 'mdy' | undefined
}

/** Sorts texts by the order that they prove. With points between the numbers the day comes first, unless one such date shows that it does not. */
export function dateOrderEvidence(texts: readonly string[]): DateOrderEvidence {
  const found = { dmy: [] as string[], mdy: [] as string[], open: [] as string[] }
  for (const text of texts) {
    const [, first = '', second = ''] = /^(\d{1,2})[-/.\s]+(\d{1,2})[-/.\s]+\d{2,4}(?!\d)/.exec(text) ?? []
    if (first === '') continue
    const order = Number(first) > 12 ? 'dmy' : Number(second) > 12 ? 'mdy' : 'open'
    found[order].push(text)
  }
  const { mdy } = found
  const [pointed, open] = mdy.some(hasPoints) ? [[], found.open] : parted(found.open)
  const dmy = [...found.dmy, ...pointed]
  return { dmy, mdy, open, proven: provenBy(dmy.length, mdy.length) }
}

function provenBy(dayFirst: number, monthFirst: number): 'dmy' | 'mdy' | undefined {
  if (dayFirst + monthFirst === 0) return undefined
  if (dayFirst >= monthFirst * 19) return 'dmy'
  return monthFirst >= dayFirst * 19 ? 'mdy' : undefined
}

function parted(texts: readonly string[]): [pointed: string[], rest: string[]] {
  return [texts.filter(hasPoints), texts.filter((text) => !hasPoints(text))]
}

function hasPoints(text: string): boolean {
  return /^\d+\./.test(text)
}
