import { apiKey, partsFor } from '@opslayer/core/plugin'
import * as z from 'zod'

/** A header that is not for users to set: the connection's own, or what makes a message another message. */
const forbiddenHeader = /^(host|content-length|transfer-encoding|connection|upgrade|cookie2?)$/i

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,60}$/, 'A header has a name of letters, digits and "-".')
  .refine((name) => !forbiddenHeader.test(name), 'This header is set by the call itself.')

/** A service of the user's: where it is and how calls show that they may. */
export const credentials = apiKey({
  label: 'Address and header',
  fields: z.object({
    baseUrl: z.url({ protocol: /^https?$/ }).meta({
      title: 'Address',
      description: 'Calls below this address carry the header; others do not.',
      placeholder: 'https://api.example.com/v1',
      secret: false,
    }),
    header: headerName.default('authorization').meta({ title: 'Header', secret: false }),
    value: z
      .string()
      .max(4_000)
      .regex(/^[^\r\n]*$/, 'A header has one line.')
      .default('')
      .meta({ title: 'Value of the header', placeholder: 'Bearer …' }),
  }),
  headers: ({ header, value }) => (value === '' ? {} : { [header]: value }),
})

/** Parts that know what credentials they get. */
export const part = partsFor(credentials)
