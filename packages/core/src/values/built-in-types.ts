import { checkboxType } from './types/checkbox.ts'
import { companyType } from './types/company.ts'
import { currencyType } from './types/currency.ts'
import { dateType } from './types/date.ts'
import { datetimeType } from './types/datetime.ts'
import { dropdownType } from './types/dropdown.ts'
import { durationType } from './types/duration.ts'
import { emailType } from './types/email.ts'
import { jsonType } from './types/json.ts'
import { linkedinType } from './types/linkedin.ts'
import { listType } from './types/list.ts'
import { longTextType } from './types/long-text.ts'
import { numberType } from './types/number.ts'
import { percentType } from './types/percent.ts'
import { personType } from './types/person.ts'
import { phoneType } from './types/phone.ts'
import { ratingType } from './types/rating.ts'
import { statusType } from './types/status.ts'
import { tagsType } from './types/tags.ts'
import { textType } from './types/text.ts'
import { urlType } from './types/url.ts'

/** The column types that need no plugin, by id, in the order of the palette. */
export const builtInColumnTypes = Object.freeze({
  text: textType,
  long_text: longTextType,
  number: numberType,
  currency: currencyType,
  percent: percentType,
  checkbox: checkboxType,
  date: dateType,
  datetime: datetimeType,
  duration: durationType,
  email: emailType,
  phone: phoneType,
  url: urlType,
  linkedin: linkedinType,
  person: personType,
  company: companyType,
  status: statusType,
  dropdown: dropdownType,
  tags: tagsType,
  rating: ratingType,
  list: listType,
  json: jsonType,
})

export type BuiltInColumnTypeId = keyof typeof builtInColumnTypes
