const sunday =
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR ' +
  'PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW'
const saturday = 'AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY'

/** The day that weeks begin with: 0 for Sunday, 1 for Monday. */
export function firstDayOfWeek(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { readonly firstDay: number } }
  return known.getWeekInfo === undefined ? firstDayByRegion(locale) : known.getWeekInfo().firstDay % 7
}

/** The same from a table of ours, for browsers that do not say: Firefox did not in 2026. */
export function firstDayByRegion(locale: string): number {
  const { region = '' } = new Intl.Locale(locale).maximize()
  const isIn = (regions: string) => regions.split(' ').includes(region)
  return isIn(sunday) ? 0 : isIn(saturday) ? 6 : 1
}
