/** What a table says beside its grid, in English. */
export const tableTexts = {
  'table.fault': 'Rows could not be read: {reason} What is shown may be old; trying again.',
  'table.closed': 'This table cannot be shown: {reason}',
} as const
