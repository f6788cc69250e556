/** A length of time as people say it, rounded to what matters: "3 min", "40 sec". */
export function durationText(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.round(ms / 1_000))
  const [amount, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5_400
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3_600), 'hour']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)
}
