import * as z from 'zod'
import { optionColors } from '../values/options.ts'

/**
 * How formatting makes a row or a cell look: named colours and marks that a theme decides the looks of. Never CSS.
 */
export const viewStyleSchema = z
  .strictObject({
    /** Background. */
    tint: z.enum(optionColors).optional(),
    /** Colour of the text. */
    text: z.enum(optionColors).optional(),
    bold: z.literal(true).optional(),
    italic: z.literal(true).optional(),
    strike: z.literal(true).optional(),
  })
  .refine((style) => Object.keys(style).length > 0, 'A style says at least one thing.')

export type ViewStyle = Readonly<z.infer<typeof viewStyleSchema>>
