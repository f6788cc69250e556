import type { TableInput } from '@opslayer/core'
import type { OptionColor } from '@opslayer/core/values'
import { contactTags, industries, owners, technologies } from './words.ts'

const options = (names: readonly string[]) => names.map((name) => ({ id: idOf(name), name }))
const idOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')

/** The options of a status, by their names: colour, and what it means to have come there. */
function steps(named: Readonly<Record<string, readonly [OptionColor, 'open' | 'active' | 'done' | 'lost']>>) {
  const all = Object.entries(named).map(([name, [color, group]]) => ({ id: idOf(name), name, color, group }))
  return { options: all }
}

const owner = { name: 'Owner', type: 'person', description: owners.join(', ') } as const

export const companiesTable = {
  name: 'Companies',
  description: 'Accounts that fit the product, with what is known of them.',
  columns: [
    { name: 'Company', type: 'text' },
    { name: 'Domain', type: 'company', unique: true },
    { name: 'Industry', type: 'dropdown', settings: { options: coloured(industries) } },
    { name: 'Region', type: 'dropdown', settings: { options: coloured(['North America', 'EMEA', 'APAC', 'LATAM']) } },
    { name: 'Headquarters', type: 'text' },
    { name: 'Employees', type: 'number', settings: { decimals: 0, grouping: true } },
    { name: 'Revenue', type: 'currency', settings: { code: 'USD', decimals: 0 } },
    {
      name: 'Revenue per head',
      formula: 'ROUND(@revenue / @employees)',
      type: 'currency',
      settings: { code: 'USD', decimals: 0 },
    },
    { name: 'Stack', type: 'tags', settings: { options: options(technologies), allowNew: true } },
    { name: 'Fit', type: 'rating' },
    { name: 'Founded', type: 'number', settings: { decimals: 0, grouping: false } },
    { name: 'Customer', type: 'checkbox' },
    owner,
    { name: 'Website', type: 'url' },
    { name: 'LinkedIn', type: 'linkedin' },
    { name: 'Notes', type: 'long_text' },
  ],
} as const satisfies TableInput

export const contactsTable = {
  name: 'Contacts',
  description: 'People at those accounts.',
  columns: [
    { name: 'Name', type: 'text' },
    { name: 'Email', type: 'email' },
    { name: 'Company', type: 'company' },
    { name: 'Title', type: 'text' },
    {
      name: 'Lifecycle',
      type: 'status',
      settings: steps({
        New: ['gray', 'open'],
        Contacted: ['blue', 'active'],
        Engaged: ['violet', 'active'],
        Meeting: ['amber', 'active'],
        Customer: ['green', 'done'],
        Unqualified: ['red', 'lost'],
      }),
    },
    {
      name: 'ICP score',
      // Up to 40 for size, 30 for seniority, 20 for the department, 10 for being reachable.
      formula: [
        'IFS(@employees >= 1000, 40, @employees >= 200, 35, @employees >= 50, 25, @employees >= 10, 12, 0)',
        'SWITCH(@seniority, "C-level", 30, "VP", 28, "Director", 24, "Head", 20, "Manager", 14, 5)',
        'SWITCH(@department, "Sales", 20, "Marketing", 18, "Operations", 15, 6)',
        'IF(ISBLANK(@email), 0, 10)',
      ].join(' + '),
      type: 'number',
      settings: { decimals: 0 },
    },
    { name: 'Last touch', type: 'date' },
    {
      name: 'Days since touch',
      formula: 'DATEDIF(@last_touch, TODAY(), "days")',
      type: 'number',
      settings: { decimals: 0 },
    },
    {
      name: 'Next step',
      formula:
        'IFS(@icp_score >= 85 AND @days_since_touch > 30, "Call today", @icp_score >= 85, "Keep warm", ' +
        '@days_since_touch > 120, "Re-engage", "Nurture")',
    },
    owner,
    {
      name: 'Seniority',
      type: 'dropdown',
      settings: { options: coloured(['C-level', 'VP', 'Director', 'Head', 'Manager', 'Individual']) },
    },
    {
      name: 'Department',
      type: 'dropdown',
      settings: { options: coloured(['Sales', 'Marketing', 'Operations', 'Engineering', 'Finance']) },
    },
    { name: 'Employees', type: 'number', settings: { decimals: 0, grouping: true } },
    { name: 'Country', type: 'text' },
    { name: 'Phone', type: 'phone' },
    { name: 'LinkedIn', type: 'linkedin' },
    { name: 'Tags', type: 'tags', settings: { options: options(contactTags), allowNew: true } },
    { name: 'Subscribed', type: 'checkbox' },
    { name: 'Notes', type: 'long_text' },
  ],
} as const satisfies TableInput

export const dealsTable = {
  name: 'Deals',
  description: 'What is being sold, to whom, and when it should close.',
  columns: [
    { name: 'Deal', type: 'text' },
    { name: 'Company', type: 'company' },
    {
      name: 'Stage',
      type: 'status',
      settings: steps({
        Discovery: ['gray', 'open'],
        Evaluation: ['blue', 'active'],
        Proposal: ['violet', 'active'],
        Negotiation: ['amber', 'active'],
        Won: ['green', 'done'],
        Lost: ['red', 'lost'],
      }),
    },
    {
      name: 'Amount',
      type: 'currency',
      settings: { code: 'USD', decimals: 0 },
      rule: { formula: '@amount >= 0', message: 'An amount is not below zero.' },
    },
    { name: 'Probability', type: 'percent', settings: { decimals: 0 } },
    {
      name: 'Weighted',
      formula: 'ROUND(@amount * @probability)',
      type: 'currency',
      settings: { code: 'USD', decimals: 0 },
    },
    { name: 'Close date', type: 'date' },
    {
      name: 'Days to close',
      formula: 'DATEDIF(TODAY(), @close_date, "days")',
      type: 'number',
      settings: { decimals: 0 },
    },
    owner,
    { name: 'Contact', type: 'email' },
    { name: 'Next step', type: 'text' },
    { name: 'Last call', type: 'duration' },
    { name: 'Created', type: 'datetime' },
    { name: 'Notes', type: 'long_text' },
  ],
} as const satisfies TableInput

/** Options in colours of their own, one after the other. */
function coloured(names: readonly string[]) {
  const colours = [
    'blue',
    'violet',
    'teal',
    'amber',
    'green',
    'pink',
    'indigo',
    'orange',
    'cyan',
    'brown',
    'gray',
  ] as const
  return names.map((name, place) => ({ id: idOf(name), name, color: colours[place % colours.length] ?? 'gray' }))
}
