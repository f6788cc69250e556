/** What a number format makes of a number. */
export type NumberLook = 'number' | 'percent' | 'date' | 'datetime' | 'time' | 'elapsed'

/** Formats that workbooks refer to by number alone. */
const builtIn: Readonly<Record<number, NumberLook>> = {
  9: 'percent',
  10: 'percent',
  14: 'date',
  15: 'date',
  16: 'date',
  17: 'date',
  18: 'time',
  19: 'time',
  20: 'time',
  21: 'time',
  22: 'datetime',
  45: 'time',
  46: 'elapsed',
  47: 'time',
}

/** The look of a built-in format; those of East Asian dates among them. */
export function builtInLook(id: number): NumberLook {
  const isEastAsianDate = (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58
  if (isEastAsianDate) return 'date'
  const isEastAsianTime = (id >= 32 && id <= 35) || id === 55 || id === 56
  return isEastAsianTime ? 'time' : (builtIn[id] ?? 'number')
}

/** The look of a format code such as `dd/mm/yyyy hh:mm` or `0.0%`. */
export function lookOf(code: string): NumberLook {
  const [positive = ''] = code.split(';')
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*./g, '')
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return 'elapsed'
  const marks = bare.replace(/\[[^\]]*\]/g, '').replace(/general/gi, '')
  const hasDay = /[dy]|mmm|[年月日]/i.test(marks) || (/m/i.test(marks) && !/[hs]/i.test(marks))
  const hasTime = /[hs]/i.test(marks)
  if (hasDay) return hasTime ? 'datetime' : 'date'
  if (hasTime) return 'time'
  return marks.includes('%') ? 'percent' : 'number'
}
