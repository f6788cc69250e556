import type { TableInput } from '@opslayer/core'
import { contactTags, industries, owners, technologies } from './words.ts'

const options = (names: readonly string[]) => names.map((name) => ({ id: idOf(name), name }))
const idOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')

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
      settings: {
        options: [
          { id: 'new', name: 'New', color: 'gray', group: 'open' },
          { id: 'contacted', name: 'Contacted', color: 'blue', group: 'active' },
          { id: 'engaged', name: 'Engaged', color: 'violet', group: 'active' },
          { id: 'meeting', name: 'Meeting', color: 'amber', group: 'active' },
          { id: 'customer', name: 'Customer', color: 'green', group: 'done' },
          { id: 'unqualified', name: 'Unqualified', color: 'red', group: 'lost' },
        ],
      },
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
      settings: {
        options: [
          { id: 'discovery', name: 'Discovery', color: 'gray', group: 'open' },
          { id: 'evaluation', name: 'Evaluation', color: 'blue', group: 'active' },
          { id: 'proposal', name: 'Proposal', color: 'violet', group: 'active' },
          { id: 'negotiation', name: 'Negotiation', color: 'amber', group: 'active' },
          { id: 'won', name: 'Won', color: 'green', group: 'done' },
          { id: 'lost', name: 'Lost', color: 'red', group: 'lost' },
        ],
      },
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
